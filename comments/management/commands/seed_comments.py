"""`manage.py seed_comments`: a million invented comments, for measuring."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comments.seeding import Amounts, is_seeded, seed

_MOST = 100_000_000


class Command(BaseCommand):
    help = (
        "Write invented comments in any number (a million, 50,000 of them waiting), with their "
        "articles, commenters and decisions. For measuring, never for a site that readers see."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Amounts()
        parser.add_argument("--comments", type=int, default=usual.comments)
        parser.add_argument("--pending", type=int, default=usual.pending)
        parser.add_argument("--articles", type=int, default=usual.articles)
        parser.add_argument("--commenters", type=int, default=usual.commenters)
        parser.add_argument(
            "--anywhere", action="store_true", help="on a configured site too: it fills its pages"
        )

    def handle(
        self,
        *args: Any,
        comments: int,
        pending: int,
        articles: int,
        commenters: int,
        anywhere: bool,
        **options: Any,
    ) -> None:
        if not (settings.LOCAL or anywhere):
            raise CommandError(
                "This site is configured for readers, and invented comments would be on its "
                "pages: use another database, or say --anywhere."
            )
        if not 0 <= pending < comments or articles < 1 or commenters < 1:
            raise CommandError(
                "Give at least one article and one commenter, and fewer pending comments than "
                "comments."
            )
        if max(comments, articles, commenters) > _MOST:
            raise CommandError(f"Give no number above {_MOST:,}.")
        if is_seeded():
            raise CommandError("This database has invented comments already: use an empty one.")
        seed(Amounts(comments, pending, articles, commenters))
        self.stdout.write(f"{comments} comments on {articles} articles, {pending} of them pending.")
