"""A discussion as readers meet it in a real browser: wild text, deep threads, small wishes."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.readers import Story, publish_story
from tests.conftest import shared

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = (390, 1280)
KEPT = "() => localStorage.getItem('comment-writer')"


@pytest.fixture
def watched(person: Callable[..., Page]) -> Callable[..., tuple[Page, list[str]]]:
    """A browser, and all that a page should never do in it."""

    def open_browser(width: int) -> tuple[Page, list[str]]:
        page = person(width=width)
        happened: list[str] = []

        def dismiss(dialog) -> None:
            happened.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: happened.append(f"error: {error}"))
        page.on("popup", lambda popup: happened.append(f"popup: {popup.url}"))
        page.on("request", lambda request: happened.append(f"request: {request.url}"))
        return page, happened

    return open_browser


# Wild text


@pytest.fixture(scope="module")
def naughty_story(site: Site) -> Story:
    naughty = json.loads(shared("data", "naughty-strings.json").read_text())
    comments = [{"name": string[:80] or "-", "body": string} for string in naughty]
    return publish_story(site, "كل ما يُكتب", *comments)


def test_every_naughty_string_is_text_on_its_page(site: Site, watched, naughty_story):
    page, happened = watched(WIDTHS[0])
    shown: list[str] = []
    page.goto(naughty_story.address)
    while True:
        page.wait_for_load_state()
        shown += page.locator("article.comment").evaluate_all("all => all.map(each => each.id)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width
        if page.locator(".paging [rel=next]").count() == 0:
            break
        page.locator(".paging [rel=next]").click()
        page.wait_for_url(f"**?page={len(shown) // 50 + 1}**")

    requested = {each.removeprefix("request: ") for each in happened if "request: " in each}
    assert [each for each in happened if not each.startswith("request: ")] == []
    assert {urlsplit(each).netloc for each in requested} == {urlsplit(site.url).netloc}
    assert shown == [f"comment-{pk}" for pk in naughty_story.comments]
    assert len(shown) > 450


PLAIN = "سلمى abc"
TURNING = [
    *("\u202e" + PLAIN, "\u202d" + PLAIN, PLAIN + "\u202b", "\u2066" + PLAIN, PLAIN + "\u2067"),
    *("\u2069\u2069\u202e" + PLAIN, "\u202c\u2069\u202a" + PLAIN, "\u202e" * 30 + PLAIN),
]
# Where the words before and after a name stand, each piece of them. In Chromium a name with a
# stray end of an isolate gets out of a plain `bdi`.
AROUND_THE_NAME = """link => {
    link.append(" 12 بعده abc");
    const start = link.getBoundingClientRect().left;
    return [...link.childNodes]
        .filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
        .flatMap(node => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return [...range.getClientRects()].flatMap(box => [box.left - start, box.width]);
        });
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_direction_character_in_a_name_turns_what_stands_around_it(
    site: Site, person: Callable[..., Page], width: int
):
    names = [PLAIN, *TURNING]
    answers = [{"body": f"ردّ {place}", "answers": place} for place in range(len(names))]
    named = [{"name": name, "body": f"قال {number}"} for number, name in enumerate(names)]
    story = publish_story(site, f"أسماء مقلوبة {width}", *named, *answers, *answers)
    page = person(width=width)
    page.goto(story.address)

    places = page.locator(".comment-parent a").evaluate_all(f"all => all.map({AROUND_THE_NAME})")

    assert len(places) == len(names)
    assert len(places[0]) == 2 * 5
    for name, place in zip(names, places, strict=True):
        assert place == pytest.approx(places[0], abs=1), ascii(name)
    assert page.evaluate("document.documentElement.scrollWidth") == width


# Threads and the address of a comment


@pytest.mark.parametrize("width", WIDTHS)
def test_a_deep_thread_stays_readable_and_leads_to_what_is_answered(
    site: Site, person: Callable[..., Page], width: int
):
    chain = [
        {"body": f"قول {place}", "answers": place - 1 if place else None} for place in range(9)
    ]
    story = publish_story(site, f"سلسلة طويلة {width}", *chain)
    page = person(width=width)
    page.goto(story.address)

    bodies = page.locator(".comment-body")
    widths = bodies.evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert widths[:4] == sorted(widths[:4], reverse=True)
    assert widths[3:] == [widths[3]] * 6
    assert widths[3] > 280
    expect(page.locator(".comment-parent")).to_have_count(5)
    page.locator(".comment-parent a").last.click()
    expect(page).to_have_url(re.compile(f"#comment-{story.comments[7]}$"))
    expect(page.locator(":target .comment-body")).to_have_text("قول 7")


def test_the_address_of_a_comment_opens_the_page_on_which_it_stands(
    site: Site, person: Callable[..., Page]
):
    story = publish_story(site, "نقاش طويل", *({"body": f"قول {n}"} for n in range(53)))
    page = person(width=390)
    page.goto(story.address)
    page.goto(f"/comments/{story.comments[52]}/#comment-{story.comments[52]}")

    assert page.url.endswith(f"?page=2#comment-{story.comments[52]}")
    expect(page.locator(":target .comment-body")).to_have_text("قول 52")
    expect(page.locator(":target .comment-body")).to_be_in_viewport()


# The form


@pytest.fixture(scope="module")
def story(site: Site) -> Story:
    return publish_story(site, "مقال يُعلَّق عليه", {"name": "رنا", "body": "أول ما قيل."})


@pytest.fixture
def name() -> str:
    """A name under which nobody has written: what comes too fast under one is refused."""
    return f"سلمى {uuid4().hex[:12]}"


