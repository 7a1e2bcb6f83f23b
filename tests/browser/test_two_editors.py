"""Two editors in one story, and typing that nobody saved, in real browsers."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SIGHT_PATIENCE, Site, log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('unsaved-typing:')).length"
_AWAIT = f"""async ([count, patience]) => {{
  const kept = () => {KEPT}, end = Date.now() + patience;
  while (kept() !== count) {{
    if (Date.now() > end) throw new Error(`${{kept()}} kept, not ${{count}}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }}
}}"""
PHONE = 390


def new_story(page: Page, title: str) -> str:
    """Write a draft at the desk, and leave its form; its address."""
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", title)
    page.click("[name=_continue]")
    page.wait_for_url(re.compile(r"/change/$"))
    address = page.url
    page.goto("/admin/")
    return address


def body(page: Page) -> Locator:
    return page.locator(".field-body .ProseMirror[contenteditable=true]")


def type_into(page: Page, text: str) -> None:
    body(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def await_kept(page: Page, count: int) -> None:
    # Playwright's own waiting evaluates strings, which the policy refuses.
    page.evaluate(_AWAIT, [count, SIGHT_PATIENCE])


def others(page: Page) -> Locator:
    return page.locator("#others .other")


def test_two_editors_see_each_other_and_neither_overwrites_the_other(
    site: Site, person: Callable[..., Page]
):
    first, second = person("editor"), person("writer", width=PHONE)
    address = new_story(second, "خبر لاثنين")
    first.clock.install()
    first.goto(address)
    with first.expect_response(re.compile("/presence/")):
        first.reload()
    second.goto(address)
    expect(others(second)).to_contain_text("editor")
    first.clock.fast_forward(31_000)
    expect(others(first)).to_contain_text("writer")

    type_into(first, "نص المحرر.")
    first.click("[name=_continue]")
    first.wait_for_url(address)
    type_into(second, "نص الكاتب.")
    second.locator("[name=_continue]").last.click()

    conflict = second.locator(".conflict")
    expect(conflict.locator("del")).to_contain_text("المحرر")
    expect(conflict.locator("ins")).to_contain_text("الكاتب")
    expect(body(second)).to_have_text("نص الكاتب.")
    assert second.evaluate("document.documentElement.scrollWidth") == PHONE
    # Enter in a field decides nothing.
    second.locator("#id_title").press("Enter")
    expect(conflict).to_be_visible()
    conflict.locator("[name=over_revision]").click()
    second.wait_for_url(re.compile(r"/admin/articles/article/$"))

    second.goto(address.replace("change/", "history/"))
    expect(second.locator(".revisions > li")).to_have_count(3)
    second.locator(".revisions .button").first.click()
    expect(second.locator(".block-text del")).to_contain_text("المحرر")
    second.locator(".side-old button").click()
    second.goto(address)
    expect(body(second)).to_have_text("نص المحرر.")

    second.goto("/admin/")
    await_alone(first)


def await_alone(page: Page) -> None:
    """Wait until the page, whose clock is ours, shows nobody else."""
    deadline = time.monotonic() + SIGHT_PATIENCE / 1000
    while others(page).count():
        assert time.monotonic() < deadline, others(page).all_inner_texts()
        with page.expect_response(re.compile("/presence/")):
            page.clock.fast_forward(31_000)


def test_typing_survives_a_closed_tab_and_is_gone_when_it_is_saved(
    site: Site, person: Callable[..., Page]
):
    page = person("editor")
    address = new_story(page, "خبر لم يحفظ")
    page.goto(address)
    type_into(page, "ما كُتب ولم يُحفظ.")
    page.fill("#id_title", "عنوان لم يحفظ")
    await_kept(page, 1)
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(address)
    offer = page.locator(".unsaved")
    expect(offer).to_have_count(1)
    offer.locator("[data-do=compare]").click()
    expect(offer.locator("ins").first).to_be_visible()
    assert "ما كُتب ولم يُحفظ." in offer.inner_text()
    offer.locator("[data-do=restore]").click()
    expect(body(page)).to_have_text("ما كُتب ولم يُحفظ.")
    expect(page.locator("#id_title")).to_have_value("عنوان لم يحفظ")
    expect(offer).to_have_count(0)

    page.click("[name=_continue]")
    page.wait_for_load_state()
    await_kept(page, 0)
    expect(body(page)).to_have_text("ما كُتب ولم يُحفظ.")
    page.goto(address)
    expect(page.locator(".unsaved")).to_have_count(0)


def test_a_story_never_saved_survives_a_session_that_ends_and_is_offered_to_its_writer_alone(
    site: Site, person: Callable[..., Page]
):
    page = person("writer")
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", "خبر جديد كله")
    type_into(page, "أول السطر.")
    await_kept(page, 1)
    page.context.clear_cookies()
    page.click("[name=_save]")
    page.wait_for_load_state()

    log_in(page, "editor", site.passwords["editor"], to="/admin/articles/article/add/")
    expect(body(page)).to_be_visible()
    expect(page.locator(".unsaved")).to_have_count(0)
    page.context.clear_cookies()
    log_in(page, "writer", site.passwords["writer"], to="/admin/articles/article/add/")
    offer = page.locator(".unsaved")
    expect(offer).to_contain_text("خبر جديد كله")
    offer.locator("[data-do=discard]").click()
    await_kept(page, 0)


def test_typing_of_a_story_that_was_deleted_is_offered_to_a_new_one(
    site: Site, person: Callable[..., Page]
):
    page, other = person("editor"), person("editor")
    address = new_story(page, "خبر يُحذف")
    page.goto(address)
    type_into(page, "كُتب قبل الحذف.")
    await_kept(page, 1)
    other.goto(address.replace("change/", "delete/"))
    other.click("#content [type=submit]")
    other.wait_for_url(re.compile(r"/admin/articles/article/$"))

    page.click("[name=_continue]")
    expect(page.locator(".conflict")).to_be_visible()
    expect(page.locator(".revision-pages")).to_contain_text("كُتب قبل الحذف.")
    page.locator(".conflict a.button").last.click()
    offer = page.locator(".unsaved")
    expect(offer.locator("[data-why]")).to_be_visible()
    offer.locator("[data-do=restore]").click()
    expect(body(page)).to_have_text("كُتب قبل الحذف.")
    page.click("[name=_continue]")
    page.wait_for_url(re.compile(r"/\d+/change/$"))
    await_kept(page, 0)


def test_typing_of_a_story_that_was_sent_on_waits_until_it_is_a_draft_again(
    site: Site, person: Callable[..., Page]
):
    writer, editor = person("writer", width=PHONE), person("editor")
    address = new_story(writer, "خبر قُدّم بين يدي كاتبه")
    writer.goto(address)
    type_into(writer, "لم يُحفظ قبل التقديم.")
    await_kept(writer, 1)
    editor.goto(address)
    editor.click("[name=_submit]")
    editor.wait_for_url(address)

    with writer.expect_response(re.compile("/presence/")):
        writer.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(writer.locator("[data-closed]")).to_be_visible()
    expect(writer.locator("[data-lost]")).to_be_hidden()
    writer.locator("[name=_continue]").last.click()
    expect(writer.locator(".conflict")).to_be_visible()
    expect(writer.locator(".revision-pages")).to_contain_text("لم يُحفظ قبل التقديم.")
    assert writer.evaluate("document.documentElement.scrollWidth") == PHONE
    writer.locator(".conflict a.button").first.click()
    writer.click("[name=_take_back]")
    offer = writer.locator(".unsaved")
    expect(offer.locator("time")).to_have_text(re.compile(r"\d{1,2} \D+ \d{4}، \d\d:\d\d"))
    expect(offer.locator("[data-why]")).to_be_hidden()
    offer.locator("[data-do=restore]").click()
    expect(body(writer)).to_have_text("لم يُحفظ قبل التقديم.")


def test_typing_is_removed_when_its_writer_logs_out_knowingly(
    site: Site, person: Callable[..., Page]
):
    page = person("writer")
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", "خبر على جهاز مشترك")
    await_kept(page, 1)

    page.once("dialog", lambda dialog: dialog.dismiss())
    page.click("#logout-form button")
    assert page.evaluate(KEPT) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#logout-form button")
    page.wait_for_url("/admin/logout/")
    assert page.evaluate(KEPT) == 0


def test_typing_two_weeks_old_is_dropped(site: Site, person: Callable[..., Page]):
    page = person("writer")
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", "خبر قديم")
    await_kept(page, 1)
    page.goto("/admin/")
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find(key => key.startsWith("unsaved-typing:"));
            const record = JSON.parse(localStorage.getItem(key));
            const at = record.at - 14 * 24 * 60 * 60 * 1000 - 1;
            localStorage.setItem(key, JSON.stringify({...record, at}));
        }"""
    )
    page.reload()
    await_kept(page, 0)
