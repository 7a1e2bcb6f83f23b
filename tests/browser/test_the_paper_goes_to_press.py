"""From typing a story to a moderated comment under it, by the three people who do it."""

import base64
import hashlib
import json
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from newsroom import embedded
from tests.browser.conftest import Site
from tests.conftest import jpeg, shared

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESS = "nobody.may.read.this@example.net"
COMMENT = "قرأت التقرير مرتين، وأنتظر تتمته."
NAME = "سلمى"


class ReferencePage:
    """The parts of the real page, read from the file beside the project."""

    def __init__(self) -> None:
        lines = shared("reference", "page.txt").read_text(encoding="utf-8").splitlines()
        self.home, self.category, self.title = lines[0].split(" / ")
        self.archive_label = lines[1]
        self.byline = lines[5].removesuffix("/")
        end = lines.index("شاهد أيضاً")
        self.paragraphs = [line for line in lines[6:end] if line]
        self.see_also = lines[end]
        form = lines.index("اترك تعليقاً")
        self.leave_a_comment = lines[form]
        self.promises = lines[form + 2]


@pytest.fixture(scope="module")
def reference() -> ReferencePage:
    return ReferencePage()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "desert.jpg"
    file.write_bytes(jpeg(1600, 900, "#c8a46a"))
    return file


def test_a_story_is_written_published_read_discussed_and_moderated(
    site: Site,
    person: Callable[..., Page],
    reference: ReferencePage,
    picture: Path,
):
    editor = person("editor")
    write(editor, reference, picture)
    editor.click("[name=_publish]")
    editor.wait_for_load_state()
    address = editor.locator("a.closelink[href^='/articles/']").get_attribute("href")
    assert address

    for width in (390, 1280):
        reader = person(width=width)
        reader.goto(address)
        assert_every_part_in_order(reader, reference)
        assert reader.evaluate("document.documentElement.scrollWidth") == width
        assert reader.locator("html").get_attribute("dir") == "rtl"

    comment_on(reader)
    reader.goto(address)
    expect(reader.get_by_text(COMMENT)).to_have_count(0)

    moderator = person("moderator")
    moderator.goto("/admin/comments/comment/")
    entry = moderator.locator(".entry").filter(has_text=COMMENT)
    entry.locator(".do-approve").click()
    expect(entry.locator(".status-approved")).to_be_visible()

    reader.goto(address)
    expect(reader.locator("article.comment").get_by_text(COMMENT)).to_have_count(1)
    expect(reader.locator("article.comment bdi").first).to_have_text(NAME)

    assert_the_address_is_nowhere(site, moderator)


def write(editor: Page, reference: ReferencePage, picture: Path) -> None:
    """Type the story into the admin, with a new byline and a new picture from the archive."""
    editor.goto("/admin/articles/article/add/")
    editor.fill("#id_title", reference.title)
    body = editor.locator(".field-body .ProseMirror[contenteditable=true]")
    body.click()
    for number, paragraph in enumerate(reference.paragraphs):
        if number:
            editor.keyboard.press("Enter")
        editor.keyboard.insert_text(paragraph)
    with editor.expect_popup() as popup:
        editor.click("#add_id_byline")
    popup.value.fill("#id_name", reference.byline)
    popup.value.click("[name=_save]")
    expect(editor.locator("#select2-id_byline-container")).to_contain_text(reference.byline)
    with editor.expect_popup() as popup:
        editor.click("#add_id_image")
    popup.value.set_input_files("#id_file", picture)
    popup.value.fill("#id_alt", "سهل صحراوي تحت سماء صافية")
    popup.value.check("#id_is_archive")
    popup.value.click("[name=_save]")
    expect(editor.locator("#select2-id_image-container")).to_contain_text("سهل صحراوي")
    editor.fill("#id_excerpt", reference.paragraphs[0][:400])
    editor.select_option("#id_category", label=reference.category)
    editor.fill("#id_tags", "أمن، بادية")
    pick_related(editor, "فرن الحارة القديمة")


def pick_related(editor: Page, words: str) -> None:
    """Pick the first story that the picker finds for these words."""
    picker = editor.locator(".related-picker")
    picker.locator("input[type=search]").fill(words)
    found = picker.locator("[data-found] .offer").first
    expect(found).to_contain_text(words)
    found.locator("[data-add]").click()
    expect(picker.locator(".pick:visible .story-title")).to_contain_text([words])