def fill_in(page: Page, story: Story, name: str, body: str) -> None:
    page.goto(story.address)
    page.fill("#comment-body", body)
    page.fill("#comment-name", name)
    page.fill("#comment-email", "salma.private@example.org")
    page.fill("#comment-website", "https://example.org/salma")


def test_a_name_is_remembered_on_this_device_only_if_asked(
    story: Story, name: str, person: Callable[..., Page]
):
    page = person(width=390)
    fill_in(page, story, name, "بلا تذكّر.")
    page.click(".comment-form button")
    page.wait_for_url("**/receipt/**")
    assert page.evaluate(KEPT) is None

    fill_in(page, story, name, "مع تذكّر.")
    page.check("#comment-remember")
    page.click(".comment-form button")
    page.wait_for_url("**/receipt/**")
    page.goto(story.address)

    assert json.loads(page.evaluate(KEPT)) == {
        "name": name,
        "website": "https://example.org/salma",
    }
    assert "salma.private" not in page.evaluate("() => JSON.stringify({...localStorage})")
    assert page.context.cookies() == []
    expect(page.locator("#comment-remember")).to_be_checked()
    expect(page.locator("#comment-name")).to_have_value(name)
    expect(page.locator("#comment-website")).to_have_value("https://example.org/salma")
    expect(page.locator("#comment-email")).to_have_value("")

    page.uncheck("#comment-remember")
    assert page.evaluate(KEPT) is None
    page.reload()
    expect(page.locator("#comment-name")).to_have_value("")
    expect(page.locator("#comment-remember")).not_to_be_checked()


def test_what_lies_in_the_storage_is_never_more_than_text(story: Story, watched):
    page, happened = watched(390)
    hostile = "<img src=x onerror=alert(1)>"
    for stored in ("{", "null", "[]", "1", '{"name": 1}', json.dumps({"name": hostile})):
        page.goto(story.address)
        page.evaluate("stored => localStorage.setItem('comment-writer', stored)", stored)
        page.reload()
        expect(page.locator("#comment-remember")).to_be_visible()

    expect(page.locator("#comment-name")).to_have_value(hostile)
    assert [each for each in happened if not each.startswith("request: ")] == []


def test_a_browser_that_refuses_its_storage_remembers_nothing_and_says_nothing(
    story: Story, name: str, watched
):
    page, happened = watched(390)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"
    )
    fill_in(page, story, name, "في تصفّح خاص.")
    page.check("#comment-remember")
    page.uncheck("#comment-remember")
    page.check("#comment-remember")
    page.click(".comment-form button")
    page.wait_for_url("**/receipt/**")

    assert [each for each in happened if not each.startswith("request: ")] == []


def test_the_form_is_whole_without_a_script(site: Site, story: Story, name: str, browser: Browser):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    fill_in(page, story, name, "بلا برنامج.")

    expect(page.locator("#comment-remember")).to_have_count(0)
    page.click(".comment-form button")
    page.wait_for_url("**/receipt/**")
    expect(page.locator(".comment-body")).to_have_text("بلا برنامج.")
    context.close()


def test_nobody_meets_the_trap_by_eye_or_by_keyboard(story: Story, person: Callable[..., Page]):
    page = person(width=1280)
    page.goto(story.address)
    page.focus("#comment-body")
    met = []
    for _step in range(5):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.id || document.activeElement.type"))

    box = page.locator("#comment-topic").evaluate(
        "field => field.closest('p').getBoundingClientRect().toJSON()"
    )
    assert met == [
        *("comment-name", "comment-email", "comment-website", "comment-remember", "submit")
    ]
    assert (box["width"], box["height"]) == (1, 1)


# Wishes


def test_a_comment_is_reported_by_thumb_and_without_a_script(
    site: Site, story: Story, browser: Browser
):
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(story.address)
    page.locator(".report-link").first.click()
    page.wait_for_url("**/report/")
    choices = page.locator(".choice")
    for place in range(choices.count()):
        box = choices.nth(place).bounding_box()
        assert box is not None
        assert box["height"] >= 44
    choices.nth(2).click()
    page.fill("#report-note", "كلمة أخرى.")
    page.locator(".report button").click()
    page.wait_for_url("**/report/thanks/")
    page.locator(".message .button").click()

    expect(page.locator(f"#comment-{story.comments[0]}")).to_be_visible()
    context.close()


def test_a_commenter_takes_the_name_back_and_then_the_comment(
    story: Story, name: str, person: Callable[..., Page]
):
    page = person(width=390)
    fill_in(page, story, name, "سأندم على اسمي.")
    page.click(".comment-form button")
    page.wait_for_url("**/receipt/**")
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.locator(".take-name-back button").click()
    expect(page.locator(".comment-name")).to_have_text("قارئ")
    expect(page.locator(".take-name-back")).to_have_count(0)
    page.locator(".withdraw button").click()
    expect(page.locator(".comment")).to_have_count(0)
    expect(page.locator("form[method=post]")).to_have_count(0)


def test_a_frozen_discussion_can_be_read_and_reported_and_not_answered(
    site: Site, person: Callable[..., Page]
):
    story = publish_story(
        site,
        "نقاش موقوف",
        {"name": "اسم معروف", "body": "قيل قبل التجميد."},
        policy={"frozen": True, "pseudonyms": True},
    )
    page = person(width=390)
    page.goto(story.address)

    expect(page.locator(".closed")).to_be_visible()
    expect(page.locator(".comment-body")).to_have_text("قيل قبل التجميد.")
    expect(page.locator("#comment-form")).to_have_count(0)
    expect(page.locator(".reply")).to_have_count(0)
    expect(page.locator(".report-link")).to_have_count(1)
    expect(page.get_by_text("اسم معروف")).to_have_count(0)
