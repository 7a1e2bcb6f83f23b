"""The first comment of somebody whom the newsroom does not know yet."""

from collections.abc import Iterator

from comments.rules.context import Context
from comments.rules.verdict import Finding, Verdict

NAME = "newcomer"


def check(context: Context) -> Iterator[Finding]:
    known = context.writer.approved > 0 or context.writer.standing == "trusted"
    if context.mode == "newcomers" and not known:
        yield Finding(NAME, Verdict.HOLD)
