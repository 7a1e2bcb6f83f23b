"""Many pictures at once: each is judged by itself, and described in place."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from articles import publishing
from articles.models import ArchiveImage
from tests.articles.picture_files import from_a_phone, kept_files
from tests.conftest import jpeg

UPLOAD = "/admin/articles/archiveimage/upload/"
JSON = {"accept": "application/json"}


def files(*contents: bytes) -> list[ContentFile]:
    return [ContentFile(each, name=f"صورة {number}.jpg") for number, each in enumerate(contents)]


def describe(desk: Client, image: ArchiveImage, **fields):
    return desk.post(f"/admin/articles/archiveimage/{image.pk}/describe/", fields, headers=JSON)


def test_each_of_many_files_is_judged_by_itself(desk, editor, settings, image):
    twin, good, bad = jpeg(), from_a_phone(), b"nothing"

    answer = desk.post(
        UPLOAD,
        {"pictures": files(twin, good, bad), "credit": "أرشيف", "is_archive": "on"},
        headers=JSON,
    )

    assert answer.status_code == 200
    duplicate, added, refused = answer.json()["results"]
    new = ArchiveImage.objects.get(alt="")
    assert (duplicate["outcome"], duplicate["name"]) == ("duplicate", "صورة 0.jpg")
    assert duplicate["change"] == f"/admin/articles/archiveimage/{image.pk}/change/"
    assert image.alt in duplicate["message"]
    assert (added["outcome"], added["message"]) == ("added", "")
    assert added["describe"] == f"/admin/articles/archiveimage/{new.pk}/describe/"
    assert (refused["outcome"], set(refused)) == ("refused", {"name", "outcome", "message"})
    assert "sha256" not in refused["message"]
    assert (new.credit, new.is_archive, new.uploaded_by) == ("أرشيف", True, editor)
    assert new.taken_on.isoformat() == "2025-03-21"
    assert len(kept_files(settings)) == 2


def test_the_place_where_a_photograph_was_taken_is_nowhere_in_the_database(desk):
    desk.post(UPLOAD, {"pictures": files(from_a_phone())}, headers=JSON)

    row = str(ArchiveImage.objects.values().get())
    assert not [word for word in ("Secret", "33.0", "36.0", "GPS") if word in row]


def test_without_javascript_a_page_says_what_became_of_each(desk, image):
    response = desk.post(UPLOAD, {"pictures": files(jpeg(), from_a_phone(), b"x")})

    assert response.status_code == 200
    assert [each["outcome"] for each in response.context["results"]] == [
        *("duplicate", "added", "refused")
    ]
    page = response.content.decode()
    assert f"/admin/articles/archiveimage/{image.pk}/change/" in page
    assert "صورة 2.jpg" in page


def test_no_file_at_all_is_an_error_beside_the_field(desk):
    page = desk.post(UPLOAD, {"credit": "أرشيف الجريدة"})
    answer = desk.post(UPLOAD, {}, headers=JSON)

    assert set(page.context["form"].errors) == {"pictures"}
    assert "أرشيف الجريدة" in page.content.decode()
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"pictures"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("taken_on", "yesterday"), ("taken_on", "0001-01-01"), ("taken_on", "3000-01-01")),
        *(("credit", "س" * 201), ("keywords", "س" * 501)),
    ],
)
def test_a_wrong_field_for_all_lets_no_file_in(desk, settings, field, value):
    answer = desk.post(UPLOAD, {"pictures": files(jpeg()), field: value}, headers=JSON)

    assert (answer.status_code, answer.json()["results"]) == (422, [])
    assert set(answer.json()["errors"]) == {field}
    assert kept_files(settings) == []


def test_many_words_that_grow_when_they_are_tidied_are_kept(desk):
    words = ",".join(f"{number:03}" for number in range(125))

    answer = desk.post(UPLOAD, {"pictures": files(jpeg()), "keywords": words}, headers=JSON)

    assert answer.status_code == 200
    assert ArchiveImage.objects.get().keywords.count("،") == 124


def test_a_writer_uploads_and_describes(writer, as_user):
    desk = as_user(writer)

    desk.post(UPLOAD, {"pictures": files(jpeg())}, headers=JSON)
    image = ArchiveImage.objects.get()
    answer = describe(desk, image, alt="قوارب في المرفأ")

    assert (answer.status_code, answer.json()) == (200, {"errors": {}})
    assert ArchiveImage.objects.get().alt == "قوارب في المرفأ"


def test_a_field_is_saved_in_place_and_the_others_stay(desk, image):
    answer = describe(desk, image, caption="المرفأ مساءً", is_archive="")

    assert answer.status_code == 200
    changed = ArchiveImage.objects.get()
    assert (changed.caption, changed.is_archive) == ("المرفأ مساءً", False)
    assert (changed.alt, changed.credit, changed.sha256) == (image.alt, image.credit, image.sha256)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("alt", ""),
        ("alt", " \u200f"),
        ("alt", "\u064b\u064c"),
        ("alt", "س" * 301),
        ("taken_on", "32.1.2025"),
    ],
)
def test_a_wrong_description_is_an_error_and_changes_nothing(desk, image, field, value):
    answer = describe(desk, image, **{field: value})

    assert (answer.status_code, set(answer.json()["errors"])) == (422, {field})
    assert ArchiveImage.objects.get().alt == image.alt


def test_what_cannot_be_described_in_place_is_left_alone(desk, image):
    before = ArchiveImage.objects.values().get()

    describe(desk, image, width="9", sha256="0" * 64, uploaded_by="1", focal_x="3", file="x")

    assert ArchiveImage.objects.values().get() == before


def test_a_writer_describes_no_picture_that_readers_see(writer, as_user, draft, image):
    publishing.publish(draft(image=image))

    assert describe(as_user(writer), image, alt="حرّفه").status_code == 403
    assert ArchiveImage.objects.get().alt == image.alt


@pytest.mark.parametrize("key", ["0", "999999999999999999", "9" * 30])
def test_a_picture_that_is_not_there_is_not_found(desk, key):
    assert desk.post(f"/admin/articles/archiveimage/{key}/describe/", {"alt": "x"}).status_code in {
        302,
        404,
    }


def test_the_wrong_method_is_refused(desk, image):
    assert desk.get(f"/admin/articles/archiveimage/{image.pk}/describe/").status_code == 405
    assert desk.put(UPLOAD).status_code == 405


def test_every_post_needs_its_token(editor, image):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)

    assert strict.post(UPLOAD, {"pictures": files(jpeg(color="#112233"))}).status_code == 403
    assert describe(strict, image, alt="x").status_code == 403


def test_nobody_uploads_without_an_account(client, db, settings):
    assert client.post(UPLOAD, {"pictures": files(jpeg())}, headers=JSON).status_code == 302
    assert kept_files(settings) == []
