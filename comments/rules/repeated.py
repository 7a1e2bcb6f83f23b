"""The same text again.

From the sender's own network: refused, with the reason, for it is a second click or a reload.
From anywhere else: held without a word, whoever wrote the first one. Were it held only under the
same address, whoever repeats a published comment under a guessed one would learn whose it was.
"""

from collections.abc import Iterator

from django.utils.translation import gettext

from articles.arabic import fold
from comments.rules.context import Context
from comments.rules.verdict import Answer, Finding, Unacceptable, Verdict

NAME = "repeated"

# Thanks, condolences and prayers are said in set phrases, and by one reader more than once.
_SET_PHRASE = 40


def check(context: Context) -> Iterator[Answer]:
    if context.sender.same_text:
        message = gettext("You have sent this comment already. It is with the editors.")
        yield Unacceptable(NAME, "body", message)
        return
    said = _letters(context.body)
    if len(said) > _SET_PHRASE and any(
        said == _letters(earlier)
        for earlier in context.recent_bodies()
        if _is_about_as_long(earlier, context.body)
    ):
        yield Finding(NAME, Verdict.HOLD, "body", 0, len(context.body))


def _is_about_as_long(one: str, other: str) -> bool:
    """Spares folding texts that cannot be the same."""
    return abs(len(one) - len(other)) <= len(other) // 4


def _letters(text: str) -> str:
    """The letters and digits of a text in one writing: no blanks, no marks, no punctuation."""
    return "".join(character for character in fold(text).text if character.isalnum())
