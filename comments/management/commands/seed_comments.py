"""`manage.py seed_comments`: a million invented comments, for measuring."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from articles.management.command import (
    NewsroomCommand,
    add_anywhere,
    refuse_a_site_for_readers,
    wrong_usage,
)
from comments.seeding import Amounts, is_seeded, seed

_MOST = 100_000_000


class Command(NewsroomCommand):
    help = (
        "Write invented comments in any number (a million, 50,000 of them waiting), with their "
        "articles, commenters and decisions. For measuring, never for a site that readers see."
    )
    examples = (
        ("seed_comments", "writes a million, which takes some minutes"),
        ("seed_comments --comments 5000 --pending 300 --articles 50", "writes fewer"),
    )
    when_stopped = "Either all of the comments were written or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Amounts()
        for name, what in (
            ("comments", "all comments"),
            ("pending", "how many of them wait for a moderator"),
            ("articles", "published articles to spread them over; missing ones are made"),
            ("commenters", "who wrote them"),
        ):
            number = getattr(usual, name)
            told = f"{what}; {number:,} by default"
            parser.add_argument(f"--{name}", type=int, default=number, help=told)
        add_anywhere(parser)

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
        refuse_a_site_for_readers(is_local=settings.LOCAL, anywhere=anywhere)
        if not 0 <= pending < comments or articles < 1 or commenters < 1:
            raise wrong_usage(
                "Give at least one article and one commenter, and fewer pending comments than "
                "comments."
            )
        if max(comments, articles, commenters) > _MOST:
            raise wrong_usage(f"Give no number above {_MOST:,}.")
        if is_seeded():
            raise CommandError("This database has invented comments already: use an empty one.")
        amounts = Amounts(comments, pending, articles, commenters)
        seed(amounts, progress=self.progress(options))
        if options["verbosity"]:
            self.stdout.write(
                f"{comments} comments on {articles} articles, {pending} of them pending."
            )
