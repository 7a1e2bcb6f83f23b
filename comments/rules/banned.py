"""A commenter whom the moderators have banned. Silent: the answer is that of any held comment."""

from collections.abc import Iterator

from comments.rules.context import Context
from comments.rules.verdict import Finding, Verdict

NAME = "banned"


def check(context: Context) -> Iterator[Finding]:
    if context.writer.standing == "banned":
        yield Finding(NAME, Verdict.REJECT)
