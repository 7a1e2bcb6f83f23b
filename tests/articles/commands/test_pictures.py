"""`manage.py add_pictures` and `make_renditions`: a whole folder, a whole archive."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from articles.models import ArchiveImage
from articles.pictures import add
from tests.articles.picture_files import archived, from_a_phone, kept_files
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, str]]:
    """Runs a command, and answers what it printed and what it complained of."""

    def call(*arguments: str, **options: object) -> tuple[str, str]:
        call_command(*arguments, **options)
        printed = capsys.readouterr()
        return printed.out, printed.err

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scans = tmp_path / "scans" / "1987"
    scans.mkdir(parents=True)
    (scans / "a.jpg").write_bytes(from_a_phone())
    (scans.parent / "ب.jpg").write_bytes(jpeg())
    return scans.parent


def test_a_folder_and_the_folders_in_it_come_into_the_archive(run, folder, editor):
    printed, complained = run(
        *("add_pictures", str(folder), "--by", "editor", "--credit", "أرشيف", "--archive"),
        *("--keywords", "بحر, قوارب"),
    )

    assert printed == "2 added, 0 in the archive already, 0 refused.\n"
    assert complained == ""
    rows = ArchiveImage.objects.values_list("credit", "keywords", "is_archive", "uploaded_by")
    assert list(rows) == [("أرشيف", "بحر، قوارب", True, editor.pk)] * 2
    assert ArchiveImage.objects.undescribed().count() == 2


def test_what_is_there_already_is_told_and_passed_over(run, folder):
    run("add_pictures", str(folder))

    printed, complained = run("add_pictures", str(folder))

    assert printed == "0 added, 2 in the archive already, 0 refused.\n"
    assert len(complained.splitlines()) == 2
    assert ArchiveImage.objects.count() == 2


def test_a_refused_file_is_named_with_its_reason_and_stops_no_other(run, folder, capsys, settings):
    (folder / "000.jpg").write_bytes(b"nothing of a picture")

    with pytest.raises(CommandError, match=r"1 of 3 files were refused\.") as ended:
        run("add_pictures", str(folder))

    printed = capsys.readouterr()
    assert ended.value.returncode == 1
    assert printed.out == "2 added, 0 in the archive already, 1 refused.\n"
    assert printed.err.startswith(f"{folder / '000.jpg'}: ")
    assert len(kept_files(settings)) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/nowhere/at/all"], "There is no folder /nowhere/at/all."),
        ([".", "--by", "nobody"], "There is no account “nobody”."),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(run, arguments, sentence):
    with pytest.raises(CommandError) as refused:
        run("add_pictures", *arguments)

    assert str(refused.value) == sentence


def test_missing_renditions_are_made_for_the_whole_archive(run, image, settings):
    second = archived(jpeg(300, 200))

    printed, _complained = run("make_renditions")

    expected = len(image.renditions) + len(second.renditions)
    assert printed == f"{expected} renditions made.\n"
    assert len(kept_files(settings)) == 2 + expected
    assert run("make_renditions")[0] == "0 renditions made.\n"
    assert run("make_renditions", "--all")[0] == f"{expected} renditions made.\n"


def test_a_picture_whose_original_is_gone_is_named_and_stops_no_other(run, image, settings, capsys):
    lost = add(ContentFile(jpeg(color="#112233"), name="a.jpg"))
    Path(settings.MEDIA_ROOT, lost.file.name).unlink()

    with pytest.raises(CommandError, match=r"1 of 2 pictures could not be read\."):
        run("make_renditions")

    printed = capsys.readouterr()
    assert printed.err == f"Picture {lost.pk} cannot be read: FileNotFoundError.\n"
    assert len(kept_files(settings)) == 1 + len(image.renditions)
