"""`manage.py seed_articles`: thousands of invented stories, for measuring."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from articles import seeding
from articles.management.command import (
    NewsroomCommand,
    add_anywhere,
    refuse_a_site_for_readers,
    wrong_usage,
)

_USUAL, _MOST = 30_000, 1_000_000


class Command(NewsroomCommand):
    help = (
        "Write invented stories in any number, in every status, with their owners, decisions, "
        "categories, bylines, tags and picks. A later run adds more. For measuring, never for a "
        "site that readers see. 30,000 take one or two minutes."
    )
    examples = (
        ("seed_articles", f"writes {_USUAL:,} stories"),
        ("seed_articles 300", "writes 300"),
    )
    when_stopped = "Either all of the stories were written or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "number", nargs="?", type=int, default=_USUAL, help=f"how many; {_USUAL:,} by default"
        )
        add_anywhere(parser)

    def handle(self, *args: Any, number: int, anywhere: bool, **options: Any) -> None:
        refuse_a_site_for_readers(is_local=settings.LOCAL, anywhere=anywhere)
        if not 1 <= number <= _MOST:
            raise wrong_usage(f"Give a number from 1 to {_MOST:,}.")
        seeding.seed(number, progress=self.progress(options))
        if options["verbosity"]:
            self.stdout.write(f"{number} stories were written.")
