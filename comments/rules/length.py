"""Too short to say anything, or longer than the policy allows: refused, with what to do."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import ngettext

from articles.arabic import INVISIBLE_CHARACTERS
from comments.rules.context import Context
from comments.rules.pictures import PICTURE
from comments.rules.verdict import Unacceptable

NAME = "length"

_VISIBLE = re.compile(f"[^{INVISIBLE_CHARACTERS}]")


def check(context: Context) -> Iterator[Unacceptable]:
    shortest, longest = context.limits.shortest, context.limits.longest
    if len(context.body) > longest:
        message = ngettext(
            "A comment has at most %(count)d character. Shorten yours, or send it in parts.",
            "A comment has at most %(count)d characters. Shorten yours, or send it in parts.",
            longest,
        )
        yield Unacceptable(NAME, "body", message % {"count": longest})
    elif visible_letters(context.body) < shortest and not PICTURE.search(context.body):
        message = ngettext(
            "Write at least %(count)d letter.", "Write at least %(count)d letters.", shortest
        )
        yield Unacceptable(NAME, "body", message % {"count": shortest})


def visible_letters(text: str) -> int:
    """How many characters a reader sees: marks belong to their letters, blanks are none."""
    return sum(
        not unicodedata.category(character).startswith("M") for character in _VISIBLE.findall(text)
    )
