"""Headlines in the paper's own letters, for which nobody waits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_second_page_has_its_headline_in_the_papers_own_letters(person: Callable[..., Page]):
    page = person(width=390)
    with page.expect_response("**/*.woff2"):
        page.goto("/")
    page.evaluate("document.fonts.ready")

    page.locator(".card-title a").first.click()

    page.wait_for_url("**/articles/**")
    assert _letters(page, "h1") == [("Noto Kufi Arabic", True)]
    assert {own for _name, own in _letters(page, ".body p")} == {False}


def _letters(page: Page, selector: str) -> list[tuple[str, bool]]:
    """The typefaces in which an element is drawn, and whether the paper sent each."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("DOM.enable")
    chromium.send("CSS.enable")
    root = chromium.send("DOM.getDocument")["root"]["nodeId"]
    node = chromium.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = chromium.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return [(each["familyName"], each["isCustomFont"]) for each in fonts]
