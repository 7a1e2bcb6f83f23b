"""The form of a story: how it looks, and that it is sent once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"
PHONE = 390
LOOKS = """(field) => {
    const { backgroundColor, color, borderTopColor, borderTopWidth } = getComputedStyle(field);
    return [backgroundColor, color, borderTopColor, borderTopWidth];
}"""


def looks_of(page: Page, field: str) -> list[str]:
    return page.locator(field).evaluate(LOOKS)


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_moment_of_a_schedule_looks_like_every_other_field(
    person: Callable[..., Page], width: int, scheme: str
):
    page = person("editor", width=width)
    page.emulate_media(color_scheme=scheme)
    page.goto(ADD)

    expected = looks_of(page, "#id_subtitle")
    assert [looks_of(page, f"#id_moment_{part}") for part in (0, 1)] == [expected] * 2


def test_two_clicks_save_one_story_and_a_page_that_comes_back_can_be_sent_again(
    person: Callable[..., Page],
):
    page = person("editor")
    sent: list[Request] = []
    page.on("request", lambda each: sent.append(each) if each.method == "POST" else None)
    page.goto(ADD)
    page.fill("#id_title", "خبر بنقرتين")

    page.locator("[name=_continue]").dblclick()
    page.wait_for_url(re.compile(r"/\d+/change/$"))
    assert [each.url.endswith(ADD) for each in sent].count(True) == 1

    page.go_back()
    page.fill("#id_title", "خبر آخر بعد الرجوع")
    page.click("[name=_continue]")
    page.wait_for_url(re.compile(r"/\d+/change/$"))
    expect(page.locator("#id_title")).to_have_value("خبر آخر بعد الرجوع")
    page.goto(f"{LIST}?owner=&q=بنقرتين")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_no_tab_of_the_list_is_cut_on_a_phone(person: Callable[..., Page]):
    page = person("editor", width=PHONE)
    page.goto(LIST)

    for tab in page.locator(".story-tabs a").all():
        box = tab.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
