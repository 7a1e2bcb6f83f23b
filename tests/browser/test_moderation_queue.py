"""The moderators' queue in a real browser: by keys, by thumb, by two at once, without a script."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site, log_in
from tests.browser.moderation import QUEUE, make_moderator, post

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

THUMB = 44  # pixels


def open_queue(page: Page, word: str, tab: str = "pending") -> None:
    """The comments of one test: those with its own word in them."""
    page.goto(f"{QUEUE}?tab={tab}&q={quote(word)}")


def entry(page: Page, text: str) -> Locator:
    return page.locator(".entry").filter(has_text=text)


def status_of(page: Page, text: str) -> Locator:
    return entry(page, text).locator(".status").first


def told(page: Page) -> Locator:
    return page.locator(".queue-messages li")


def typed_on_an_arabic_keyboard(page: Page, key: str, code: str) -> None:
    page.evaluate(
        """([key, code]) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))""",
        [key, code],
    )


def test_a_moderator_works_through_the_queue_by_keys_alone(site: Site, person: Callable[..., Page]):
    post(site, *(f"مفاتيح {word}" for word in ("رابع", "ثالث", "ثان", "أول")), name="كاتب المفاتيح")
    page = person("moderator")
    open_queue(page, "مفاتيح")

    page.keyboard.press("j")
    expect(entry(page, "مفاتيح أول")).to_be_focused()
    page.keyboard.press("a")
    expect(status_of(page, "مفاتيح أول")).to_have_class("status status-approved")
    expect(entry(page, "مفاتيح ثان")).to_be_focused()
    page.keyboard.press("r")
    expect(entry(page, "مفاتيح ثان").locator("[data-panel=reject] [name=reason]")).to_be_focused()
    page.keyboard.type("stop and undo")
    page.keyboard.press("Enter")
    expect(status_of(page, "مفاتيح ثان")).to_have_class("status status-rejected")
    expect(entry(page, "مفاتيح ثالث")).to_be_focused()
    # What lies where a Latin keyboard has its s.
    typed_on_an_arabic_keyboard(page, "س", "KeyS")
    expect(status_of(page, "مفاتيح ثالث")).to_have_class("status status-spam")
    page.keyboard.press("u")
    expect(status_of(page, "مفاتيح ثالث")).to_have_class("status status-pending")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".bulk-number")).to_have_text("1")

    open_queue(page, "مفاتيح", tab="all")
    statuses = page.locator(".entry-head .status").evaluate_all(
        "marks => marks.map(mark => mark.className.split('-').pop())"
    )
    assert statuses == ["approved", "rejected", "pending", "pending"]
    assert "stop and undo" in entry(page, "مفاتيح ثان").inner_text()


def test_the_keys_are_listed_and_rest_where_something_is_typed(
    site: Site, person: Callable[..., Page]
):
    post(site, "قائمة زمهريرية", name="كاتب القائمة")
    page = person("moderator")
    open_queue(page, "زمهريرية")
    page.keyboard.press("j")

    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    typed_on_an_arabic_keyboard(page, "؟", "Slash")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#filter-q")).to_be_focused()
    page.keyboard.type(" a s t")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.keyboard.press("e")
    expect(entry(page, "زمهريرية").locator("textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(entry(page, "زمهريرية").locator("textarea")).to_be_hidden()
    expect(entry(page, "زمهريرية")).to_be_focused()

    page.reload()
    expect(status_of(page, "زمهريرية")).to_have_class("status status-pending")


def test_selected_words_are_blacked_out_and_a_text_is_edited(
    site: Site, person: Callable[..., Page]
):
    post(site, "اسم الجار مكتوب هنا: حجب وتحرير", name="كاتب الحجب")
    page = person("moderator")
    open_queue(page, "وتحرير")
    page.keyboard.press("j")

    page.evaluate(
        """() => {
            const text = document.querySelector(".entry-text").firstChild;
            getSelection().setBaseAndExtent(text, 0, text, 9);
        }"""
    )
    page.keyboard.press("d")
    expect(page.locator("[data-phrase]")).to_have_value("اسم الجار")
    page.keyboard.press("Enter")
    expect(page.locator(".entry-text")).to_have_text("█████ مكتوب هنا: حجب وتحرير")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("حجب وتحرير بعد الحذف")
    entry(page, "وتحرير").locator("[data-panel=edit] button").click()
    expect(page.locator(".entry-text").first).to_have_text("حجب وتحرير بعد الحذف")
    expect(page.locator(".as-sent")).to_have_count(1)


def test_danger_is_redacted_and_published_with_one_press(site: Site, person: Callable[..., Page]):
    post(site, "خطرون اتصلوا على 0944 123 456", name="كاتب الخطر")
    page = person("moderator")
    open_queue(page, "خطرون")

    expect(page.locator(".entry-text mark")).to_have_text("0944 123 456")
    page.locator(".do-publish").click()

    expect(status_of(page, "خطرون")).to_have_class("status status-approved")
    expect(entry(page, "خطرون")).to_contain_text("█████")


def test_a_ban_rejects_all_that_waits_and_is_undone(site: Site, person: Callable[..., Page]):
    post(site, "محظور واحد", "محظور اثنان", "محظور ثلاثة", name="كاتب الحظر")
    page = person("moderator")
    open_queue(page, "محظور")
    page.keyboard.press("j")

    page.keyboard.press("b")
    panel = page.locator(".entry").first.locator("[data-panel=ban]")
    panel.locator("[name=also_reject]").check()
    panel.locator("[value=ban]").click()

    expect(page.locator(".entry[data-settled]")).to_have_count(3)
    expect(page.locator(".entry .status-rejected")).to_have_count(3)
    page.locator(".undo button").click()
    expect(page.locator(".entry[data-settled]")).to_have_count(0)
    expect(page.locator(".entry .status-pending")).to_have_count(3)
    expect(page.locator(".standing-banned")).to_have_count(0)


def test_what_is_half_typed_stays_while_another_comment_is_decided_on(
    site: Site, person: Callable[..., Page]
):
    post(site, "نصفان أول", "نصفان ثان", name="كاتب النصفين")
    page = person("moderator")
    open_queue(page, "نصفان")
    entry(page, "نصفان أول").locator("[data-panel=edit] summary").click()
    entry(page, "نصفان أول").locator("textarea").fill("لم يكتمل بعد")

    entry(page, "نصفان ثان").locator(".do-approve").click()

    expect(status_of(page, "نصفان ثان")).to_have_class("status status-approved")
    expect(page.locator("[data-panel=edit][open] textarea")).to_have_value("لم يكتمل بعد")


def two_moderators(site: Site, person: Callable[..., Page], name: str) -> tuple[Page, Page]:
    """The demonstration's moderator and one of this name, each at a browser of their own."""
    make_moderator(site, name, "a-password-for-tests")
    first, second = person("moderator"), person()
    log_in(second, name, "a-password-for-tests")
    return first, second


