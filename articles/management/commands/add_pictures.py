"""`manage.py add_pictures`: a folder of pictures, put into the archive as the desk would."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import CommandError
from tqdm import tqdm

from articles import pictures
from articles.management.command import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Put all pictures of a folder, and of the folders in it, into the archive. Each file is "
        "judged as the upload page judges it; what is in the archive already is told and passed "
        "over. Descriptions are written at the desk, where a filter lists what came in."
    )
    examples = (
        ("add_pictures /srv/scans/1987", "adds what is in that folder"),
        (
            'add_pictures /srv/scans/1987 --by editor --credit "أرشيف الجريدة" --archive',
            "adds them in the name of an account, with a credit and the archive's mark",
        ),
    )
    when_stopped = "What was added stays; run it again for the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the files")
        parser.add_argument("--by", help="the account that adds them, by its name")
        parser.add_argument("--credit", default="", help="the credit that readers see, for all")
        parser.add_argument("--source", default="", help="from where the paper has them, for all")
        parser.add_argument("--keywords", default="", help="words parted by commas, for all")
        parser.add_argument(
            "--archive", action="store_true", help="give them the mark of the archive"
        )

    def handle(
        self, *args: Any, folder: Path, by: str | None, archive: bool, **options: Any
    ) -> None:
        user = self._account(by)
        shared = {name: options[name] for name in ("credit", "source", "keywords")}
        files = self._files(folder)
        outcomes: Counter[str] = Counter()
        try:
            for path in self.progress(options)(files, "pictures", len(files)):
                outcomes[self._add(path, user, {**shared, "is_archive": archive})] += 1
        finally:
            self._sum_up(outcomes)
        if outcomes["refused"]:
            raise CommandError(f"{outcomes['refused']} of {len(files)} files were refused.")

    def _account(self, name: str | None) -> User | None:
        user = User.objects.filter(username=name).first() if name else None
        if name and user is None:
            raise CommandError(f"There is no account “{name}”.")
        return user

    def _files(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        return sorted(path for path in folder.rglob("*") if path.is_file())

    def _add(self, path: Path, by: User | None, fields: dict[str, Any]) -> str:
        """What became of one file: `added`, `duplicate` or `refused`; the latter two are told."""
        try:
            with path.open("rb") as stream:
                pictures.add(File(stream, name=path.name), by=by, **fields)
        except ValidationError as error:
            tqdm.write(f"{path}: {' '.join(error.messages)}", file=sys.stderr)
            return "duplicate" if pictures.twin_in(error) else "refused"
        except OSError as error:
            tqdm.write(f"{path}: {error.strerror or error}", file=sys.stderr)
            return "refused"
        return "added"

    def _sum_up(self, outcomes: Counter[str]) -> None:
        self.stdout.write(
            f"{outcomes['added']} added, {outcomes['duplicate']} in the archive already,"
            f" {outcomes['refused']} refused."
        )
