"""The words of a folded text, those written letter by letter or stretched among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal, NamedTuple

from articles.arabic.folding import ARABIC_LETTERS

# In Latin-letter Arabic an apostrophe after these digits belongs to the letter: 3' is غ.
_TOKEN = re.compile(
    rf"[{ARABIC_LETTERS}]+"
    rf"|[^\W_{ARABIC_LETTERS}]+(?:(?<=[3679])['’‘`][^\W_{ARABIC_LETTERS}]*)*"
)
_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
_WHITE_SPACE = re.compile(r"\s")
_SIGN = re.compile(r"[^\w\s]|_")
# What parts letters within a word, but neither words of a hashtag nor sentences.
_ONLY_WITHIN_WORDS = re.compile(r"[*~^+=|#•·]+")
_END_OF_PHRASE = re.compile(r"[.,،;؛:!?؟…۔]")
# Three of a letter or more are emphasis; alef is never doubled in proper spelling.
_STRETCHED = re.compile(r"(.)\1{2,}|اا")
_TIGHT_WIDTH, _LOOSE_WIDTH, _LOOSE_SIGNS = 3, 5, 3
_FEWEST_LETTERS = 3
_MOST_STRETCHES = 3


@dataclass(frozen=True, slots=True)
class Word:
    """Something to be read as one word: places in the folded text, and the next token's number."""

    text: str
    start: int
    end: int
    following: int


class _Gap(NamedTuple):
    """What stands between two tokens; short enough for letters of one word, it is of a kind."""

    text: str
    kind: Literal["tight", "loose"] | None


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters."""
    return _ARABIC.match(word) is not None


def readings(text: str) -> list[list[Word]]:
    """For each token of a folded text the words that begin with it: itself, then joined ones."""
    tokens = [
        Word(match[0], match.start(), match.end(), number + 1)
        for number, match in enumerate(_TOKEN.finditer(text))
    ]
    gaps = [_gap(text[one.end : other.start]) for one, other in pairwise(tokens)]
    found = [[token] for token in tokens]
    for first, last in (*_spelled_out(tokens, gaps), *_broken_up(tokens, gaps)):
        joined = "".join(token.text for token in tokens[first : last + 1])
        found[first].append(Word(joined, tokens[first].start, tokens[last].end, last + 1))
    return found


def goes_on(gap: str) -> bool:
    """Whether a phrase may continue over what stands between two of its words."""
    if _WHITE_SPACE.search(gap):
        return not _END_OF_PHRASE.search(gap) and gap.count("\n") < 2 and _signs(gap) <= 2
    return len(gap) <= _TIGHT_WIDTH


def unstretched(word: str) -> list[str]:
    """What a word with letters repeated for emphasis may stand for, the shortest first.

    A letter repeated three times or more stands for one or two: اللللله is الله.
    """
    pieces: list[tuple[str, ...]] = []
    end = 0
    for match in _STRETCHED.finditer(word):
        pieces.append((word[end : match.start()],))
        pieces.append((match[0][0], match[0][0] * 2))
        end = match.end()
    if not pieces:
        return [word]
    pieces.append((word[end:],))
    if len(pieces) // 2 > _MOST_STRETCHES:
        return ["".join(each[0] for each in pieces), "".join(each[-1] for each in pieces)]
    return ["".join(each) for each in product(*pieces)]


def _spelled_out(tokens: list[Word], gaps: list[_Gap]) -> Iterator[tuple[int, int]]:
    """First and last of each row of three single letters or more, parted in the same way.

    A wider gap within the row parts words: `ا ن ت   ك ل ب`.
    """
    first = 0
    while first < len(gaps):
        last = first
        while last < len(gaps) and _continues(tokens, gaps, first, last):
            last += 1
        if last > first:
            yield from _parted_by_width(gaps, *_of_its_own(gaps, first, last))
        # A row that ended where the kind of gap changed shares its last letter with the next.
        first = max(last, first + 1)


def _continues(tokens: list[Word], gaps: list[_Gap], first: int, last: int) -> bool:
    if len(tokens[last].text) > 1 or len(tokens[last + 1].text) > 1:
        return False
    return gaps[last].kind is not None and gaps[last].kind == gaps[first].kind


def _of_its_own(gaps: list[_Gap], first: int, last: int) -> tuple[int, int]:
    """A row without the letters at its ends that a sign ties to others: `و ك.ل.ب`."""
    if gaps[first].kind == "loose":
        if first and gaps[first - 1].kind == "tight":
            first += 1
        if last < len(gaps) and gaps[last].kind == "tight":
            last -= 1
    return first, last


def _parted_by_width(gaps: list[_Gap], first: int, last: int) -> Iterator[tuple[int, int]]:
    widths = {place: len(gaps[place].text) for place in range(first, last)}
    narrow = min(widths.values(), default=0)
    cuts = [place for place, width in widths.items() if width > narrow]
    for start, end in pairwise([first - 1, *cuts, last]):
        if end - start >= _FEWEST_LETTERS:
            yield start + 1, end


def _broken_up(tokens: list[Word], gaps: list[_Gap]) -> Iterator[tuple[int, int]]:
    """First and last of each chain like `ك*لب`: no white space, and a sign within a word.

    A full stop, comma, hyphen or underscore also stands between words, so it counts only next
    to a single letter somewhere in the chain.
    """
    first = 0
    while first < len(gaps):
        last = first
        while last < len(gaps) and gaps[last].kind == "tight":
            last += 1
        if last > first and _is_one_word(tokens[first : last + 1], gaps[first:last]):
            yield first, last
        first = last + 1


def _is_one_word(tokens: list[Word], gaps: list[_Gap]) -> bool:
    sizes = [len(token.text) for token in tokens]
    within = all(_ONLY_WITHIN_WORDS.fullmatch(gap.text) for gap in gaps)
    return max(sizes) > 1 and (within or min(sizes) == 1)


def _gap(text: str) -> _Gap:
    if text == " ":
        return _Gap(text, "loose")
    if not text or len(text) > _LOOSE_WIDTH:
        return _Gap(text, None)
    if not _WHITE_SPACE.search(text):
        return _Gap(text, "tight" if len(text) <= _TIGHT_WIDTH else None)
    return _Gap(text, "loose" if _signs(text) <= _LOOSE_SIGNS else None)


def _signs(gap: str) -> int:
    return len(_SIGN.findall(gap))
