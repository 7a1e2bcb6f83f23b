"""The difference between two rows of words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.differences.blocks import Token
from articles.differences.matching import common, stretches


class RunKind(StrEnum):
    EQUAL = "equal"
    ADDED = "added"
    REMOVED = "removed"
    # The same words with other inline elements around them: bold, another link.
    REFORMATTED = "reformatted"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row of which the same is to be said.

    `lost` and `gained` are the inline elements of reformatted words, as opening tags without
    brackets.
    """

    kind: RunKind
    text: str
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


def run_of(text: str, kind: RunKind) -> list[Run]:
    """A text as one run; none for none."""
    return [Run(kind, text)] if text else []


def compare_words(old: Sequence[Token], new: Sequence[Token]) -> list[Run]:
    """What was removed and added between two texts.

    The equal, reformatted and removed runs joined are the old text; the equal, reformatted and
    added ones are the new text.
    """
    return list(_joined(_in_reading_order(_steps(old, new))))


def _steps(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Run]:
    """What was removed, added and stayed, as it is found."""
    old_from = new_from = 0
    places = common([token.text for token in old], [token.text for token in new])
    for one, other, length in (*stretches(places), (len(old), len(new), 0)):
        yield from run_of(_text_of(old[old_from:one]), RunKind.REMOVED)
        yield from run_of(_text_of(new[new_from:other]), RunKind.ADDED)
        old_from, new_from = one + length, other + length
        yield from _same_words(old[one:old_from], new[other:new_from])


def _same_words(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Run]:
    """Words that stayed: one run, unless some of them look different."""
    if old == new:
        yield from run_of(_text_of(new), RunKind.EQUAL)
        return
    for before, after in zip(old, new, strict=True):
        lost, gained = before.marks - after.marks, after.marks - before.marks
        kind = RunKind.REFORMATTED if lost or gained else RunKind.EQUAL
        yield Run(kind, after.text, tuple(sorted(lost)), tuple(sorted(gained)))


def _text_of(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens)


def _in_reading_order(steps: Iterator[Run]) -> Iterator[Run]:
    """Between words that stayed: all that was removed, then all that was added.

    A blank that stayed between two changed words is removed and added with them, so that a
    sentence that was replaced reads as one.
    """
    removed: list[str] = []
    added: list[str] = []
    blank: Run | None = None
    for run in steps:
        if run.kind in (RunKind.REMOVED, RunKind.ADDED):
            if blank is not None:
                removed.append(blank.text)
                added.append(blank.text)
                blank = None
            (removed if run.kind == RunKind.REMOVED else added).append(run.text)
        elif removed and added and blank is None and run.text == " ":
            blank = run
        else:
            yield from _change(removed, added)
            removed, added = [], []
            if blank is not None:
                yield blank
                blank = None
            yield run
    yield from _change(removed, added)
    if blank is not None:
        yield blank


def _change(removed: list[str], added: list[str]) -> Iterator[Run]:
    if removed:
        yield Run(RunKind.REMOVED, "".join(removed))
    if added:
        yield Run(RunKind.ADDED, "".join(added))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of which the same is said, as one run."""
    texts: list[str] = []
    last: Run | None = None
    for run in runs:
        if last is not None and _say_the_same(last, run):
            texts.append(run.text)
            continue
        if last is not None:
            yield Run(last.kind, "".join(texts), last.lost, last.gained)
        last, texts = run, [run.text]
    if last is not None:
        yield Run(last.kind, "".join(texts), last.lost, last.gained)


def _say_the_same(one: Run, other: Run) -> bool:
    return (one.kind, one.lost, one.gained) == (other.kind, other.lost, other.gained)
