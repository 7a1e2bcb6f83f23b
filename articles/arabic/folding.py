"""One writing for the many ways of typing a text: the table that words and search share.

The rules are those of Lucene's ArabicNormalizer (alef forms, yeh and alef maksura, teh marbuta
to heh, marks and tatweel removed) after Unicode's NFKD. NFKD rather than NFKC: it takes the
hamza off its carrier and a mark off its letter, so that every character folds by itself and
keeps its place. To these come look-alikes from Persian, Urdu, Kurdish and others, digits of
three scripts, invisible and direction characters and, for words, the case of Latin letters.

Left apart on purpose: گ and چ, which are letters of their own in Iraq and the Gulf (گلب, heart,
is no كلب), and the hamza that stands alone, without which ماء (water) would be ما (not).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# Each row: the letter written, then all that is read as it once NFKD has taken it apart.
_LETTERS = {
    "ا": "ٱٲٳ",
    "ب": "ٮٻپڀ",
    "ت": "ٹٺټٿ",
    "ث": "ٽ",
    "ج": "ڃڄ",
    "ح": "ځڂڅ",
    "چ": "ڇڿ",
    "د": "ڈډڊڋڍۮ",
    "ذ": "ڌڎڏڐ",
    "ر": "ڑړڒڔڕږۯ",
    "ز": "ژڗڙ",
    "س": "ښڛ",
    "ش": "ڜۺ",
    "ص": "ڝ",
    "ض": "ڞۻ",
    "ظ": "ڟ",
    "غ": "ڠۼ",
    "ف": "ڡڢڣڤڥڦ",
    "ق": "ٯڧڨ",
    "ك": "کڪڬڮػؼ",
    "گ": "ڭڰڱڲڳڴګ",
    "ل": "ڵڶڷڸ",
    "ن": "ںڹڻڼڽ",
    "ه": "ةھہەۃۿ",
    "و": "ۄۅۆۇۈۉۊۋۏ",
    "ي": "ىیۍێېۑےؠؽؾؿ",
}
_DIGITS = {
    digit: arabic + persian
    for digit, arabic, persian in zip("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", strict=True)
}
# Fillers and the empty Braille cell show as a gap between words.
_SPACES = {" ": "\u115f\u1160\u2800"}

# The same two strings for Python's `translate` and PostgreSQL's, character against character.
TYPED_CHARACTERS = "".join((_LETTERS | _DIGITS | _SPACES).values())
WRITTEN_CHARACTERS = "".join(
    written * len(row) for written, row in (_LETTERS | _DIGITS | _SPACES).items()
)

# Marks of all kinds, tatweel, and marks in shapes that stand alone. Plain escapes, which
# Python's `re` and PostgreSQL's regular expressions read alike; so do the next ones.
ORNAMENTS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0883-\u0885"
    r"\u0898-\u089f\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufbb2-\ufbc2"
    r"\ufc5e-\ufc63\ufcf2-\ufcf4\ufe20-\ufe2f\ufe70-\ufe7f"
)
# Control, zero-width and direction characters, variation selectors, tags.
_UNSEEN = (
    r"\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
REMOVED_PATTERN = f"[{ORNAMENTS}{_UNSEEN}]"
# The letters that are left of the Arabic script in a folded text, to stand within brackets.
ARABIC_LETTERS = (
    r"\u0621-\u063f\u0641-\u064a\u066e-\u0673\u0675-\u06d3\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f"
    r"\u0870-\u0882\u0886-\u088e\u08a0-\u08c9"
)

# PostgreSQL's text holds no NUL, and its regular expressions refuse one; Python's text may.
_REMOVED = re.compile(REMOVED_PATTERN.replace("[", r"[\u0000", 1))
_UNSEEN_CHARACTER = re.compile(rf"[\u0000{_UNSEEN}]")
_WRITTEN = str.maketrans(TYPED_CHARACTERS, WRITTEN_CHARACTERS)
# What lies beyond is not kept: nobody may fill the memory with a million rare characters.
_LAST_KEPT = 0xFFFF


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and for each of its characters the place where it was typed."""

    text: str
    typed: str
    origins: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, of one character or more, was typed, ornaments included."""
        first, last = self.origins[start], self.origins[end - 1] + 1
        while _REMOVED.match(self.typed[first - 1 : first]):
            first -= 1
        while _REMOVED.match(self.typed[last : last + 1]):
            last += 1
        # What nobody sees at the ends is not part of the word, unless an ornament follows it.
        while _UNSEEN_CHARACTER.match(self.typed[first]):
            first += 1
        while _UNSEEN_CHARACTER.match(self.typed[last - 1]):
            last -= 1
        return first, last


def normalise(text: str) -> str:
    """The text by the table alone: what search indexes, and what the database computes too."""
    return text.translate(_NORMALISED)


def fold(text: str) -> Folded:
    """The text by the table, without regard to case; folding it again changes nothing."""
    parts = [_FOLDED[ord(character)] for character in text]
    origins = [place for place, part in enumerate(parts) for _character in part]
    return Folded("".join(parts), text, origins)


class _Table(dict[int, str]):
    """A table for `str.translate` that learns a character when it first meets it."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        written = self._rule(chr(code))
        if code <= _LAST_KEPT:
            self[code] = written
        return written


def _normalised(character: str) -> str:
    if _REMOVED.match(character):
        return ""
    apart = unicodedata.normalize("NFKD", character)
    return _REMOVED.sub("", apart).translate(_WRITTEN)


def _folded(character: str) -> str:
    folded, before = _normalised(character), ""
    while folded != before:
        before = folded
        folded = "".join(_normalised(each) for each in folded.casefold())
    return folded


_NORMALISED = _Table(_normalised)
_FOLDED = _Table(_folded)