def assert_every_part_in_order(reader: Page, reference: ReferencePage) -> None:
    text = " ".join(reader.locator("main").inner_text().split())
    parts = [
        f"{reference.home} / {reference.category} / {reference.title}",
        reference.archive_label,
        reference.title,
        f"{reference.byline}/",
        *reference.paragraphs,
        reference.see_also,
        "فرن الحارة القديمة",
        reference.leave_a_comment,
        reference.promises,
    ]
    place = 0
    for part in parts:
        found = text.find(" ".join(part.split()), place)
        assert found >= 0, f"missing or out of order: {part!r} in {text[place:]!r}"
        place = found + len(part.strip())
    for name in ("body", "name", "email"):
        label = reader.locator(f"label[for=comment-{name}]")
        assert "*" in label.inner_text()
    assert "*" not in reader.locator("label[for=comment-website]").inner_text()


def comment_on(reader: Page) -> None:
    reader.fill("#comment-body", COMMENT)
    reader.fill("#comment-name", NAME)
    reader.fill("#comment-email", ADDRESS)
    reader.locator(".comment-form button").click()
    reader.wait_for_url("**/comments/receipt/**")
    expect(reader.locator("main")).to_contain_text("في انتظار المراجعة")


def disguises(address: str) -> Iterator[bytes]:
    """The address as it might lie about: plain, reversed, encoded, and hashed without a key."""
    plain = address.encode()
    for form in (plain, plain.upper(), plain[::-1]):
        yield form
        yield form.hex().encode()
        yield quote(form, safe="").encode()
        for offset in range(3):
            # The letters that stay the same wherever the text begins within a longer one.
            yield base64.b64encode(b"\0" * offset + form)[4:-4]
            yield base64.urlsafe_b64encode(b"\0" * offset + form)[4:-4]
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, plain, usedforsecurity=False)
        yield digest.hexdigest().encode()
        yield base64.b64encode(digest.digest()).rstrip(b"=")


def assert_the_address_is_nowhere(site: Site, moderator: Page) -> None:
    places = {
        "the log": site.log.read_bytes(),
        "the log of the database": (site.folder / "postgresql" / "postgres.log").read_bytes(),
        "a dump of the database": dump(site),
        **{f"page {path}": fetch(site, path) for path in public_addresses(site)},
        **{f"the desk's {path}": desk(moderator, path) for path in desk_addresses(moderator)},
    }
    assert COMMENT.encode() in places["a dump of the database"]
    for place, content in places.items():
        for disguise in disguises(ADDRESS):
            assert disguise.lower() not in content.lower(), f"found in {place}: {disguise!r}"


def dump(site: Site) -> bytes:
    folder = embedded.socket_directory(site.folder / "postgresql")
    return subprocess.run(
        [
            *(embedded.binary("pg_dump"), "--host", folder),
            *("--username", embedded.USER, embedded.DATABASE),
        ],
        check=True,
        capture_output=True,
    ).stdout


def fetch(site: Site, path: str) -> bytes:
    """The answer with its headers."""
    with urllib.request.urlopen(site.url + path, timeout=30) as response:
        return str(response.headers).encode() + b"\n" + response.read()


def public_addresses(site: Site) -> list[str]:
    """The front page, the schema, and each story as a page and as an answer of the API."""
    listed = "/api/v1/articles/?page_size=100"
    with urllib.request.urlopen(site.url + listed, timeout=30) as response:
        stories = json.load(response)["results"]
    return [
        *("/", "/api/v1/schema/", listed),
        *(each["url"].removeprefix(site.url) for each in stories),
        *(f"/api/v1/articles/{quote(each['slug'])}/" for each in stories),
    ]


def desk_addresses(moderator: Page) -> list[str]:
    moderator.goto("/admin/comments/comment/?tab=all&q=" + quote(NAME))
    links = moderator.locator(".entry-time").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    assert links
    return ["/admin/", "/admin/comments/comment/", *links]


def desk(moderator: Page, path: str) -> bytes:
    moderator.goto(path)
    return moderator.content().encode()
