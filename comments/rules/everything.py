"""The mode in which a moderator reads every comment before readers do."""

from collections.abc import Iterator

from comments.rules.context import Context
from comments.rules.verdict import Finding, Verdict

NAME = "everything"


def check(context: Context) -> Iterator[Finding]:
    if context.mode == "everything":
        yield Finding(NAME, Verdict.HOLD)
