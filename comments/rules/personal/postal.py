"""Postal addresses in Arabic and English, by the words that they are made of.

A street alone is no address of anybody. One is found where a numbered building, flat or house
meets a street, a quarter, another numbered part or “I live”; where a number stands after the name
of a street; where three parts follow each other; and in a post-office box.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.arabic import Folded
from comments.rules.personal.places import (
    AMBIGUOUS,
    HOME,
    LINKS,
    NARROWER,
    ORDINALS,
    RELATIONS,
    STREETS_OF_ENGLISH,
    kind_of,
)

_WORD = re.compile(r"[^\W\d_]+|\d+")
_BOX = re.compile(
    r"(?<!\w)(?:ص\s?[./]?\s?ب|صندوق (?:ال)?بريدي?|p\.?\s?o\.?\s?box)(?!\w)\W{0,3}(?:رقم\s?)?\d{1,7}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_END_OF_PART = re.compile(r"[^\w\s]|\n")
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")
_LONGEST_NUMBER = 4
_FARTHEST = 6
_LONGEST_NAME = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an address: words `first` to `last`; with its number, or the name alone."""

    kind: str
    first: int
    last: int
    numbered: bool = False
    ordinal: bool = False
    # A street with its name and its number is an address by itself.
    whole: bool = False


def find(folded: Folded) -> Iterator[Span]:
    """Spans of the folded text; what was typed tells the names of English by their capitals."""
    spans = [match.span() for match in _BOX.finditer(folded.text)]
    words = _Words(folded)
    for parts in _side_by_side(words, list(words.parts())):
        if _is_address(words, parts):
            placed = [part for part in parts if part.kind != HOME]
            spans.append((words.starts[placed[0].first], words.ends[placed[-1].last]))
    yield from sorted(spans)


class _Words:
    """The words of a text, and which of them begin a part of an address."""

    def __init__(self, folded: Folded) -> None:
        found = list(_WORD.finditer(folded.text))
        self.folded = folded
        self.words = [match[0] for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.kinds = [kind_of(word) for word in self.words]
        for place in range(1, len(found)):
            if self.words[place] == "st" and self._is_number(place - 1) and not self.gap(place - 1):
                self.kinds[place] = ""

    def gap(self, place: int) -> str:
        """What stands between a word and the next one; a line break after the last."""
        if place + 1 >= len(self.words):
            return "\n"
        return self.folded.text[self.ends[place] : self.starts[place + 1]]

    def word(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    def kind(self, place: int) -> str:
        return self.kinds[place] if 0 <= place < len(self.words) else ""

    def parts(self) -> Iterator[_Part]:
        for place, kind in enumerate(self.kinds):
            if kind == HOME:
                yield _Part(kind, place, place)
            elif kind:
                yield self._part(kind, place)

    def _part(self, kind: str, place: int) -> _Part:
        before = self._number_before(place)
        if before is not None:
            street = self.word(place) in STREETS_OF_ENGLISH
            return _Part(kind, before, place, numbered=True, whole=street)
        number = self._number_after(place)
        if number is not None:
            named = number - place > 2 and self.kinds[place] not in NARROWER
            return _Part(kind, place, number, numbered=True, whole=named)
        if kind == "floor" and self.word(place + 1) in ORDINALS:
            return _Part(kind, place, place + 1, ordinal=True)
        named = bool(self.word(place + 1)) and not self.kind(place + 1) and self._continues(place)
        return _Part(kind, place, place + named)

    def _number_before(self, place: int) -> int | None:
        """The number of “12 Baghdad Street” and of “3rd floor”."""
        if self.word(place) == "floor" and self.word(place - 1) in ("st", "nd", "rd", "th"):
            return place - 2 if self._is_number(place - 2) else None
        if self.word(place) not in STREETS_OF_ENGLISH:
            return None
        for number in range(place - 2, max(-1, place - 2 - _LONGEST_NAME), -1):
            if not self._is_capitalised(number + 1) or not self._continues(number + 1):
                return None
            if self._is_number(number) and not _YEAR.fullmatch(self.words[number]):
                return number
        return None

    def _number_after(self, place: int) -> int | None:
        """The number of “building 12”, “بناية رقم 12” and “شارع بغداد رقم 12”."""
        after = place + 1
        if self._is_number(after):
            return after if self._counts_nothing(after) else None
        for link in range(after, after + _LONGEST_NAME):
            if self.word(link) in LINKS and self._is_number(link + 1):
                return link + 1
            if self.kind(link):
                return None
        return None

    def _is_number(self, place: int) -> bool:
        return self.word(place).isdecimal() and len(self.word(place)) <= _LONGEST_NUMBER

    def _is_capitalised(self, place: int) -> bool:
        typed = self.folded.typed[self.folded.origins[self.starts[place]]]
        return typed.isupper() and typed.isascii()

    def _continues(self, place: int) -> bool:
        return not _END_OF_PART.search(self.gap(place))

    def _counts_nothing(self, number: int) -> bool:
        """Whether a number names the word before it: “بناء 12، حي …”, not “بناء 12 مدرسة”."""
        following = number + 1
        if not self._continues(number) or self._is_number(following):
            return True
        kind = self.kind(following)
        if kind in NARROWER:
            defined = self.word(following).startswith("ال")
            return defined or self._is_number(following + 1) or self.word(following + 1) in LINKS
        word = self.word(following)
        return bool(kind) or word.startswith("ال") or word in RELATIONS


def _side_by_side(words: _Words, parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Parts in groups: few words, and no empty line, between each and the next."""
    group: list[_Part] = []
    for part in parts:
        if group:
            last = group[-1].last
            between = words.folded.text[words.ends[last] : words.starts[max(last, part.first)]]
            if part.first - last > _FARTHEST or _NEW_PARAGRAPH.search(between):
                yield group
                group = []
        group.append(part)
    if group:
        yield group


def _is_address(words: _Words, parts: Sequence[_Part]) -> bool:
    numbered = {part.kind for part in parts if part.numbered}
    narrow = numbered & NARROWER
    floors = {part.kind for part in parts if part.ordinal}
    named = {part.kind for part in parts if part.kind not in NARROWER and part.kind != HOME}
    lives_there = any(part.kind == HOME for part in parts)
    return (
        any(part.whole for part in parts)
        or bool(narrow and (named or len(numbered | floors) > 1))
        or (lives_there and bool(narrow - {"floor"}))
        or (lives_there and (len(named) > 1 or bool(named and (floors or narrow))))
        or _follow_each_other(words, parts)
    )


def _follow_each_other(words: _Words, parts: Sequence[_Part]) -> bool:
    """Three parts of different kinds in a row, as on an envelope."""
    row: list[_Part] = []
    for part in parts:
        if part.kind == HOME or words.word(part.first) in AMBIGUOUS:
            row = []
            continue
        if row and any(words.word(place) in RELATIONS for place in range(row[-1].last, part.first)):
            row = []
        if row and part.first - row[-1].last > 2:
            row = []
        row.append(part)
        if len({each.kind for each in row}) > 2:
            return True
    return False
