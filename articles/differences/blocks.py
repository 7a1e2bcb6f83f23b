"""A rich text as a row of blocks, each with its words and the elements it stands in."""

import re
from collections.abc import Sequence
from functools import cached_property
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

# Elements within a line; all others begin a block of their own.
_INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "s", "span", "strong", "sub", "sup"}
_VOID = {"hr", "img", "embed", "source", "input", "col"}
# Blocks that are shown even when nothing is written in them.
_LEAVES = {"p", "h2", "h3", "h4", "li", "td", "th", "figcaption"}
# What these say is in their attributes.
_OBJECTS = {"figure", *_VOID}
# What frames a paragraph says more of it than that it is one.
_PLAIN = {"p", "div"}

# Marks that stand over and under letters, and joiners, belong to their word.
_MARKS = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08ff\u200c\u200d"
)
_TOKEN = re.compile(rf"[\w{_MARKS}]+|\s+|.", re.DOTALL)
_WORD = re.compile(rf"[\w{_MARKS}]*\w[\w{_MARKS}]*")


class Token(NamedTuple):
    """A word with its marks, a sign, or the white space between two of them.

    `marks` are the inline elements around it, as opening tags without their brackets.
    """

    text: str
    marks: frozenset[str] = frozenset()


# A text with the inline elements around it, as opening tags without their brackets.
Piece = tuple[str, frozenset[str]]


class Block:
    """A paragraph, heading, list item, table cell, caption or picture.

    `frame` are the elements it stands in, the outermost first, as opening tags without brackets;
    `pieces` are its text. They are taken apart into tokens only where those are asked for: most
    blocks of two revisions are equal.
    """

    def __init__(self, frame: tuple[str, ...], pieces: Sequence[Piece]) -> None:
        self.frame = frame
        self.pieces = tuple(pieces)

    @property
    def kind(self) -> str:
        """The name of the innermost element that says what the block is; `p` when in doubt."""
        names = [each.partition(" ")[0] for each in self.frame]
        telling = [name for name in names if name not in _PLAIN]
        return telling[-1] if telling else "p"

    @cached_property
    def text(self) -> str:
        return "".join(text for text, _marks in self.pieces)

    @cached_property
    def tokens(self) -> list[Token]:
        return _tokens_of_pieces(self.text, self.pieces)

    @property
    def identity(self) -> tuple[object, ...]:
        """Two blocks of one identity read and look the same."""
        return (self.frame, self.pieces)


def tokens_of(text: str, marks: frozenset[str] = frozenset()) -> list[Token]:
    """The words, signs and blanks of a plain text; joined again they are the text."""
    return [Token(each, marks) for each in _TOKEN.findall(text)]


def words_of(text: str) -> list[str]:
    """The words among the tokens of a plain text."""
    return _WORD.findall(text)


def blocks_of(source: str) -> list[Block]:
    """The blocks of a rich text, in its order."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._frame: list[tuple[str, str]] = []
        self._marks: list[tuple[str, str]] = []
        self._pieces: list[Piece] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        elif tag in _INLINE:
            self._marks.append((tag, _as_written(tag, attrs)))
        else:
            self._begin(tag, attrs)

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_block()
        if tag in _OBJECTS:
            self._emit([_as_written(tag, attrs)], [])
        if tag not in _VOID:
            # What an object says stands once, in its own block, and not over its caption again.
            self._frame.append((tag, tag if tag in _OBJECTS else _as_written(tag, attrs)))
            self._is_open = True

    def handle_endtag(self, tag: str) -> None:
        stack = self._marks if tag in _INLINE else self._frame
        if tag in _VOID or not any(name == tag for name, _written in stack):
            return
        if stack is self._frame:
            self.end_block(may_be_empty=self._is_open and tag in _LEAVES)
        while stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._pieces.append((data, frozenset(written for _tag, written in self._marks)))

    def end_block(self, *, may_be_empty: bool = False) -> None:
        """Make a block of what was read since the last one ended."""
        pieces = _stripped(self._pieces)
        if pieces or may_be_empty:
            self._emit([], pieces)
        self._pieces = []
        self._is_open = False

    def _emit(self, own: list[str], pieces: list[Piece]) -> None:
        frame = (*(written for _tag, written in self._frame), *own)
        self.blocks.append(Block(frame, pieces))


def _as_written(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    # The sanitiser gives every link the same `rel`.
    told = sorted((name, value or "") for name, value in attrs if name != "rel")
    return " ".join([tag, *(f'{name}="{value}"' for name, value in told)])


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """The text without blanks at its ends, each piece as long as its elements are the same."""
    if len(pieces) == 1:
        text = pieces[0][0].strip()
        return [(text, pieces[0][1])] if text else []
    joined = [
        ("".join(text for text, _marks in group), marks)
        for marks, group in groupby(pieces, key=itemgetter(1))
    ]
    while joined and not joined[0][0].strip():
        del joined[0]
    while joined and not joined[-1][0].strip():
        del joined[-1]
    if joined:
        joined[0] = (joined[0][0].lstrip(), joined[0][1])
        joined[-1] = (joined[-1][0].rstrip(), joined[-1][1])
    return joined


def _tokens_of_pieces(text: str, pieces: Sequence[Piece]) -> list[Token]:
    """The tokens of a block: a word that is partly bold is one word still."""
    if len(pieces) == 1:
        return tokens_of(*pieces[0])
    tokens: list[Token] = []
    number, end = -1, 0
    for match in _TOKEN.finditer(text):
        while end <= match.start():
            number += 1
            end += len(pieces[number][0])
        marks = pieces[number][1]
        while end < match.end():
            number += 1
            end += len(pieces[number][0])
            marks |= pieces[number][1]
        tokens.append(Token(match.group(), marks))
    return tokens
