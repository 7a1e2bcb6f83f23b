"""WCAG 2.2 AA, as far as axe-core can judge it, on every kind of page; and what it cannot judge."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import npm
from tests.browser.conftest import Site
from tests.browser.readers import Story, publish_story
from tests.browser.walking import REFUSED_SEARCH, SEARCHES, kinds_of_pages

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = ("axe-core", "4.14.1")
_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = f"""async () => {{
  const found = await axe.run({{ runOnly: {json.dumps(_STANDARD)} }});
  return found.violations.map(({{ id, nodes }}) => [id, nodes.map((node) => node.html)]);
}}"""
# Width in pixels, and the color scheme; 640 is what 200 % of zoom leaves of 1280.
WAYS = [(1280, "light"), (1280, "dark"), (640, "light"), (320, "light"), (320, "dark")]


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        return (npm.package(*AXE) / "axe.min.js").read_text(encoding="utf-8")
    except npm.NotToBeHad as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def story(site: Site) -> Story:
    comments = [{"body": "تعليق أول."}, {"body": "A reply in another language.", "answers": 0}]
    return publish_story(site, "مقال لكل قارئ", *comments)


Judge = Callable[[Page], list[object]]


@pytest.fixture
def judge(axe: str) -> Judge:
    """What is wrong with the page as it stands, in each of the ways to look at it."""

    def find(page: Page) -> list[object]:
        found: list[object] = []
        page.evaluate(axe)
        for width, scheme in WAYS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [(page.url, width, scheme, each) for each in page.evaluate(_RUN)]
            shown = page.evaluate("document.documentElement.scrollWidth")
            found += [(page.url, width, scheme, "wider than the screen")] if shown > width else []
        return found

    return find


def test_every_kind_of_page_is_for_every_reader(
    site: Site, person: Callable[..., Page], story: Story, judge: Judge
):
    page, found = person(), []

    starts = ("/", "/tag/خبز/", story.address, f"/comments/{story.comments[0]}/report/")
    starts += (*SEARCHES, REFUSED_SEARCH)
    loaded = set()
    for view in kinds_of_pages(page, *starts, under="/", site_url=site.url):
        loaded.add(view)
        if view != "docs":  # a library's page for programmers
            found += judge(page)

    assert found == []
    lists = {"front-page", "category", "byline", "tag", "archive", "month", "search"}
    assert lists | {"article", "report-comment", "static-page"} <= loaded


@pytest.mark.parametrize("path", ["/no-such-page/", "/articles/none/", "/admin/?q=%00"])
def test_a_page_that_says_that_there_is_none_is_for_every_reader(
    person: Callable[..., Page], judge: Judge, path: str
):
    page = person()
    page.goto(path)

    assert judge(page) == []


def test_a_refused_form_and_a_receipt_are_for_every_reader(
    person: Callable[..., Page], story: Story, judge: Judge
):
    page = person()
    page.goto(story.address)
    page.locator("#comment-form form").evaluate("(form) => { form.noValidate = true; }")
    page.click("#comment-form [type=submit]")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    found = judge(page)

    page.fill("#comment-form [name=body]", "تعليق بعد تصحيح.")
    page.fill("#comment-form [name=name]", "قارئة")
    page.fill("#comment-form [name=email]", "everybody@example.org")
    page.click("#comment-form [type=submit]")
    expect(page.locator(".receipt")).to_be_visible()

    assert found + judge(page) == []


def test_the_first_key_leads_past_the_masthead(person: Callable[..., Page], story: Story):
    page = person()
    page.goto(story.address)

    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_whatever_the_keyboard_reaches_is_seen_to_be_reached(
    person: Callable[..., Page], story: Story
):
    page = person()
    page.goto(story.address)

    outlines = set()
    for _key in range(12):
        page.keyboard.press("Tab")
        outlines.add(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))

    assert outlines == {"solid"}
