"""The same text again.

From the sender's own network and under the same name: refused, with the reason, for it is a second
click or a reload. From anywhere else: held without a word, whoever wrote the first one. Did either
hang on the address, whoever repeats a published comment under a guessed one would learn whose it
was.
"""

from collections.abc import Iterator

from django.utils.translation import gettext

from comments.rules.context import Context
from comments.rules.verdict import Answer, Finding, Unacceptable, Verdict

NAME = "repeated"


def check(context: Context) -> Iterator[Answer]:
    if context.sender.same_text:
        message = gettext("You have sent this comment already: there is no need to send it again.")
        yield Unacceptable(NAME, "body", message)
    elif context.was_said:
        yield Finding(NAME, Verdict.HOLD, "body", 0, len(context.body))
