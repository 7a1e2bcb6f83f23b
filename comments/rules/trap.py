"""The trap: a field that people do not see and programs fill in."""

from collections.abc import Iterator

from comments.rules.context import Context
from comments.rules.verdict import Finding, Verdict

NAME = "trap"


def check(context: Context) -> Iterator[Finding]:
    if context.trap:
        yield Finding(NAME, Verdict.SPAM)
