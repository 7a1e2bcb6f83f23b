"""Reading, searching and commenting in a browser that runs no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.readers import publish_story

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(person: Callable[..., Page]) -> Page:
    """A reader's telephone."""
    return person(width=390, scripts=False)


def test_a_reader_goes_from_the_front_page_through_a_section_to_a_story(page: Page):
    page.goto("/")
    page.locator(".sections a").nth(1).click()
    section = page.locator("h1").inner_text()
    expect(page.locator(".sections [aria-current]")).to_have_text(section)

    link = page.locator(".card-title a").first
    title = link.inner_text()
    link.click()

    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".body p").first).to_be_visible()
    expect(page.locator(".dates time").first).to_be_visible()


def test_a_reader_turns_the_pages_of_what_was_found(page: Page):
    page.goto("/search/?q=البلدية")
    first = page.locator(".card-title").all_inner_texts()

    page.locator(".paging a").last.click()

    page.wait_for_url("**/search/?*page=2")
    second = page.locator(".card-title").all_inner_texts()
    assert second
    assert set(first).isdisjoint(second)


def test_a_reader_searches_in_everyday_spelling_and_narrows_what_is_found(page: Page):
    page.goto("/")
    page.fill(".search-box [name=q]", "مدرسه البساتين")
    page.locator(".search-box button").click()

    title = page.locator(".result .card-title").first
    expect(title.locator("mark")).to_have_text(["مدرسة", "البساتين"])

    page.locator(".search-filters summary").click()
    page.locator(".search-filters select").first.select_option(index=1)
    page.locator(".search-form button").first.click()
    expect(page.locator(".search-filters")).to_have_attribute("open", "")
    expect(page.locator(".search-line input")).to_have_value("مدرسه البساتين")


def test_a_reader_mends_a_refused_comment_and_takes_the_sent_one_back(site: Site, page: Page):
    story = publish_story(site, "مقال بلا برامج", {"body": "تعليق سابق."})
    page.goto(story.address)
    page.locator(".reply").first.click()
    expect(page.locator(".replying-to")).to_be_visible()
    page.fill("#comment-form [name=body]", "ردّ من متصفّح لا يشغّل البرامج.")
    page.fill("#comment-form [name=name]", "قارئة")
    page.fill("#comment-form [name=email]", "reader@example")
    page.locator("#comment-form [type=submit]").click()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("#comment-form [name=body]")).to_have_value("ردّ من متصفّح لا يشغّل البرامج.")
    page.fill("#comment-form [name=email]", "reader@example.org")
    page.locator("#comment-form [type=submit]").click()

    page.wait_for_url("**/receipt/**")
    expect(page.locator(".comment-body")).to_have_text("ردّ من متصفّح لا يشغّل البرامج.")
    page.locator(".withdraw button").click()
    expect(page.locator(".comment")).to_have_count(0)
