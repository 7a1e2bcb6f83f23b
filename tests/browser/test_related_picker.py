"""The form of a story in a real browser: picks, their order, counts and the address."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from articles.reading import count_words, length_of
from tests.browser.conftest import Site, log_in
from tests.conftest import shared_texts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADD = "/admin/articles/article/add/"
THUMB = 44  # pixels


def open_form(page: Page, title: str = "") -> Locator:
    """An empty form, scrolled to its picker; what the picker is, is answered."""
    page.goto(ADD)
    page.fill("#id_title", title)
    picker = page.locator("#related_posts-group")
    picker.scroll_into_view_if_needed()
    expect(picker.locator(".related-offers")).to_be_visible()
    return picker


def find(picker: Locator, words: str) -> Locator:
    # What the last search found stands there until this one is answered.
    picker.locator("[data-found]").evaluate("each => each.replaceChildren()")
    with picker.page.expect_response(re.compile("/related/search/")):
        picker.locator("input[type=search]").fill(words)
    offers = picker.locator("[data-found] .offer")
    expect(offers.first).to_be_visible()
    return offers


def add(picker: Locator, words: str) -> str:
    """Pick the first story that these words find; its title."""
    first = find(picker, words).first
    title = first.locator(".story-title").inner_text()
    first.locator("[data-add]").click()
    return title


def picked(picker: Locator) -> list[str]:
    return picker.locator(".pick:visible .story-title").all_inner_texts()


def save_and_reopen(page: Page) -> list[str]:
    """Save the story, open it again and read its picks as the server gives them."""
    page.click("[name=_continue]")
    page.wait_for_url(re.compile(r"/article/\d+/change/"))
    expect(page.locator(".related-offers")).to_be_visible()
    return picked(page.locator("#related_posts-group"))


def test_stories_are_found_picked_dragged_and_kept_in_their_order(person: Callable[..., Page]):
    page = person("editor")
    picker = open_form(page, "قصة ترتيب بالسحب")
    first, second, third = (add(picker, words) for words in ("المدرسة", "البلدي", "المسرح"))
    assert picked(picker) == [first, second, third]

    handles = picker.locator(".pick:visible .pick-handle")
    handles.nth(2).scroll_into_view_if_needed()
    start, goal = handles.nth(2).bounding_box(), handles.nth(0).bounding_box()
    assert start and goal
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(goal["x"] + 5, goal["y"] + 40, steps=8)
    page.mouse.move(goal["x"] + 5, goal["y"] - 8, steps=8)
    page.mouse.up()

    assert picked(picker) == [third, first, second]
    assert save_and_reopen(page) == [third, first, second]


def test_picks_are_ordered_and_removed_by_keys_and_each_step_is_said(person: Callable[..., Page]):
    page = person("editor")
    picker = open_form(page, "قصة ترتيب بالمفاتيح")
    first, second, third = (add(picker, words) for words in ("المدرسة", "البلدي", "المسرح"))
    news = picker.locator("[data-news]")

    picker.locator(".pick:visible").nth(2).locator('[data-move="-1"]').focus()
    page.keyboard.press("Enter")
    assert picked(picker) == [first, third, second]
    expect(news).to_contain_text(third)
    page.keyboard.press("Enter")
    assert picked(picker) == [third, first, second]
    # At the top there is no way up any more: the focus stays within the story that moved.
    expect(picker.locator(".pick:visible").first.locator('[data-move="1"]')).to_be_focused()
    picker.locator(".pick:visible").nth(1).locator("[data-remove]").focus()
    page.keyboard.press("Enter")
    expect(news).to_contain_text(first)
    expect(picker.locator(".pick:visible").nth(1).locator("[data-remove]")).to_be_focused()

    assert save_and_reopen(page) == [third, second]


def test_a_pick_that_was_stored_is_removed_and_taken_back(person: Callable[..., Page]):
    page = person("editor")
    picker = open_form(page, "قصة تراجع")
    first, second = add(picker, "المدرسة"), add(picker, "البلدي")
    assert save_and_reopen(page) == [first, second]
    picker = page.locator("#related_posts-group")

    picker.locator(".pick:visible").first.locator("[data-remove]").click()
    assert picked(picker) == [second]
    assert add(picker, "المدرسة") == first

    assert picked(picker) == [second, first]
    assert save_and_reopen(page) == [second, first]


def test_an_order_that_was_not_saved_comes_back_with_the_typing(person: Callable[..., Page]):
    page = person("editor")
    picker = open_form(page, "قصة ترتيب لم يحفظ")
    first, second, third = (add(picker, words) for words in ("المدرسة", "البلدي", "المسرح"))
    assert save_and_reopen(page) == [first, second, third]
    picker.locator(".pick:visible").nth(2).locator('[data-move="-1"]').click()
    assert picked(picker) == [first, third, second]

    page.reload()
    page.locator(".unsaved [data-do=restore]").click()

    assert picked(picker) == [first, third, second]
    assert save_and_reopen(page) == [first, third, second]


def test_six_are_picked_and_no_seventh(person: Callable[..., Page]):
    page = person("editor")
    picker = open_form(page, "قصة بستة")
    offers = find(picker, "ال")
    for number in range(6):
        offers.nth(number).locator("[data-add]").click()

    expect(picker.locator(".pick:visible")).to_have_count(6)
    assert picker.locator("[data-found] [data-add]:enabled").count() == 0
    assert len(save_and_reopen(page)) == 6


def test_suggestions_follow_what_is_typed_and_are_picked_with_one_press(
    person: Callable[..., Page],
):
    page = person("editor")
    picker = open_form(page)
    expect(picker.locator("[data-suggested] .offer-none")).to_be_visible()

    page.fill("#id_tags", "مجلس بلدي")
    suggestion = picker.locator("[data-suggested] .offer").first
    expect(suggestion.locator(".reasons")).to_contain_text("مجلس بلدي")
    title = suggestion.locator(".story-title").inner_text()
    suggestion.locator("[data-add]").click()

    assert picked(picker) == [title]
    expect(picker.locator("[data-suggested]")).not_to_contain_text(title)


def test_the_box_shows_what_readers_will_see(site: Site, person: Callable[..., Page]):
    page = person("editor")
    picker = open_form(page)
    box = picker.frame_locator("iframe")
    first, second = add(picker, "المدرسة"), add(picker, "البلدي")

    expect(box.locator(".card-title")).to_have_text([first, second])
    picker.locator(".pick:visible").first.locator('[data-move="1"]').click()
    expect(box.locator(".card-title")).to_have_text([second, first])
    page.locator("#id_category").select_option(index=3)
    expect(box.locator(".card-title")).to_have_count(3)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_buttons_of_the_form_do_not_move_when_suggestions_and_the_box_come_late(
    site: Site, person: Callable[..., Page], width: int
):
    page = person("editor", width=width)
    held: list[Route] = []
    late = re.compile("/related/(suggestions|box)/")
    page.route(late, lambda route: held.append(route), times=2)
    picker = open_form(page, "المدرسة")
    expect(page.locator(".slug-offer")).to_be_visible()
    save = page.locator("[name=_save]").last
    save.scroll_into_view_if_needed()
    picker.locator(".related-box").scroll_into_view_if_needed()
    while len(held) < 2:
        page.wait_for_timeout(50)
    before = place_on_the_page(save)

    for route in held:
        route.continue_()
    expect(picker.frame_locator("iframe").locator(".box-alone")).to_be_visible()
    expect(picker.locator("[data-suggested] .offer").first).to_be_visible()
    assert place_on_the_page(save) == before


def place_on_the_page(thing: Locator) -> float:
    """Pixels from the top of the page."""
    return thing.evaluate("each => each.getBoundingClientRect().top + scrollY")


def test_words_minutes_and_characters_are_counted_while_typing(person: Callable[..., Page]):
    page = person("editor")
    page.goto(ADD)
    of_title, of_body = (
        page.locator("#id_title_helptext .count"),
        page.locator("#id_body_helptext .count"),
    )
    expect(of_title).to_have_text(re.compile(r"^\D*0\D+250"))

    page.fill("#id_title", "خبر 👍")
    expect(of_title).to_have_text(re.compile(r"^\D*5\D+250"))
    page.locator("[role=textbox].ProseMirror").click()
    page.keyboard.type("seven words and one Café are here")
    expect(of_body).to_have_text(re.compile(r"7\D+"))


def test_the_browser_counts_as_the_server_does(site: Site, person: Callable[..., Page]):
    page = person("editor")
    page.goto(ADD)
    bodies = [f"<p>{text}</p><figure><figcaption>{text}</figcaption></figure>" for text in TEXTS]

    counted = page.evaluate(
        """async (bodies) => {
            const { lengthOf } = await import("/static/articles/counting.js");
            return bodies.map(lengthOf);
        }""",
        bodies,
    )

    expected = [length_of(body) for body in bodies]
    assert [(each["words"], each["inFigures"]) for each in counted] == [
        (each.words, each.in_figures) for each in expected
    ]


TEXTS = [
    *("", "خبر عاجل", "المجلس يقرّ «الموازنة» — أخيراً", "٢٠٢٥/2025", "كلمة<br>أخرى"),
    *("كل<em>مة</em>", "a&nbsp;b&amp;c", "👍 نعم", "well-known – dash", "½ ① Ⅷ"),
    *("\u200fمرحبا\u202cبكم", "x\ufeffy", "مُدَرِّ<u>سَةٌ</u> ب<abbr>ـ٣</abbr>٪", "ٱلۡكِتَٰبُ ﷺ ۝"),
]


def test_the_address_is_suggested_and_never_written_over_what_was_typed(
    person: Callable[..., Page],
):
    page = person("editor")
    page.goto(ADD)
    offer = page.locator(".slug-offer")

    page.fill("#id_title", "مُـــدَرِّسَةٌ «جديدة»")
    expect(offer.locator("bdi")).to_have_text("مدرسة-جديدة")
    expect(page.locator("#id_slug")).to_have_value("")
    page.fill("#id_slug", "بيدي")
    page.fill("#id_title", "عنوان آخر")
    expect(offer.locator("bdi")).to_have_text("عنوان-آخر")
    expect(page.locator("#id_slug")).to_have_value("بيدي")
    offer.locator("button").click()
    expect(page.locator("#id_slug")).to_have_value("عنوان-آخر")
    expect(offer).to_be_hidden()


def test_the_box_asks_for_a_new_login_and_comes_back_after_it(
    site: Site, person: Callable[..., Page]
):
    # The page of the login does not let itself be shown in the box.
    page = person("editor", refusals=True)
    picker = open_form(page, "قصة بعد انتهاء الجلسة")
    box, lost = picker.locator("iframe"), picker.locator("[data-box-lost]")
    expect(box.content_frame.locator(".box-alone")).to_be_visible()

    page.context.clear_cookies()
    page.locator("#id_tags").press_sequentially("بحر")
    expect(lost.locator("a")).to_be_visible()
    expect(box).to_be_hidden()

    with page.context.expect_page() as opened:
        lost.locator("a").click()
    opened.value.fill("#id_username", "editor")
    opened.value.fill("#id_password", site.passwords["editor"])
    opened.value.click("#login-form [type=submit]")
    opened.value.wait_for_url("/admin/")
    opened.value.close()
    page.locator("#id_tags").press_sequentially("، مدارس")
    expect(box).to_be_visible()
    expect(lost).to_be_hidden()


def test_the_picker_works_without_a_script(site: Site, browser: Browser):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "editor", site.passwords["editor"])
    page.goto("/admin/articles/article/")
    numbers = [
        href.split("/")[-3]
        for href in page.locator("#result_list tbody th a").evaluate_all(
            "all => all.slice(0, 2).map(each => each.href)"
        )
    ]
    page.goto(ADD)
    page.fill("#id_title", "المجلس البلدي وموازنة الأرصفة بلا برنامج")
    for row, number in enumerate(numbers):
        page.fill(f"#id_related_posts-{row}-to_article", number)
        page.fill(f"#id_related_posts-{row}-position", str(1 - row))
    page.click("[name=_continue]")

    page.wait_for_url(re.compile(r"/article/\d+/change/"))
    shown = page.locator(".pick .story-line").evaluate_all(
        "all => all.map(each => each.dataset.key)"
    )
    assert shown == list(reversed(numbers))
    page.goto(page.url.replace("/change/", "/related/"))
    before = page.locator(".picks .pick").count()
    page.locator(".offers [name=pick]").first.click()
    expect(page.locator(".picks .pick")).to_have_count(before + 1)
    context.close()


def test_the_picker_fits_a_phone_and_a_thumb(person: Callable[..., Page]):
    page = person("editor", width=390)
    picker = open_form(page)
    add(picker, "المدرسة")
    find(picker, "البلدي")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = picker.locator("button:visible, input:visible").evaluate_all(
        "all => all.map(each => [each.outerHTML, each.getBoundingClientRect().height])"
    )
    assert len(small) > 5
    assert [each for each, height in small if height < THUMB] == []


def test_any_of_many_texts_is_counted_alike(site: Site, person: Callable[..., Page]):
    texts = shared_texts()
    page = person("editor")
    page.goto(ADD)

    counted = page.evaluate(
        """async (texts) => {
            const { countWords } = await import("/static/articles/counting.js");
            return JSON.parse(texts).map(countWords);
        }""",
        json.dumps(texts),
    )

    assert counted == [count_words(text) for text in texts]