def test_the_second_of_two_moderators_is_told_who_decided(site: Site, person: Callable[..., Page]):
    post(site, "سباق بين اثنين", name="كاتب السباق")
    first, second = two_moderators(site, person, "sarah")
    for page in (first, second):
        open_queue(page, "سباق")
        page.keyboard.press("j")

    second.keyboard.press("s")
    expect(status_of(second, "سباق")).to_have_class("status status-spam")
    first.keyboard.press("a")

    expect(told(first)).to_contain_text("sarah")
    expect(status_of(first, "سباق")).to_have_class("status status-spam")
    open_queue(second, "سباق", tab="all")
    expect(status_of(second, "سباق")).to_have_class("status status-spam")


def test_what_the_second_had_typed_is_given_back_and_can_be_sent_again(
    site: Site, person: Callable[..., Page]
):
    post(site, "نزاع على نص", name="كاتب النزاع")
    first, second = two_moderators(site, person, "salwa")
    for page in (first, second):
        open_queue(page, "نزاع")
    panel = entry(first, "نزاع").locator("[data-panel=edit]")
    panel.locator("summary").click()
    panel.locator("textarea").fill("نزاع على نص حرّره الأول")

    entry(second, "نزاع").locator(".do-approve").click()
    expect(status_of(second, "نزاع")).to_have_class("status status-approved")
    panel.locator("button").click()

    expect(told(first)).to_contain_text("salwa")
    expect(status_of(first, "نزاع")).to_have_class("status status-approved")
    expect(panel.locator("textarea")).to_have_value("نزاع على نص حرّره الأول")
    panel.locator("button").click()
    expect(entry(first, "نزاع").locator(".excerpt")).to_have_text("نزاع على نص حرّره الأول")


