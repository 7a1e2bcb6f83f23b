"""`manage.py export_commenter`: all that is kept about a commenter, as JSON."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from articles.management.command import NewsroomCommand
from comments import addresses
from comments.management.ask import add_address, add_reason, commenter_of


class Command(NewsroomCommand):
    help = (
        "Print all that is kept about whoever comments under an address, as JSON: comments, "
        "statuses, decisions with their reasons, who came near the address and why. The address, "
        "its digest, moderators' names and readers' notes are left out. Read it before you hand "
        "it on: reasons are shown as they were written."
    )

    examples = (
        ("export_commenter > reader.json", "asks for the address, and writes a file"),
        ("export_commenter --reason 'request of 3 May' < address.txt", "takes it from a file"),
    )
    when_stopped = "Nothing was changed; a look-up that was made stays in the record."

    def add_arguments(self, parser: CommandParser) -> None:
        add_address(parser)
        add_reason(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        commenter = commenter_of(options["address"], self.stderr, options["reason"])
        exported = addresses.export(commenter, reason=options["reason"])
        self.stdout.write(json.dumps(exported, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
