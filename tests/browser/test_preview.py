"""The preview of a draft in a real browser: at each width at the desk, and by a link outside."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def write_draft(page: Page, title: str) -> None:
    """Save a draft of this title, and open its preview."""
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", title)
    page.locator("[role=textbox].ProseMirror").click()
    page.keyboard.type("نص المسودة")
    page.click("[name=_continue]")
    page.wait_for_url(re.compile(r"/article/\d+/change/"))
    page.goto(page.url.replace("/change/", "/preview/"))


def test_a_draft_is_seen_at_the_width_of_a_phone_and_of_a_desktop(person: Callable[..., Page]):
    page = person("writer")
    write_draft(page, "مسودة بعرضين")
    frame = page.frame_locator(".preview-stage iframe")
    expect(frame.locator("h1")).to_have_text("مسودة بعرضين")

    widths = {}
    for width in ("390", "820", "1280"):
        page.check(f"[name=width][value='{width}']")
        widths[width] = page.evaluate("document.querySelector('iframe').contentWindow.innerWidth")
        assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert widths == {"390": 390, "820": 820, "1280": 1280}


def test_a_link_shows_the_draft_to_somebody_without_an_account_until_it_is_withdrawn(
    site: Site, person: Callable[..., Page]
):
    page, outside = person("writer"), person(width=390)
    write_draft(page, "مسودة للخارج")
    page.click("[name=make]")
    address = page.locator(".preview-address input").input_value()

    answer = outside.goto(address)
    assert answer and answer.status == 200
    expect(outside.locator("h1")).to_have_text("مسودة للخارج")
    expect(outside.locator(".preview-bar")).to_be_visible()
    expect(outside.locator("form[method=post]")).to_have_count(0)
    assert outside.evaluate("document.documentElement.scrollWidth") == 390
    assert outside.context.cookies() == []

    page.click("[name=withdraw]")
    expect(page.locator(".preview-address")).to_have_count(0)
    answer = outside.goto(address)
    assert answer and answer.status == 404


def test_the_preview_fits_a_phone(person: Callable[..., Page]):
    page = person("writer", width=390)
    write_draft(page, "مسودة على الهاتف")
    page.click("[name=make]")

    expect(page.locator("[data-copy]")).to_be_visible()
    for width in ("390", "1280"):
        page.check(f"[name=width][value='{width}']")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
