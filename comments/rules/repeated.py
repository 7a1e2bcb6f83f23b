"""The same text again.

From the sender's own network and under the same name: refused, with the reason, for it is a second
click or a reload. From anywhere else: held without a word, whoever wrote the first one. Did either
hang on the address, whoever repeats a published comment under a guessed one would learn whose it
was.
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
        message = gettext("You have sent this comment already: there is no need to send it again.")
        yield Unacceptable(NAME, "body", message)
    elif not is_set_phrase(context.body) and context.was_said():
        yield Finding(NAME, Verdict.HOLD, "body", 0, len(context.body))


def is_set_phrase(text: str) -> bool:
    """Whether a text is so short that two readers may well say the same."""
    return len(letters_of(text)) <= _SET_PHRASE


def letters_of(text: str) -> str:
    """The letters and digits of a text in one writing: no blanks, no marks, no punctuation."""
    return "".join(character for character in fold(text).text if character.isalnum())
