"""Pictures in a real browser: many at once, described in place, found, cut at their focal point."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.articles.picture_files import from_a_phone
from tests.conftest import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LIBRARY = "/admin/articles/archiveimage/"
UPLOAD = f"{LIBRARY}upload/"


@pytest.fixture
def folder(tmp_path: Path, width: int) -> Path:
    """Five photographs, the last of them the first again, and a file that is none."""
    for number in range(4):
        (tmp_path / f"{number}.jpg").write_bytes(jpeg(900 + width, 600, f"#44{number}{number}66"))
    (tmp_path / "4.jpg").write_bytes((tmp_path / "0.jpg").read_bytes())
    (tmp_path / "5.jpg").write_bytes(b"nothing of a picture")
    return tmp_path


def row(page: Page, name: str):
    return page.locator(".upload-row").filter(has_text=name)


def no_sideways_scrolling(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_many_pictures_are_sent_described_and_found(
    person: Callable[..., Page], folder: Path, width: int
):
    page = person("writer", width=width)
    page.goto(UPLOAD)
    assert no_sideways_scrolling(page)

    page.fill("#id_credit", "أرشيف المتصفح")
    page.set_input_files("#id_pictures", sorted(folder.glob("*.jpg")))

    expect(page.locator(".upload-added")).to_have_count(4)
    expect(page.locator(".upload-refused")).to_have_count(1)
    duplicate = page.locator(".upload-duplicate")
    expect(duplicate).to_have_count(1)
    expect(duplicate.locator("[data-change]")).to_have_attribute(
        "href", re.compile(r"/\d+/change/")
    )
    expect(row(page, "5.jpg").locator("[data-change]")).to_be_hidden()
    expect(page.locator(".upload-added .upload-picture img")).to_have_count(4)

    described = f"زورق أزرق {width}"
    first = page.locator(".upload-added").first
    first.locator("[name=alt]").fill(described)
    first.locator("[name=caption]").fill("عند الفجر")
    # Soon after the typing it is saved, without any button.
    expect(first.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    page.fill("#id_keywords", "زوارق، بحر")
    page.locator("#id_keywords").blur()
    expect(page.locator("[data-saved][data-state=saved]")).to_have_count(4)
    assert no_sideways_scrolling(page)

    page.goto(f"{LIBRARY}?q=الزَّوارق")
    expect(page.locator("#result_list tbody tr")).to_have_count(4 if width == 1280 else 8)
    assert no_sideways_scrolling(page)
    page.get_by_role("link", name=described).click()
    expect(page.locator("#id_caption")).to_have_value("عند الفجر")
    expect(page.locator("#id_credit")).to_have_value("أرشيف المتصفح")
    assert no_sideways_scrolling(page)


def test_a_picture_that_did_not_arrive_is_sent_again_and_stops_no_other(
    person: Callable[..., Page], tmp_path: Path
):
    for number in range(3):
        (tmp_path / f"again-{number}.jpg").write_bytes(
            jpeg(700, 500, f"#1{number}2{number}3{number}")
        )
    page = person("editor")
    page.goto(UPLOAD)
    page.route(f"**{UPLOAD}", lambda route: route.abort(), times=1)

    page.set_input_files("#id_pictures", sorted(tmp_path.glob("again-*.jpg")))

    expect(page.locator(".upload-added")).to_have_count(2)
    failed = page.locator(".upload-failed")
    expect(failed).to_have_count(1)
    failed.get_by_role("button").click()
    expect(page.locator(".upload-added")).to_have_count(3)


def test_pictures_are_dropped_onto_the_page(person: Callable[..., Page]):
    page = person("editor")
    page.goto(UPLOAD)
    data = page.evaluate_handle(
        """(bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "dropped.jpg"));
            return data;
        }""",
        list(from_a_phone(500, 300)),
    )

    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": data})

    expect(row(page, "dropped.jpg")).to_have_class(re.compile("upload-added|upload-duplicate"))


def test_without_javascript_pictures_are_sent_by_a_plain_form(
    person: Callable[..., Page], browser, site, tmp_path: Path
):
    file = tmp_path / "plain.jpg"
    file.write_bytes(jpeg(640, 480, "#998811"))
    cookies = person("editor").context.cookies()
    context = browser.new_context(java_script_enabled=False, base_url=site.url, locale="ar")
    context.add_cookies(cookies)
    page = context.new_page()

    page.goto(UPLOAD)
    page.set_input_files("#id_pictures", file)
    page.locator("[data-plain-button] input").click()

    expect(page.locator(".upload-added")).to_have_count(1)
    expect(page.locator(".upload-added a")).to_have_attribute("href", re.compile(r"/change/$"))
    context.close()


def test_the_focal_point_is_moved_by_a_click_and_by_the_keyboard(person: Callable[..., Page]):
    page = person("editor")
    page.goto(LIBRARY)
    page.locator("#result_list tbody .field-name a").last.click()
    whole = page.locator(".focal-whole img")
    whole.scroll_into_view_if_needed()
    expect(page.locator(".focal-point")).to_be_visible()

    box = whole.bounding_box()
    assert box
    whole.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75}, force=True)
    expect(page.locator("#id_focal_x")).to_have_value("25")
    expect(page.locator("#id_focal_y")).to_have_value("75")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("#id_focal_x")).to_have_value("26")
    expect(page.locator("#id_focal_y")).to_have_value("65")
    cuts = page.locator(".focal-cuts img")
    for number in range(4):
        expect(cuts.nth(number)).to_have_css("object-position", "26% 65%")

    page.locator("#id_focal_x").fill("40")
    expect(cuts.first).to_have_css("object-position", "40% 65%")
    page.locator("[name=_continue]").click()
    expect(page.locator("#id_focal_x")).to_have_value("40")
    expect(cuts.first).to_have_css("object-position", "40% 65%")


def test_readers_get_the_newest_format_cut_at_the_focal_point(person: Callable[..., Page]):
    page = person()
    page.goto("/")
    image = page.locator(".card-picture img").first

    expect(image).not_to_have_js_property("naturalWidth", 0)
    shown = image.evaluate("(image) => image.currentSrc")
    assert shown.endswith(".avif")
    classes = image.get_attribute("class") or ""
    assert re.fullmatch(r"focal-x-\d+ focal-y-\d+", classes)
    x, y = re.findall(r"\d+", classes)
    expect(image).to_have_css("object-position", f"{x}% {y}%")
