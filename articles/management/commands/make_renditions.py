"""`manage.py make_renditions`: what the worker does picture by picture, for the whole archive."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from tqdm import tqdm

from articles import rendering
from articles.management.command import NewsroomCommand
from articles.models import ArchiveImage


class Command(NewsroomCommand):
    help = (
        "Make the renditions that are missing, for all pictures of the archive. The worker makes "
        "those of a picture that comes in, and a reader's request the one that it needs: this is "
        "for an archive copied without them, or after their sizes or formats have changed."
    )
    examples = (("make_renditions --all", "makes those anew that are there already"),)
    when_stopped = "What was made stays; run it again for the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="make those anew that are there already"
        )

    def handle(self, *args: Any, all: bool, **options: Any) -> None:
        images = ArchiveImage.objects.defer("search_index").order_by("-id")
        made = failed = 0
        count = images.count()
        rows = images.iterator(500)
        for image in self.progress(options)(rows, "pictures", count):
            try:
                made += rendering.make_all(image, anew=all)
            except (ValidationError, OSError) as error:
                failed += 1
                kind = type(error).__name__
                tqdm.write(f"Picture {image.pk} cannot be read: {kind}.", file=sys.stderr)
        self.stdout.write(f"{made} renditions made.")
        if failed:
            raise CommandError(f"{failed} of {count} pictures could not be read.")
