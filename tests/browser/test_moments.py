"""How long ago something was, said by the browser and not by the page, which is kept in caches."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.readers import publish_story

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_SHOWN = "(time) => [time.dateTime, time.textContent, time.title]"


def told_after(page: Page, address: str, **later: float) -> tuple[str, str]:
    """What a reader reads this long after a story came out, and the date that hovering shows."""
    page.goto(address)
    published, _text, _title = page.locator(".dates time").evaluate(_SHOWN)
    page.clock.set_fixed_time(datetime.fromisoformat(published) + timedelta(**later))
    page.goto(address)
    _published, text, title = page.locator(".dates time").evaluate(_SHOWN)
    return text, title


@pytest.fixture(scope="module")
def story(site: Site) -> str:
    return publish_story(site, "قبل قليل").address


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ({"seconds": 30}, "الآن"),
        ({"minutes": 1}, "قبل دقيقة واحدة"),
        ({"minutes": 59.5}, "قبل 59 دقيقة"),
        ({"hours": 1}, "قبل ساعة واحدة"),
        ({"hours": 2.9}, "قبل ساعتين"),
        ({"hours": 23.9}, "قبل 23 ساعة"),
    ],
)
def test_what_is_less_than_a_day_old_is_told_by_its_age(
    person: Callable[..., Page], story: str, later: dict[str, float], told: str
):
    page = person()
    date, _title = told_after(page, story, days=2)

    assert told_after(page, story, **later) == (told, date)


@pytest.mark.parametrize("later", [{"hours": 24}, {"days": 400}, {"minutes": -5}])
def test_what_is_older_or_still_to_come_keeps_its_date(
    person: Callable[..., Page], story: str, later: dict[str, float]
):
    page = person()
    on_the_page = page.request.get(story).text()

    date, title = told_after(page, story, **later)

    assert f">{date}</time>" in on_the_page
    assert title == ""


def test_on_paper_the_date_stands(person: Callable[..., Page], story: str):
    page = person()
    age, date = told_after(page, story, hours=3)

    read = []
    for event in ("beforeprint", "afterprint"):
        page.evaluate(f"dispatchEvent(new Event('{event}'))")
        read.append(page.locator(".dates time").inner_text())

    assert read == [date, age]
