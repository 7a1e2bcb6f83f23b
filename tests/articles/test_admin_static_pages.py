"""Static pages at the desk: written in the text editor, by whom, at which addresses."""

import pytest

from articles.models import StaticPage
from tests.articles.desk import address, errors_of
from tests.articles.static_pages import static_page
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_page_but_the_tests_own(db: None) -> None:
    StaticPage.objects.all().delete()


def form(**fields: object) -> dict[str, object]:
    """What the form of a page sends."""
    return {
        **{"title": "أسعار الإعلان", "slug": "prices", "body": "<p>السطر بخمسة.</p>"},
        **{"language": "ar", "position": 10},
        **fields,
    }


def test_what_an_editor_writes_readers_see(desk, client, editor):
    sent = form(body="<p>السطر<script>x</script> بخمسة.</p>", beside_comments="on")

    response = desk.post(address(StaticPage, "add"), sent)

    page = StaticPage.objects.get()
    assert response.status_code == 302
    assert (page.body, page.beside_comments) == ("<p>السطر بخمسة.</p>", True)
    assert page.updated_by == editor
    assert client.get("/prices/").status_code == 200


def test_the_form_has_the_text_editor_without_pictures(desk):
    page = parse(desk.get(address(StaticPage, "add")))

    widget = element(page, "textarea", name="body")
    assert attribute(widget, "data-articles") == "/admin/articles/article/editor/articles/"
    assert "StoryLink" in str(widget)
    assert "ArchivePicture" not in str(widget)


def test_a_text_that_nobody_of_the_paper_has_read_says_so_until_it_is_saved(desk):
    page = static_page()
    change = address(StaticPage, "change", page.pk)

    before = elements(parse(desk.get(change)), "div", class_="description")
    desk.post(change, form(body="<p>نصنا.</p>", seen=page.updated_at.isoformat()))
    after = elements(parse(desk.get(change)), "div", class_="description")

    assert (len(before), len(after)) == (1, 0)
    page.refresh_from_db()
    assert page.body == "<p>نصنا.</p>"


def test_nothing_goes_unread_over_what_somebody_else_has_saved(desk):
    page = static_page()
    change = address(StaticPage, "change", page.pk)
    opened = attribute(element(parse(desk.get(change)), "input", name="seen"), "value")
    desk.post(change, form(body="<p>نص غيري.</p>", seen=opened))

    refused = desk.post(change, form(body="<p>نصي.</p>", seen=opened))

    assert {*errors_of(refused)} == {"__all__"}
    page.refresh_from_db()
    assert page.body == "<p>نص غيري.</p>"
    shown = parse(refused)
    assert "نصي" in text(element(shown, "textarea", name="body"))
    again = attribute(element(shown, "input", name="seen"), "value")
    assert desk.post(change, form(body="<p>نصي.</p>", seen=again)).status_code == 302
    page.refresh_from_db()
    assert page.body == "<p>نصي.</p>"


@pytest.mark.parametrize(
    "slug",
    [
        *("search", "Search", "archive", "admin", "articles", "category", "tag", "byline"),
        *("feed", "comments", "preview", "api", "media", "static", "healthz", "readyz"),
    ],
)
def test_an_address_of_the_site_is_refused_beside_its_field_and_nothing_typed_is_lost(desk, slug):
    response = desk.post(address(StaticPage, "add"), form(slug=slug))

    assert {*errors_of(response)} == {"slug"}
    assert "السطر بخمسة" in text(element(parse(response), "textarea", name="body"))
    assert not StaticPage.objects.exists()


def test_an_address_in_other_letters_of_case_is_taken_too(desk):
    static_page(slug="prices")

    assert {*errors_of(desk.post(address(StaticPage, "add"), form(slug="Prices")))} == {"slug"}
    assert StaticPage.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "stored"), [("عن  الصحيفة!", "عن-الصحيفة"), ("/prices/", "prices"), ("A b", "a-b")]
)
def test_typed_words_become_an_address(desk, typed, stored):
    desk.post(address(StaticPage, "add"), form(slug=typed))

    assert StaticPage.objects.get().slug == stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("title", ""), ("title", "\u200f"), ("body", "<p> </p>"), ("body", "<p>&nbsp;</p>")),
        *(("body", ""), ("slug", "؟"), ("slug", "ا" * 10_000), ("title", "ا" * 10_000)),
        *(("language", "xx"), ("position", "-1"), ("position", "9" * 30), ("title", "a\0b")),
        ("body", "<p>a\0b</p>"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field(desk, field, value):
    response = desk.post(address(StaticPage, "add"), form(**{field: value}))

    assert {*errors_of(response)} == {field}


def test_an_address_that_another_page_has_is_refused(desk):
    static_page()

    response = desk.post(address(StaticPage, "add"), form())

    assert {*errors_of(response)} == {"slug"}


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("writer", (403, 403, 403)),
        ("moderator", (403, 403, 403)),
        ("editor", (200, 200, 403)),
        ("chief", (200, 200, 200)),
    ],
)
def test_editors_write_pages_and_the_chief_alone_deletes_them(as_user, role, answers):
    page = static_page()
    desk = as_user(staff(f"the-{role}", role=role))

    asked = [address(StaticPage, each, page.pk) for each in ("change", "delete")]

    assert (
        desk.get(address(StaticPage, "changelist")).status_code,
        *(desk.get(each).status_code for each in asked),
    ) == answers
