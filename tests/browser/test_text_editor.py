"""A story is written with every kind of block, by mouse, by keyboard and out of word processors."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.text_editor import (
    BODY,
    begin_story,
    dialog,
    paste,
    pasted_file,
    press,
    saved,
    submit,
    typed,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(person: Callable[..., Page]) -> Page:
    return person("editor")


@pytest.fixture
def pasted_into(person: Callable[..., Page]) -> Page:
    """Where what is pasted holds what the policy refuses to run and to apply."""
    return person("editor", refusals=True)


def test_every_kind_of_block_is_typed_stored_and_read(page: Page):
    begin_story(page)
    keyboard = page.keyboard
    press(page, "heading2")
    keyboard.type("عودة الفرن")
    keyboard.press("Enter")
    keyboard.type("نار ")
    press(page, "bold")
    keyboard.type("الحطب")
    press(page, "bold")
    keyboard.press("Enter")
    press(page, "pullQuote")
    keyboard.type("الخبز لا ينتظر")
    keyboard.press("Enter")
    keyboard.press("Enter")
    picture = put_in_picture(page, "قوارب|مراكب", "هنا ترسو")
    put_in_video(page, "www.example.org/v?a=1", "جولة في السوق")
    put_in_table(page, "الأسعار", ["المادة", "السعر", "خبز", "1,200"])
    keyboard.press("Control+End")
    keyboard.type("The oven never sleeps")
    press(page, "direction:auto")
    keyboard.press("Enter")
    press(page, "bulletList")
    keyboard.type("بند")

    stored = saved(page)

    assert stored == (
        "<h2>عودة الفرن</h2><p>نار <strong>الحطب</strong></p>"
        '<blockquote class="pull-quote"><p>الخبز لا ينتظر</p></blockquote>'
        f'<figure data-picture="{picture}"><figcaption>هنا ترسو</figcaption></figure>'
        '<figure class="video-card"><a href="https://www.example.org/v?a=1" rel="noopener">'
        "جولة في السوق</a></figure>"
        '<table><caption>الأسعار</caption><thead><tr><th scope="col"><p>المادة</p></th>'
        '<th scope="col"><p>السعر</p></th></tr></thead>'
        "<tbody><tr><td><p>خبز</p></td><td><p>1,200</p></td></tr></tbody></table>"
        '<p dir="ltr">The oven never sleeps</p><ul><li><p>بند</p></li></ul>'
    )
    assert_shown_in_the_editor(page)
    assert_readers_see_it(page)


def put_in_picture(page: Page, words: str, caption: str) -> str:
    """The key of the first picture that the archive has for these words, put in and captioned."""
    press(page, "archivePicture")
    results = dialog(page).locator(".desk-finder-results button")
    expect(results.first).to_be_visible()
    wanted = results.filter(has_text=re.compile(words)).first
    description = wanted.locator("span").inner_text()
    dialog(page).get_by_role("searchbox").fill(description[:20])
    expect(results).to_have_count(1)
    results.first.click()
    submit(page)
    page.keyboard.type(caption)
    page.keyboard.press("Enter")
    found = re.search(r'data-picture="(\d+)"', typed(page))
    assert found
    return found[1]


def put_in_video(page: Page, address: str, title: str) -> None:
    press(page, "videoCard")
    address_field, title_field = dialog(page).get_by_role("textbox").all()
    address_field.fill(address)
    title_field.fill(title)
    submit(page)


def put_in_table(page: Page, caption: str, cells: list[str]) -> None:
    press(page, "table")
    for field in dialog(page).get_by_role("spinbutton").all():
        field.fill("2")
    dialog(page).get_by_role("textbox").fill(caption)
    submit(page)
    for number, cell in enumerate(cells):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(cell)


def assert_shown_in_the_editor(page: Page) -> None:
    body = page.locator(BODY)
    expect(body.locator(".desk-picture img")).to_be_visible()
    expect(body.locator(".desk-picture-facts")).not_to_be_empty()
    expect(body.locator(".desk-video-host")).to_have_text("example.org")
    expect(body.locator("table caption")).to_have_text("الأسعار")


def assert_readers_see_it(page: Page) -> None:
    page.select_option("#id_category", index=1)
    page.fill("#id_no_image_reason", "قصة قصيرة")
    page.fill("#id_excerpt", "ملخص.")
    page.evaluate("document.querySelector('#id_byline').append(new Option('x', '1', true, true))")
    with page.expect_navigation():
        page.click("[name=_publish]")
    page.goto(str(page.locator("a.closelink[href^='/articles/']").get_attribute("href")))
    body = page.locator(".body")
    expect(body.locator(".body-picture img")).to_be_visible()
    expect(body.locator(".body-picture figcaption")).to_contain_text("هنا ترسو")
    expect(body.locator(".video-card a")).to_have_attribute("href", "https://www.example.org/v?a=1")
    expect(body.get_by_role("region")).to_have_attribute("aria-label", "الأسعار")
    assert body.locator('p[dir="ltr"]').evaluate("e => getComputedStyle(e).textAlign") == "start"
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("source", ["word", "google-docs"])
def test_a_paste_from_a_word_processor_is_shown_as_it_will_be_stored(
    pasted_into: Page, source: str
):
    begin_story(pasted_into)

    paste(pasted_into, pasted_file(f"{source}.html"))

    expected = pasted_file(f"{source}.stored.html").replace("\n", "")
    before = typed(pasted_into)
    assert saved(pasted_into) == expected
    assert before.count("<p>") == expected.count("<p>")
    for mark in ("dir=", "style=", "Mso", "&nbsp;", "<span"):
        assert mark not in before


def test_what_was_copied_from_the_editor_is_pasted_as_it_was(page: Page):
    begin_story(page)

    paste(page, '<p dir="ltr" data-pm-slice="0 0 []">a&nbsp; b</p>')

    assert typed(page) == '<p dir="ltr">a&nbsp; b</p>'


def test_a_hostile_paste_brings_neither_script_nor_picture(pasted_into: Page):
    begin_story(pasted_into)

    paste(
        pasted_into,
        "<p>نص<img src=x onerror='document.title=1'></p><script>document.title=2</script>",
    )

    assert typed(pasted_into) == "<p>نص</p>"
    assert pasted_into.title() not in {"1", "2"}


def test_a_link_leads_to_a_story_found_by_search_or_to_an_address(page: Page):
    begin_story(page)
    press(page, "link")
    dialog(page).get_by_role("searchbox").fill("الفرن القديم")
    story = dialog(page).locator(".desk-finder-results button").first
    expect(story).to_be_visible()
    story.click()
    submit(page)
    page.keyboard.type(" ثم ")
    press(page, "link")
    address, text = dialog(page).get_by_role("textbox").all()
    address.fill("javascript:steal()")
    text.fill("خارج")
    dialog(page).locator("[type=submit]").click()
    expect(dialog(page)).to_be_visible()
    address.fill("example.org/page")
    submit(page)

    assert re.fullmatch(
        r'<p><a href="/articles/[^"]+/">[^<]+</a> ثم <a href="https://example.org/page">خارج</a></p>',
        typed(page),
    )


def test_the_direction_of_a_paragraph_is_set_and_taken_back(page: Page):
    begin_story(page)
    page.keyboard.type("Left to right")

    for name, expected in (
        ("ltr", '<p dir="ltr">Left to right</p>'),
        ("rtl", "<p>Left to right</p>"),
        ("auto", '<p dir="ltr">Left to right</p>'),
    ):
        press(page, f"direction:{name}")
        assert typed(page) == expected
    page.keyboard.press("Control+z")
    assert typed(page) == "<p>Left to right</p>"


def test_an_english_story_is_written_from_left_to_right(page: Page):
    body = begin_story(page)
    page.select_option("#id_language", "en")
    body.click()
    page.keyboard.type("نص")

    expect(body).to_have_css("direction", "ltr")
    press(page, "direction:auto")
    assert typed(page) == '<p dir="rtl">نص</p>'


def test_a_picture_is_put_in_by_the_keyboard_alone(page: Page):
    begin_story(page)
    keyboard = page.keyboard
    keyboard.press("Alt+F10")
    focused = page.locator(":focus")
    while focused.get_attribute("data-name") != "archivePicture":
        keyboard.press("ArrowLeft")
    keyboard.press("Enter")
    expect(dialog(page).get_by_role("searchbox")).to_be_focused()
    expect(dialog(page).locator(".desk-finder-results button").first).to_be_visible()

    keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(BODY)).to_be_focused()

    keyboard.press("Alt+F10")
    keyboard.press("Enter")
    expect(dialog(page).locator(".desk-finder-results button").first).to_be_visible()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(dialog(page).locator('[aria-pressed="true"]')).to_have_count(1)
    while not focused.evaluate("element => element.matches('[type=submit]')"):
        keyboard.press("Tab")
    keyboard.press("Enter")
    keyboard.type("تعليق")

    assert re.fullmatch(
        r'<figure data-picture="\d+"><figcaption>تعليق</figcaption></figure><p></p>', typed(page)
    )


def test_a_picture_is_exchanged_and_taken_out(page: Page):
    body = begin_story(page)
    first = put_in_picture(page, "قوارب|مراكب", "هنا")
    change, remove = body.locator(".desk-picture-bar button").all()

    change.click()
    others = dialog(page).locator(".desk-finder-results button")
    expect(others.first).to_be_visible()
    others.filter(has_not_text=re.compile("قوارب|مراكب")).first.click()
    submit(page)
    assert "<figcaption>هنا</figcaption>" in typed(page)
    assert f'data-picture="{first}"' not in typed(page)

    remove.click()
    assert "figure" not in typed(page)


def test_the_menu_says_what_is_pressed_and_is_one_stop_of_the_tab_key(page: Page):
    begin_story(page)
    bold = page.locator('.prose-menubar button[data-name="bold"]')
    expect(bold).to_have_attribute("aria-pressed", "false")

    press(page, "bold")

    expect(bold).to_have_attribute("aria-pressed", "true")
    expect(page.locator('.prose-menubar button[tabindex="0"]')).to_have_count(1)
    unnamed = page.locator(".prose-menubar button:not([aria-label])")
    expect(unnamed).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_of_the_editor_is_wider_than_the_screen(person, width: int):
    page = person("editor", width=width)
    begin_story(page)
    put_in_table(page, "", ["كلمة " * 5] * 4)
    put_in_picture(page, "قوارب|مراكب", "هنا")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for name in ("link", "archivePicture", "videoCard", "table"):
        press(page, name)
        box = dialog(page).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
