"""Shouting, and letters that flood the page or turn its text around."""

import re
from collections.abc import Iterator

from comments.rules.context import Context
from comments.rules.pictures import PICTURE
from comments.rules.verdict import Finding, Verdict

NAME = "shouting"

_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
# What is stretched in writing, and what is drawn: laughter, rows of dots, lines of dashes.
_LAUGHTER = "هخﻫﻬhH"
_LATIN = "A-Za-zÀ-ÖØ-öø-ÿ"

_PATTERNS = {
    # An override or an isolate, with the text that it turns around.
    "direction": re.compile(
        "[\u202a-\u202e\u2066-\u2069][^\n]*[\u202a-\u202e\u2066-\u2069]|"
        "[\u202a-\u202e\u2066-\u2069]"
    ),
    "letters": re.compile(rf"(?:(?![{_LAUGHTER}ـ_])([^\W\d]))\1{{9,}}|([{_LAUGHTER}])\2{{59,}}"),
    "tatweel": re.compile("ـ{20,}"),
    # A vowel and a doubling are two; the Quran's own signs make four.
    "marks": re.compile(rf"\S?[{_MARKS}]{{5,}}(?:.?[{_MARKS}]{{5,}})*"),
    "exclamation": re.compile(r"[!?؟！？‼⁇⁈⁉]{10,}"),
    "signs": re.compile(r"([^\w\s])\1{39,}|_{40,}"),
}
_LATIN_TEXT = re.compile(rf"[{_LATIN}][{_LATIN}\s.!?'’-]*")
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_FEWEST_CAPITALS, _FEWEST_WORDS, _SHARE_OF_CAPITALS = 20, 5, 0.7
_MOST_PICTURES = 15


def check(context: Context) -> Iterator[Finding]:
    for field in ("name", "body"):
        text = getattr(context, field)
        found = [
            (*match.span(), note)
            for note, pattern in _PATTERNS.items()
            for match in pattern.finditer(text)
        ]
        done = 0
        for start, end, note in sorted([*found, *_capitals(text), *_pictures(text)]):
            if start >= done:
                yield Finding(NAME, Verdict.HOLD, field, start, end, note)
                done = end


def _capitals(text: str) -> Iterator[tuple[int, int, str]]:
    """Latin text mostly in capitals: sentences, not the short names of institutions."""
    for match in _LATIN_TEXT.finditer(text):
        said = match[0].rstrip()
        letters = _LATIN_LETTER.findall(said)
        capitals = sum(letter.isupper() for letter in letters)
        if (
            capitals >= max(_FEWEST_CAPITALS, _SHARE_OF_CAPITALS * len(letters))
            and len(said.split()) >= _FEWEST_WORDS
        ):
            yield match.start(), match.start() + len(said), "capitals"


def _pictures(text: str) -> Iterator[tuple[int, int, str]]:
    """More emoji than anybody needs, from the first to the last."""
    found = list(PICTURE.finditer(text))
    if len(found) > _MOST_PICTURES:
        yield found[0].start(), found[-1].end(), "emoji"
