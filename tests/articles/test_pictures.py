"""The archive at work: search, duplicates, jobs, what a crash leaves behind."""

import logging
import os
import threading
import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import jobs, pictures, rendering
from articles.models import ArchiveImage
from articles.models.image import RENDER_LOCK, AlreadyInArchive
from tests.articles.picture_files import archived, from_a_phone, kept_files
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db


def file(data: bytes | None = None, name: str = "مرفأ.jpg") -> ContentFile:
    return ContentFile(data or jpeg(), name=name)


def written_files(settings) -> dict[Path, int]:
    """The files of the archive, with the moment at which each was written."""
    files = Path(settings.MEDIA_ROOT).rglob("*.*")
    return {each: each.stat().st_mtime_ns for each in files}


# Coming in


def test_a_picture_may_come_without_a_description(editor):
    image = pictures.add(file(from_a_phone()), by=editor, credit="أرشيف", keywords="بحر,قوارب ؛بحر")

    kept = ArchiveImage.objects.get()
    assert (kept.pk, kept.alt, kept.uploaded_by) == (image.pk, "", editor)
    assert not kept.is_described
    assert kept.keywords == "بحر، قوارب"
    assert kept.taken_on.isoformat() == "2025-03-21"
    assert str(kept.pk) in str(kept)


def test_a_day_that_was_typed_is_not_replaced_by_the_camera(editor):
    image = pictures.add(file(from_a_phone()), taken_on="1999-05-01")

    assert ArchiveImage.objects.get(pk=image.pk).taken_on.isoformat() == "1999-05-01"


def test_the_same_file_again_is_told_with_the_picture_that_is_there(settings, image):
    kept = kept_files(settings)

    with pytest.raises(ValidationError) as refused:
        pictures.add(file(name="other.jpeg"))

    assert pictures.twin_in(refused.value) == image
    assert kept_files(settings) == kept
    assert ArchiveImage.objects.count() == 1


def test_a_refusal_for_another_reason_names_no_twin():
    with pytest.raises(ValidationError) as refused:
        pictures.add(file(b"nothing"), credit="طويل" * 100)

    assert set(refused.value.message_dict) == {"file", "credit"}
    assert pictures.twin_in(refused.value) is None


@pytest.mark.django_db(transaction=True)
def test_one_file_sent_by_two_at_once_is_kept_once(settings):
    outcomes: list[str] = []

    def send() -> None:
        try:
            pictures.add(file())
            outcomes.append("added")
        except ValidationError as error:
            outcomes.append("duplicate" if pictures.twin_in(error) else "refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["added", "duplicate", "duplicate"]
    assert len(kept_files(settings)) == 1
    assert default_storage.exists(ArchiveImage.objects.get().file.name)


def test_the_twin_that_came_first_is_found_where_only_the_database_knew(image):
    again = ArchiveImage(sha256=image.sha256)

    with pytest.raises(AlreadyInArchive) as refused:
        again.refuse_twin()
    assert pictures.twin_in(refused.value) == image


# Searching


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("قوارب", True),
        ("القَوارِب", True),
        ("قوار", True),
        ("ليلى", True),
        ("ليلي", True),
        ("الميناء", True),
        ("وكالة الساحل", True),
        ("صندوق العائلة", True),
        ("صباحا", True),
        ("جبل", False),
        ("قوارب -ليلى", False),
        ("%", False),
    ],
)
def test_a_picture_is_found_by_each_of_its_words_in_any_spelling(words, found):
    archived(
        jpeg(),
        alt="قوارب صيد",
        caption="المرفأ صباحاً",
        credit="وكالة الساحل",
        source="صندوق العائلة",
        keywords="ميناء",
        people="ليلى حداد",
    )
    archived(jpeg(color="#112233"), alt="شجرة")

    results = ArchiveImage.objects.search(words)
    assert results.exists() is found


def test_undescribed_pictures_are_listed_apart(image):
    bare = archived(jpeg(color="#112233"), alt="")

    assert list(ArchiveImage.objects.undescribed()) == [bare]


