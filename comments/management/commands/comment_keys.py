"""`manage.py comment_keys`: the keys that keep commenters' addresses private."""

from typing import Any

from articles.management.command import NewsroomCommand
from comments.privacy import generate_index_key, generate_key_pair

EXPLANATION = """\
# 1. For the web server's environment:
COMMENT_EMAIL_PUBLIC_KEY={public}
COMMENT_INDEX_KEY={index}

# 2. Not for the server. Print it or keep it on a disk that is kept offline; whoever holds it and
#    a copy of the database can read the addresses. If it is lost, nobody can read them again.
COMMENT_EMAIL_PRIVATE_KEY={private}

# Nothing of this has been saved anywhere. To change keys later, use `manage.py
# rotate_comment_keys`: with another COMMENT_INDEX_KEY in the environment alone, nobody who has
# commented before is recognised, and bans and trust are lost. Receipts open with any key.
"""


class Command(NewsroomCommand):
    help = (
        "Make the keys for commenters' addresses and say where each one goes. Nothing is saved, "
        "and no database is needed."
    )
    examples = (("comment_keys", "prints three keys, and where each one goes"),)
    when_stopped = "No key was made."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = generate_key_pair()
        self.stdout.write(
            EXPLANATION.format(public=public, private=private, index=generate_index_key()),
            ending="",
        )
