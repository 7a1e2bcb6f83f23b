"""Ordering the front page in a real browser: with a script, without one, and two at once."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site, log_in
from tests.browser.test_related_picker import THUMB, add, find, picked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGE = "/admin/articles/frontpage/"
SAVE = ".submit-row [type=submit]"


@pytest.fixture
def editor(person: Callable[..., Page]) -> Iterator[Page]:
    """An editor's browser on the page; afterwards nothing is chosen any more."""
    page = person("editor")
    page.goto(PAGE)
    yield page
    page.goto(PAGE)
    for picks in (stories_on(page), sections_on(page)):
        while picks.locator(".pick:visible").count():
            picks.locator("[data-remove]:visible").first.click()
    save(page)


def stories_on(page: Page) -> Locator:
    return page.locator("#front-stories")


def sections_on(page: Page) -> Locator:
    return page.locator("#front-sections")


def add_section(page: Page, number: int) -> str:
    """Choose a section of those that are offered; its name."""
    offer = sections_on(page).locator(".offer").nth(number)
    offer.locator("[data-add]").click()
    return offer.locator(".story-title").inner_text()


def save(page: Page) -> None:
    page.click(SAVE)
    expect(page.locator(".messagelist")).to_be_visible()


def front_page(reader: Page) -> tuple[list[str], list[str]]:
    """The titles on top, and the names of the sections, as a reader sees them."""
    reader.goto("/")
    titles = reader.locator(".top .card-title").all_inner_texts()
    return titles, reader.locator(".section-block > .block-title").all_inner_texts()


def test_an_editor_orders_the_front_page_with_keys_and_readers_see_it(
    editor: Page, person: Callable[..., Page]
):
    stories, reader = stories_on(editor), person()
    newest = front_page(reader)[0]
    first, second = add(stories, "المدرسة"), add(stories, "المسرح")
    stories.locator(".pick:visible").nth(1).locator('[data-move="-1"]').focus()
    editor.keyboard.press("Enter")
    assert picked(stories) == [second, first]
    expect(stories.locator("[data-news]")).to_contain_text(second)
    chosen = [add_section(editor, number) for number in (1, 0)]
    save(editor)

    assert picked(stories_on(editor)) == [second, first]
    assert picked(sections_on(editor)) == chosen
    top, sections = front_page(reader)
    assert top[:2] == [second, first]
    assert top[2:] == [title for title in newest if title not in (first, second)][:3]
    assert sections == chosen


def test_the_first_is_marked_as_the_lead_unless_the_newest_leads(editor: Page):
    stories = stories_on(editor)
    add(stories, "المدرسة"), add(stories, "المسرح")
    marks = stories.locator(".pick-mark:visible")
    expect(marks).to_have_count(1)
    stories.locator(".pick:visible").first.locator("[data-remove]").click()
    expect(stories.locator(".pick:visible .pick-mark:visible")).to_have_count(1)

    editor.check("[name=newest_leads]")

    expect(marks).to_have_count(0)


def test_five_are_chosen_and_no_sixth(editor: Page):
    stories = stories_on(editor)
    offers = find(stories, "ال")
    for number in range(5):
        offers.nth(number).locator("[data-add]").click()

    assert stories.locator("[data-found] [data-add]:enabled").count() == 0
    save(editor)
    expect(stories_on(editor).locator(".pick:visible")).to_have_count(5)


def test_of_two_at_once_the_second_sees_both_orders_and_decides(
    editor: Page, person: Callable[..., Page]
):
    other = person("editor")
    other.goto(PAGE)
    mine = add(stories_on(other), "المسرح")
    theirs = add(stories_on(editor), "المدرسة")
    save(editor)

    other.click(SAVE)

    conflict = other.locator(".conflict")
    expect(conflict).to_contain_text(theirs)
    assert picked(stories_on(other)) == [mine]
    conflict.locator("[name=over_version]").click()
    expect(other.locator(".messagelist")).to_be_visible()
    assert picked(stories_on(other)) == [mine]


def test_the_page_works_without_a_script(editor: Page, site: Site, browser: Browser):
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
    page.goto(PAGE)
    for row, number in enumerate(numbers):
        page.fill(f"#id_stories-{row}-story", number)
        page.fill(f"#id_stories-{row}-position", str(1 - row))
    page.select_option("#id_sections-0-section", index=2)
    page.click(SAVE)

    shown = page.locator("#front-stories .story-line").evaluate_all(
        "all => all.map(each => each.dataset.key)"
    )
    assert shown == list(reversed(numbers))
    expect(page.locator("#front-sections .pick .story-line")).to_have_count(1)
    page.fill("#id_stories-0-story", "")
    page.click(SAVE)
    expect(page.locator("#front-stories .story-line")).to_have_count(1)
    context.close()


def test_a_story_is_placed_from_its_form(editor: Page):
    editor.goto("/admin/articles/article/")
    editor.locator("#result_list tbody th a").first.click()
    editor.locator(f'.object-tools a[href^="{PAGE}"]').click()

    editor.wait_for_url(re.compile(r"\?story=\d+$"))
    expect(stories_on(editor).locator(".pick:visible")).to_have_count(1)
    save(editor)
    expect(stories_on(editor).locator(".pick:visible")).to_have_count(1)


def test_the_page_fits_a_phone_and_a_thumb(person: Callable[..., Page]):
    page = person("editor", width=390)
    page.goto(PAGE)
    add(stories_on(page), "المدرسة")
    add_section(page, 0)

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.locator(".front-picker :is(button, input[type=search]):visible").evaluate_all(
        "all => all.map(each => [each.outerHTML, each.getBoundingClientRect().height])"
    )
    assert len(small) > 5
    assert [each for each, height in small if height < THUMB] == []
