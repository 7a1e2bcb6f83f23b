"""Every kind of page, loaded: what it is made of comes from the site alone, and nothing is refused.

The fixture `person` judges each page that it shows, and so those of all other tests here.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.readers import publish_story
from tests.browser.walking import SEARCHES, kinds_of_pages

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def listened(person: Callable[..., Page]) -> tuple[Page, list[str]]:
    """A reader's browser, and all that it says in its console but for mere notes."""
    page, told = person(), []
    page.on("console", lambda each: told.append(each.text) if each.type != "log" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return page, told


def test_every_kind_of_page_for_readers_loads_without_a_word_in_the_console(
    site: Site, listened: tuple[Page, list[str]]
):
    page, told = listened
    story = publish_story(site, "سياسة الصفحات", {"body": "تعليق أول على السياسة."})

    starts = ("/", story.address, "/tag/خبز/", *SEARCHES)
    loaded = {*kinds_of_pages(page, *starts, under="/", site_url=site.url)}

    lists = {"front-page", "category", "byline", "tag", "archive", "month", "search"}
    assert lists | {"article", "report-comment", "static-page"} <= loaded
    assert told == []


def test_the_page_of_the_api_shows_its_schema_and_asks_nobody_else(
    listened: tuple[Page, list[str]],
):
    page, told = listened

    page.goto("/api/v1/docs/")

    expect(page.locator(".opblock-summary-path").first).to_be_visible()
    page.locator(".opblock-summary-control").first.click()
    page.locator(".try-out__btn").first.click()
    assert told == []


def test_the_page_of_the_api_fits_a_phone(person: Callable[..., Page]):
    page = person(width=390)

    page.goto("/api/v1/docs/")
    for operation in ("list_articles", "post_comment"):
        page.locator(f"[id$={operation}] .opblock-summary-control").click()

    expect(page.locator(".highlight-code").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_form_that_is_refused_and_one_that_is_taken_load_what_they_need(
    site: Site, person: Callable[..., Page]
):
    page = person()
    story = publish_story(site, "سياسة النماذج")
    page.goto(story.address)
    page.locator("#comment-form form").evaluate("(form) => { form.noValidate = true; }")
    page.click("#comment-form [type=submit]")
    expect(page.locator(".error-summary")).to_be_visible()

    page.fill("#comment-form [name=body]", "تعليق تحت السياسة.")
    page.fill("#comment-form [name=name]", "قارئة")
    page.fill("#comment-form [name=email]", "policy@example.org")
    page.click("#comment-form [type=submit]")

    expect(page.locator(".receipt")).to_be_visible()


@pytest.mark.parametrize(
    ("account", "some"),
    [
        ("editor", {"admin:articles_article_change", "admin:articles_article_preview"}),
        ("moderator", {"admin:comments_comment_changelist", "admin:comments_commenter_changelist"}),
    ],
)
def test_every_kind_of_page_of_the_desk_runs_within_its_policy(
    site: Site, person: Callable[..., Page], account: str, some: set[str]
):
    page = person(account)

    loaded = {*kinds_of_pages(page, "/admin/", under="/admin/", site_url=site.url)}

    assert some <= loaded


def test_the_text_editor_has_its_styles_and_its_modules(person: Callable[..., Page]):
    page = person("writer")

    page.goto("/admin/articles/article/add/")

    written = page.locator("[role=textbox].ProseMirror")
    expect(written).to_be_visible()
    assert written.evaluate("(text) => getComputedStyle(text).whiteSpace") == "break-spaces"