def test_many_are_decided_on_at_once_and_undone(site: Site, person: Callable[..., Page]):
    post(site, *(f"جماعة {number}" for number in range(27)), name="كاتب الجماعة")
    page = person("moderator")
    open_queue(page, "جماعة")

    page.locator("[data-all-here] input").check()
    expect(page.locator(".bulk-number")).to_have_text("25")
    page.locator("#bulk [value=approve]").click()
    expect(page.locator(".entry[data-settled]")).to_have_count(25)
    page.locator(".undo button").click()
    expect(page.locator(".entry[data-settled]")).to_have_count(0)

    # What was decided on since the list was shown is not among all of it.
    open_queue(page, "جماعة")
    page.locator("#bulk [name=scope]").check()
    page.locator("#bulk [value=trash]").click()
    expect(page.locator(".confirm h1")).to_contain_text("27")
    page.locator(".confirm button").click()
    expect(told(page)).to_contain_text("27")
    expect(page.locator(".entry")).to_have_count(0)
    page.locator(".undo button").click()
    expect(page.locator(".entry")).to_have_count(25)


def test_new_arrivals_are_told_and_shown_when_asked_for(site: Site, person: Callable[..., Page]):
    post(site, "واصل أول", name="كاتب الوصول")
    page = person("moderator")
    open_queue(page, "واصل")
    expect(page.locator("#news")).to_be_hidden()
    counted = page.locator("[data-count=pending]")
    before = int(counted.inner_text())

    post(site, "واصل ثان", "واصل ثالث", name="كاتب الوصول")
    # As when the moderator comes back to this tab of the browser.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("#news")).to_be_visible()
    expect(counted).to_have_text(str(before + 2))
    expect(page).to_have_title(re.compile(r"^\(2\) "))
    expect(page.locator(".entry")).to_have_count(1)
    page.locator("#news").click()
    expect(page.locator(".entry")).to_have_count(3)
    expect(page.locator("#news")).to_be_hidden()


def test_everything_works_without_a_script(site: Site, browser: Browser):
    post(site, "بلا برنامج أول", "بلا برنامج ثان", name="كاتب بلا برنامج")
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "moderator", site.passwords["moderator"], to=QUEUE)
    open_queue(page, "برنامج")

    second = entry(page, "برنامج ثان")
    behind = entry(page, "برنامج أول").get_attribute("id")
    second.locator("[data-panel=reject] summary").click()
    second.locator("[value=insult]").click()
    expect(page).to_have_url(re.compile(f"#{behind}$"))
    expect(told(page)).to_have_count(1)
    expect(page.locator(".entry")).to_have_count(1)
    page.locator(".undo button").click()
    expect(page.locator(".entry")).to_have_count(2)
    page.locator("[name=selected]").first.check()
    page.locator("#bulk [value=spam]").click()
    expect(page.locator(".entry")).to_have_count(1)
    page.locator("#bulk [name=scope]").check()
    page.locator("#bulk [value=approve]").click()
    expect(page.locator(".confirm h1")).to_contain_text("نشر")
    page.locator(".confirm button").click()
    expect(told(page)).to_have_count(1)
    expect(page.locator(".entry")).to_have_count(0)
    context.close()


def test_the_queue_fits_a_phone_and_a_thumb(site: Site, person: Callable[..., Page]):
    long = "كلمة_طويلة_بلا_فراغ" * 20
    post(site, f"هاتف {long} https://example.com/{'a' * 300}", name="كاتب الهاتف")
    page = person("moderator", width=390)

    for tab in ("pending", "approved", "all"):
        open_queue(page, "هاتف" if tab == "pending" else "", tab)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    open_queue(page, "هاتف")
    page.locator("[data-panel=reject] summary").click()
    page.locator("[name=selected]").check()
    pressed = page.locator("#queue :is(button, summary, .tick, .tickbox, .tabs a):visible")
    sizes = pressed.evaluate_all(
        "all => all.map(each => [each.textContent.trim(), each.getBoundingClientRect().height])"
    )
    assert len(sizes) > 20
    assert [(text, height) for text, height in sizes if height < THUMB] == []
    bulk = page.locator("#bulk").bounding_box()
    assert bulk and bulk["y"] + bulk["height"] <= 900
    assert page.evaluate("document.documentElement.scrollWidth") == 390
