"""Pictures that programs of the newsroom put into the archive."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile

from articles.models import ArchiveImage, Scope
from tests.articles.desk_api import PICTURES, Program, program_of
from tests.conftest import jpeg

DESCRIBED = {
    "alt": "سور المرفأ عند الفجر",
    "caption": "السور قبل الترميم",
    "credit": "أرشيف الصحيفة",
    "source": "رسالة قارئ",
    "keywords": "مرفأ، آثار",
    "people": "",
    "taken_on": "2024-05-06",
    "is_archive": "true",
}


@pytest.fixture
def client(writer) -> Program:
    return program_of(writer, Scope.PICTURES)


def file(content: bytes | None = None, name: str = "سور.jpg") -> ContentFile:
    return ContentFile(jpeg() if content is None else content, name=name)


def test_a_picture_is_put_into_the_archive_with_its_description(client, writer):
    made = client.upload(PICTURES, file=file(), **DESCRIBED)

    assert made.status_code == 201, made.content
    picture = ArchiveImage.objects.get()
    assert made["Location"] == f"http://testserver{PICTURES}{picture.pk}/"
    answer = client.get(made["Location"]).json()
    assert {name: answer[name] for name in DESCRIBED} == DESCRIBED | {"is_archive": True}
    assert (answer["id"], answer["width"], answer["height"]) == (picture.pk, 640, 360)
    assert (picture.uploaded_by, picture.alt) == (writer, DESCRIBED["alt"])
    assert [each["id"] for each in client.get(PICTURES).json()["results"]] == [picture.pk]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.is_addition()) == (writer, str(picture.pk), True)


def test_a_file_that_is_kept_already_is_answered_with_its_picture(client):
    first = client.upload(PICTURES, file=file(), alt="سور").json()

    again = client.upload(PICTURES, file=file(name="آخر.jpg"), alt="آخر")

    assert (again.status_code, again.json()["image"]) == (409, first["id"])
    assert ArchiveImage.objects.get().alt == "سور"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "file"),
        ({"file": "x"}, "file"),
        ({"file": file(b"")}, "file"),
        ({"file": file(b"<svg xmlns='http://www.w3.org/2000/svg'/>")}, "file"),
        ({"file": file(jpeg()[:600])}, "file"),
        ({"file": file(), "alt": "ا" * 301}, "alt"),
        ({"file": file(), "alt": "\0"}, "alt"),
        ({"file": file(), "taken_on": "tomorrow"}, "taken_on"),
        ({"file": file(), "taken_on": "3000-01-01"}, "taken_on"),
        ({"file": file(), "uploaded_by": "1"}, "uploaded_by"),
    ],
)
def test_what_cannot_be_kept_is_an_error_of_its_field(client, sent, field):
    refused = client.upload(PICTURES, **sent)

    assert (refused.status_code, list(refused.json())) == (400, [field]), refused.content
    assert not ArchiveImage.objects.exists()


def test_a_picture_is_sent_as_a_form_with_files(client):
    assert client.post(PICTURES, {"alt": "سور"}).status_code == 415


def test_a_moderators_program_has_no_pictures(moderator, image):
    client = program_of(moderator, Scope.PICTURES)

    assert client.get(PICTURES).status_code == 403
    assert client.get(f"{PICTURES}{image.pk}/").status_code == 403
    assert client.upload(PICTURES, file=file()).status_code == 403


def test_a_token_for_drafts_alone_adds_no_picture(editor):
    assert program_of(editor, Scope.DRAFTS).upload(PICTURES, file=file()).status_code == 403


def test_a_picture_that_is_none_is_not_found(client):
    for pk in ("0", "9" * 40):
        assert client.get(f"{PICTURES}{pk}/").status_code == 404
