"""`manage.py forget_commenter`: forget whoever comments under an address, at their own wish."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.management.command import NewsroomCommand
from comments import addresses
from comments.management.ask import add_address, add_reason, commenter_of, confirmed


class Command(NewsroomCommand):
    help = (
        "Forget a commenter at their own wish. The name over each of their comments becomes "
        "“قارئ”, the website goes, the sealed address is destroyed, and nothing leads from the "
        "address to them any more: a later run finds nobody, and a ban or trust is lost. With "
        "--texts the comments themselves are erased too, and public ones withdrawn. Copies in "
        "backups stay as long as the backups do, and reasons that moderators wrote stay for ever."
    )

    examples = (
        ("forget_commenter", "asks for the address, and whether you are sure"),
        (
            "forget_commenter --texts --yes < address.txt",
            "erases the texts too, unasked",
        ),
    )
    when_stopped = "Nobody was forgotten; a look-up that was made stays in the record."

    def add_arguments(self, parser: CommandParser) -> None:
        add_address(parser)
        parser.add_argument(
            "--texts",
            action="store_true",
            help="erase what the comments say as well; this cannot be made up for later",
        )
        add_reason(parser)
        parser.add_argument(
            *("--yes", "--no-input", "--noinput"),
            action="store_true",
            dest="yes",
            help="do not ask for a confirmation",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        commenter = commenter_of(options["address"], self.stderr, options["reason"])
        count = commenter.comments.count()
        what = "names and texts" if options["texts"] else "names"
        if not options["yes"] and not confirmed(
            f"Forget this commenter, and the {what} of {count} comments, for good?", self.stderr
        ):
            raise CommandError("Nothing was changed.")
        done = addresses.forget(commenter.pk, texts=options["texts"], reason=options["reason"])
        self.stdout.write(
            f"Forgotten. Comments: {done.comments}; names replaced: {done.renamed}; "
            f"erased: {done.erased}; withdrawn: {done.withdrawn}."
        )
