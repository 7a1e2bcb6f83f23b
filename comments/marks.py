"""A text in pieces, with those marked that a rule has found something in. A leaf."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text, and why they are marked."""

    start: int
    end: int
    title: str


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `title` says why it is marked, and is empty where it is not."""

    text: str
    title: str = ""


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The whole text, cut where marks begin and end; where spans overlap, a piece has both titles.

    Spans beyond the text's ends are cut; what is left of them is marked.
    """
    inside = [span for span in spans if 0 <= span.start < min(span.end, len(text))]
    edges = {0, len(text), *(span.start for span in inside)}
    edges |= {min(span.end, len(text)) for span in inside}
    pieces = [
        Piece(text[start:end], _titles(inside, start, end))
        for start, end in pairwise(sorted(edges))
    ]
    return [
        Piece("".join(piece.text for piece in alike), title)
        for title, alike in groupby(pieces, key=lambda piece: piece.title)
    ]


def _titles(spans: list[Span], start: int, end: int) -> str:
    titles = [span.title for span in spans if span.start <= start and end <= span.end]
    return " · ".join(dict.fromkeys(titles))
