"""`manage.py rotate_comment_keys`: new keys for all that is sealed and recognised."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser

from articles.management.command import NewsroomCommand
from comments.management.ask import ask_keys
from comments.models import CommentPolicy, Standing
from comments.rotation import DoesNotOpen, Keys, Rotated, rotate

OLD_PRIVATE = "COMMENT_EMAIL_PRIVATE_KEY"
NEW_PUBLIC = "NEW_COMMENT_EMAIL_PUBLIC_KEY"
NEW_INDEX = "NEW_COMMENT_INDEX_KEY"

AFTERWARDS = """\
Now, before the site takes comments again:
  1. Put the new {variables} into the environment of every server, and restart them.
  2. Take comments again, if they were frozen.
  3. Keep the old private key no longer than the oldest backup: it opens what is in there.
"""
INDEX_AFTERWARDS = """\
With the new index key the pseudonyms of the desk are others, and flood limits begin anew.
"""


class Command(NewsroomCommand):
    help = (
        "Bring every commenter over to new keys: open each address with the old private key, seal "
        "it to the new public key and recognise it under the new index key, all or nothing. Make "
        "the new keys with comment_keys. The site must be frozen (freeze_comments) or stopped "
        "from before this until it has the new keys. Keys are asked for, or taken from the "
        f"environment or from lines of the standard input: {OLD_PRIVATE}=…, {NEW_PUBLIC}=…, "
        f"{NEW_INDEX}=…; never from the command line. Commenters whose address is destroyed are "
        "not recognised under a new index key. Receipts stay as they are."
    )

    examples = (
        ("rotate_comment_keys < keys.env", "reads the three keys from lines of a file"),
        ("rotate_comment_keys --only index", "keeps the pair that seals addresses"),
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            choices=["sealing", "index"],
            help="only the pair that seals addresses, or only the index key",
        )
        parser.add_argument(
            "--stopped", action="store_true", help="the site is stopped, so it need not be frozen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["stopped"] and not CommentPolicy.load().frozen:
            raise CommandError(
                "The site is taking comments, which would be lost between two keys: freeze it "
                "with freeze_comments, or stop it and say --stopped."
            )
        try:
            keys = _keys(options["only"])
            rotated = rotate(keys, self.progress(options))
        except (DoesNotOpen, ImproperlyConfigured) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self._report(keys, rotated)

    def _report(self, keys: Keys, rotated: Rotated) -> None:
        self.stdout.write(
            f"Addresses sealed anew: {rotated.sealed}. "
            f"Commenters recognised under the new index key: {rotated.indexed}."
        )
        if rotated.lost:
            lost = ", ".join(f"{rotated.lost.get(each, 0)} {each}" for each in Standing.values)
            self.stdout.write(
                f"Not recognised any more: {sum(rotated.lost.values())} ({lost}). Their addresses "
                "are destroyed; their bans and trust do not reach what they write next."
            )
        if rotated.twice:
            self.stdout.write(
                f"There twice, from an index key that was changed without this command: "
                f"{rotated.twice}. One commenter of each two is recognised from now on."
            )
        changed = {"COMMENT_EMAIL_PUBLIC_KEY": keys.new_public, "COMMENT_INDEX_KEY": keys.new_index}
        variables = " and ".join(name for name, key in changed.items() if key is not None)
        self.stdout.write(AFTERWARDS.format(variables=variables), ending="")
        if keys.new_index is not None:
            self.stdout.write(INDEX_AFTERWARDS, ending="")


def _keys(only: str | None) -> Keys:
    questions = {OLD_PRIVATE: "Old private key"}
    if only != "index":
        questions[NEW_PUBLIC] = "New public key"
    if only != "sealing":
        questions[NEW_INDEX] = "New index key"
    answers = ask_keys(questions)
    return Keys(answers[OLD_PRIVATE], answers.get(NEW_PUBLIC), answers.get(NEW_INDEX))
