"""The words of a search marked in a text, in the spelling in which they stand there.

PostgreSQL's own `ts_headline` reads one spelling only. Here it says which words have the stem of
one that was asked for; where they stand is told by `articles.arabic.fold`.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from django.db import connection

from articles.arabic import fold, lighten
from articles.search.asked import Asked, with_particles, words_of

# In characters: a passage, and what of it stands before its first found word.
PASSAGE_LENGTH = 220
_LEAD = 50
_CUT = "…"
_WORD = re.compile(r"[^\W_]+")
# No blank is lost or made on the way into the spelling of the index: none lies within a word.
_BETWEEN_BLANKS = re.compile("[^ ]+")
# The words that a paper uses again and again.
_MOST_REMEMBERED = 1 << 15

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text as it stands there, and whether it is a word that was found."""

    text: str
    is_found: bool = False


class Marker:
    """Marks in texts the words that a search asks for; two queries, however many texts there are.

    `texts` are all those in which words will be marked.
    """

    def __init__(self, asked: Asked, texts: Iterable[str]) -> None:
        self._words = {text: _words_of(text) for text in texts}
        self._found = _found(asked, set(chain.from_iterable(self._words.values())))

    def mark(self, text: str) -> list[Piece]:
        """The whole text."""
        return _pieces(text, self._spans(text), 0, len(text))

    def passage(self, blocks: Iterable[str]) -> list[Piece]:
        """Of the first block with the most of the words, the part with the most; empty for none."""
        counted = ((len(self._found.intersection(self._words[block])), block) for block in blocks)
        most, block = max(counted, key=lambda each: each[0], default=(0, ""))
        if not most:
            return []
        spans = self._spans(block)
        start, end = _window(block, spans)
        before = [Piece(f"{_CUT} ")] if start else []
        after = [Piece(f" {_CUT}")] if end < len(block) else []
        return [*before, *_pieces(block, spans, start, end), *after]

    def _spans(self, text: str) -> list[Span]:
        return [
            (part.start() + start, part.start() + end)
            for part in _BETWEEN_BLANKS.finditer(text)
            if not self._found.isdisjoint(_words_between_blanks(part[0]))
            for start, end in self._spans_between_blanks(part[0])
        ]

    def _spans_between_blanks(self, part: str) -> list[Span]:
        folded = fold(part)
        return [
            folded.span(word.start(), word.end())
            for word in _WORD.finditer(folded.text)
            if lighten(word[0]) in self._found
        ]


def _words_of(text: str) -> set[str]:
    return set(chain.from_iterable(map(_words_between_blanks, set(text.split(" ")))))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _words_between_blanks(part: str) -> tuple[str, ...]:
    return tuple(words_of(part.casefold()))


def _found(asked: Asked, written: Collection[str]) -> set[str]:
    """Those of the written words that are found by what is asked."""
    stems = _stems([form for word in asked.words for form in with_particles(word)])
    beginnings = tuple(asked.beginnings)
    alike = [word for word in written if any(stem in word for stem in stems)]
    return {word for word in written if word.startswith(beginnings)} | _with_stems(alike, stems)


def _stems(words: Sequence[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(to_tsvector('arabic', %s))",
            [" ".join(words).replace("-", " ")],
        )
        return list(cursor.fetchone()[0])


def _with_stems(words: Sequence[str], stems: Sequence[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word"
            " WHERE ts_lexize('arabic_stem', word) && %s::text[]",
            [list(words), list(stems)],
        )
        return {word for (word,) in cursor.fetchall()}


def _window(text: str, spans: Sequence[Span]) -> Span:
    """Where the passage begins and ends that holds the most of the spans, cut between words."""
    starts = [start for start, _end in spans]
    room = PASSAGE_LENGTH - _LEAD
    held = [bisect_left(starts, start + room) - n for n, start in enumerate(starts)]
    first, last = spans[held.index(max(held))]
    start = max(first - _LEAD, 0)
    start = text.find(" ", start, first) + 1 or first if start else 0
    end = start + PASSAGE_LENGTH
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", last, end), last)


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> list[Piece]:
    pieces, here = [], start
    for first, last in spans:
        if here <= first and last <= end:
            pieces += [Piece(text[here:first]), Piece(text[first:last], is_found=True)]
            here = last
    pieces.append(Piece(text[here:end]))
    return [piece for piece in pieces if piece.text]
