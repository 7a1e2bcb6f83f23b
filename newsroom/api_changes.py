"""What clients of the API can rely on, and what has changed: the text of `/api/v1/changes/`.

What stands between `backquotes` is code. A change of the stored schema is told here first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Change:
    """What was new on a day."""

    day: date
    news: tuple[Promise, ...]


MAY_CHANGE = (
    _(
        "New addresses, new parameters that nobody has to send, and new fields in answers: pass "
        "over a field that you do not know."
    ),
    _("New values of a field that has a list of them, and further errors."),
    _(
        "The words of messages for people, the order of fields, how a cursor is written, and how "
        "many requests are taken in a time."
    ),
    _("Whatever contradicts the schema: it is a mistake, and is put right."),
)
NEVER_CHANGES = (
    _("No address, parameter or field goes away, gets another name or means something else."),
    _("Nothing that could be left out becomes required, and nothing takes less than it took."),
)
NEXT_VERSION = _(
    "What must be otherwise comes as `/api/v2/`. This version then stays for at least a year, and "
    "this page says until when."
)
# Newest first.
CHANGES = (
    Change(
        date(2026, 11, 23),
        (
            _(
                "For programs of the newsroom, with a token: `desk/articles/`, `desk/images/` and "
                "`desk/comments/`."
            ),
            _("Too many requests in a minute are answered 429, with `Retry-After`."),
            _(
                "Brotli, and a strong `ETag` for each coding; `Surrogate-Key` for a cache in front "
                "of the site."
            ),
            _(
                "The schema tells every parameter, answer, header and error, with examples. Every "
                "operation has a name for generated clients, such as `list_articles`."
            ),
            _("`fields` may also be sent once for each field."),
            _(
                "`published_after` and `published_before` take every moment, to the ends of the "
                "calendar."
            ),
            _("A parameter without a value is refused with 400, as an unknown one is."),
            _("A number in place of a text of a comment is refused with 400."),
        ),
    ),
    Change(
        date(2026, 11, 22),
        (
            _(
                "The first version: articles, categories, tags, pictures and comments can be "
                "read, and comments posted."
            ),
        ),
    ),
)


def with_code(texts: Iterable[Promise]) -> list[SafeString]:
    """The texts as HTML; code runs from left to right in Arabic, too."""
    return [format_html_join("", "{}", ((each,) for each in _pieces(str(text)))) for text in texts]


def _pieces(text: str) -> Iterable[str]:
    for number, piece in enumerate(text.split("`")):
        yield format_html('<code dir="ltr">{}</code>', piece) if number % 2 else piece
