"""One story from its writer's first line to the archive, and back for the better in between."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "ترميم سور المرفأ القديم يبدأ هذا الأسبوع"
BODY = "تبدأ ورشة الترميم أعمالها عند البوابة الشرقية."
NOTE = "أضف المصدر واسم المتعهد."
CORRECTION = "الترميم يبدأ عند البوابة الغربية، لا الشرقية."
REASON = "تأجّل المشروع كله."
PAPERS_ZONE = ZoneInfo("Asia/Damascus")


def test_a_story_goes_from_draft_to_archive(site: Site, person: Callable[..., Page]):
    writer, editor = person("writer"), person("editor")
    desk_page = write(writer)
    press(writer, "submit")
    expect(writer.locator("[name=_take_back]")).to_be_visible()
    expect(writer.locator("#id_title")).to_have_count(0)

    editor.goto(desk_page)
    editor.locator("#id_note").fill(NOTE)
    press(editor, "send_back")

    writer.goto(desk_page)
    expect(writer.locator(".sent-back")).to_contain_text(NOTE)
    assert offered(writer) == ["submit"]
    type_into_the_body(writer, "المتعهد شركة محلية، بحسب البلدية.")
    press(writer, "submit")

    editor.goto(desk_page)
    first_address = address_of(editor)
    assert editor.request.get(first_address).status == 404
    rename(editor, "ترميم-السور")
    moment = schedule_for_the_next_minute(editor)
    assert offered(editor) == ["publish", "schedule", "unschedule"]
    address = address_of(editor)
    reader = person()
    assert comes_out_at(reader, address, moment)

    rename_published(editor, desk_page, "ترميم-السور-القديم")
    moved = address_of(editor)
    answer = reader.request.get(address, max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (301, quote(moved))
    # It was never public under its first address: nothing leads from there.
    assert reader.request.get(first_address).status == 404

    correct(editor, desk_page)
    reader.goto(moved)
    expect(reader.locator(".corrections")).to_contain_text(CORRECTION)
    assert reader.evaluate("document.documentElement.scrollWidth") == 1280

    editor.goto(desk_page)
    editor.locator("#id_note").fill(REASON)
    press(editor, "retract")
    assert [reader.request.get(each).status for each in (moved, address)] == [410, 410]
    assert CORRECTION not in reader.request.get(moved).text()

    assert_the_timeline(editor, desk_page)
    assert_what_others_may_open(person, desk_page)


def write(writer: Page) -> str:
    """Type the story and save it; the address of its page at the desk."""
    writer.goto("/admin/articles/article/add/")
    writer.fill("#id_title", TITLE)
    type_into_the_body(writer, BODY)
    writer.fill("#id_excerpt", "ورشة ترميم عند البوابة الشرقية.")
    writer.fill("#id_no_image_reason", "لم تصل الصورة بعد")
    pick_the_first_byline(writer)
    writer.select_option("#id_category", index=1)
    writer.click("[name=_continue]")
    writer.wait_for_url(re.compile(r"/admin/articles/article/\d+/change/"))
    return writer.url


def pick_the_first_byline(page: Page) -> None:
    page.locator(".field-byline .select2-selection").click()
    page.locator(".select2-results__option[role=option]").first.click()


def type_into_the_body(page: Page, text: str) -> None:
    body = page.locator(".field-body .ProseMirror[contenteditable=true]")
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(text)


def press(page: Page, step: str) -> None:
    with page.expect_navigation():
        page.click(f"[name=_{step}]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def offered(page: Page) -> list[str]:
    names = page.locator(".step-button").evaluate_all("all => all.map(each => each.name)")
    return [name.removeprefix("_") for name in names]


def address_of(editor: Page) -> str:
    slug = editor.locator("#id_slug").input_value()
    return f"/articles/{slug}/"


def rename(editor: Page, slug: str) -> None:
    editor.fill("#id_slug", slug)


def rename_published(editor: Page, desk_page: str, slug: str) -> None:
    editor.goto(desk_page)
    rename(editor, slug)
    with editor.expect_navigation():
        editor.click("[name=_continue]")


def schedule_for_the_next_minute(editor: Page) -> datetime:
    """Schedule it for a full minute that is some seconds away, in the paper's zone."""
    second = datetime.now(UTC).second
    if second > 45:
        time.sleep(61 - second)
    moment = (datetime.now(UTC) + timedelta(minutes=1)).replace(second=0, microsecond=0)
    local = moment.astimezone(PAPERS_ZONE)
    editor.fill("#id_moment_0", f"{local:%Y-%m-%d}")
    editor.fill("#id_moment_1", f"{local:%H:%M}")
    press(editor, "schedule")
    return moment


def comes_out_at(reader: Page, address: str, moment: datetime) -> bool:
    """Whether readers see it from its second on, and not before."""
    seen: list[tuple[datetime, int]] = []
    while datetime.now(UTC) < moment + timedelta(seconds=10):
        asked = datetime.now(UTC)
        seen.append((asked, reader.request.get(address).status))
        if seen[-1][1] == 200:
            break
        time.sleep(0.2)
    early = [status for at, status in seen if at < moment]
    return set(early) == {404} and seen[-1][1] == 200


def correct(editor: Page, desk_page: str) -> None:
    editor.goto(desk_page)
    editor.locator("a[href$='/corrections/']").first.click()
    editor.fill("#id_text", CORRECTION)
    with editor.expect_navigation():
        editor.click(".submit-row [type=submit]")


def assert_the_timeline(editor: Page, desk_page: str) -> None:
    """Every step, newest first, with its note."""
    editor.goto(desk_page)
    kinds = editor.locator(".timeline .event").evaluate_all(
        "all => all.map(each => each.className.split('event-')[1])"
    )
    assert kinds == [
        *("retracted", "corrected", "published", "scheduled"),
        *("in_review", "draft", "in_review", "begun"),
    ]
    for note in (NOTE, CORRECTION, REASON):
        expect(editor.locator(".timeline")).to_contain_text(note)


def assert_what_others_may_open(person: Callable[..., Page], desk_page: str) -> None:
    moderator, nobody = person("moderator"), person()
    assert moderator.request.get(desk_page).status == 403
    assert nobody.request.get(desk_page, max_redirects=0).status == 302