# The worker


def test_the_renditions_are_asked_for_with_the_row_and_not_without_it(settings):
    with pytest.raises(RuntimeError), transaction.atomic():
        archived(jpeg())
        raise RuntimeError("the transaction does not hold")
    assert not ProcrastinateJob.objects.exists()

    image = archived(jpeg(color="#112233"))
    [job] = ProcrastinateJob.objects.all()
    assert (job.task_name, job.lock) == ("articles.jobs.make_renditions", RENDER_LOCK)
    assert job.args == {"sha256": image.sha256}


def test_the_job_makes_what_is_missing_and_does_nothing_twice(settings, image):
    jobs.make_renditions(image.sha256)
    made = {file: file.stat().st_mtime_ns for file in Path(settings.MEDIA_ROOT).rglob("*.*")}
    jobs.make_renditions(image.sha256)

    assert len(made) == 1 + len(image.renditions)
    assert made == {
        file: file.stat().st_mtime_ns for file in Path(settings.MEDIA_ROOT).rglob("*.*")
    }
    jobs.make_renditions("0" * 64)


def test_a_picture_that_cannot_be_made_is_logged_once_without_its_content(settings, image, caplog):
    Path(settings.MEDIA_ROOT, image.file.name).write_bytes(b"secret")

    with caplog.at_level(logging.WARNING):
        jobs.make_renditions(image.sha256)

    assert [record.getMessage() for record in caplog.records] == [
        f"The renditions of picture {image.pk} cannot be made: ValidationError."
    ]


@pytest.mark.django_db(transaction=True)
def test_two_that_need_the_same_rendition_at_once_make_it_once(settings, image):
    made: list[int] = []

    def need() -> None:
        made.append(rendering.make(image, [image.thumbnail]))
        connection.close()

    threads = [threading.Thread(target=need) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [0, 0, 0, 1]
    assert len(kept_files(settings)) == 2


# What a crash leaves behind


def test_a_file_is_never_seen_half_written(settings):
    seen: list[list[str]] = []

    class Slow(ContentFile):
        def chunks(self, chunk_size: int | None = None):
            yield b"one half, "
            folder = Path(settings.MEDIA_ROOT, "renditions")
            seen.append([file.suffix for file in folder.rglob("*.*")])
            yield b"the other half"

    default_storage.save("renditions/ab/a.webp", Slow(b""))

    assert seen == [[".part"]]
    assert kept_files(settings) == ["a.webp"]
    assert Path(settings.MEDIA_ROOT, "renditions/ab/a.webp").read_bytes().endswith(b"other half")


def test_a_second_file_of_one_name_gets_another_one(settings):
    names = [default_storage.save("originals/ab/a.jpg", ContentFile(each)) for each in (b"1", b"2")]

    assert len(set(names)) == 2
    assert [Path(settings.MEDIA_ROOT, name).read_bytes() for name in names] == [b"1", b"2"]


def test_what_a_crash_left_is_removed_and_nothing_else(settings, image):
    rendering.make(image, [image.thumbnail])
    kept = kept_files(settings)
    left = {
        f"originals/{image.sha256[:2]}/{image.sha256}_2nd.jpg",
        f"originals/{image.sha256[:2]}/{image.sha256}.jpg.0.part",
        f"originals/00/{'00' * 32}.jpg",
        f"renditions/00/{'00' * 32}-320.webp",
    }
    for name in left:
        path = Path(settings.MEDIA_ROOT, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left")

    assert pictures.remove_leftovers() == 0
    long_ago = time.time() - 7 * 3600
    for path in Path(settings.MEDIA_ROOT).rglob("*.*"):
        os.utime(path, (long_ago, long_ago))
    assert pictures.remove_leftovers() == len(left)
    assert kept_files(settings) == kept


def test_an_archive_without_any_file_has_nothing_left_behind():
    assert pictures.remove_leftovers() == 0
