"""What counts as blank, readable slugs, excerpts cut at a word."""

import re
import unicodedata

from articles.arabic.folding import ORNAMENTS

# Characters without a visible mark of their own, beyond white space: soft hyphen, tatweel,
# zero-width and direction characters, fillers, the byte-order mark. The one list is read by
# Python's `re` and by PostgreSQL's regular expressions alike, hence the plain escapes.
INVISIBLE_CHARACTERS = (
    r"\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u0640\u115f\u1160\u1680\u17b4\u17b5"
    r"\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0"
)
# PostgreSQL text holds no NUL, and its regular expressions refuse one in a range.
NOT_BLANK_PATTERN = f"[^{INVISIBLE_CHARACTERS}{ORNAMENTS}]".replace(r"\u0000", r"\u0001")

SLUG_MAX_LENGTH = 100
# What an address can hold: no blank, no invisible character, no ASCII sign but `-` and `_`.
_ASCII_SIGNS = r"\u0021-\u002c\u002e\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u007e"
SLUG_CHARACTERS = f"[^{INVISIBLE_CHARACTERS}{_ASCII_SIGNS}]"

_NOT_BLANK = re.compile(f"[^{INVISIBLE_CHARACTERS}{ORNAMENTS}]")
_MARKS_AND_TATWEEL = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_JOINERS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_NOT_OF_A_SLUG = re.compile(rf"[\W_{INVISIBLE_CHARACTERS}]+")
_WHITE_SPACE = re.compile(r"\s+")
_LOOSE_END = " \t\n،؛:,;.…-–—"


def is_blank(text: str) -> bool:
    """Whether there is nothing to read: white space, invisible or stretching characters, marks."""
    return _NOT_BLANK.search(text) is None


def slugify(text: str, max_length: int = SLUG_MAX_LENGTH) -> str:
    """A readable slug: Arabic letters stay; marks, quotes and tatweel go; words joined by `-`.

    Cut at a word where it would be longer than `max_length` characters. Empty when the text
    has no letter and no digit.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _JOINERS.sub("", _MARKS_AND_TATWEEL.sub("", text)).lower()
    text = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
    slug = _NOT_OF_A_SLUG.sub("-", text).strip("-")
    if len(slug) <= max_length:
        return slug
    head = slug[: max_length + 1].rpartition("-")[0]
    return head or slug[:max_length]


def excerpt(text: str, max_length: int = 100) -> str:
    """The text's beginning on one line; where it is cut, cut at a word and ended with ` …`.

    `max_length` counts characters before the mark of the cut.
    """
    text = _WHITE_SPACE.sub(" ", text).strip()
    if len(text) <= max_length:
        return text
    head = text[: max_length + 1].rpartition(" ")[0] or text[:max_length]
    return head.rstrip(_LOOSE_END) + " …"
