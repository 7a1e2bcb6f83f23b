"""What two long rows have in common, in order and fast.

`difflib` alone takes minutes for twenty thousand words, or leaves out the frequent ones and with
them whole passages. So what stands once in each row is matched first (Bram Cohen's patience
difference, here over groups of neighbours), and `difflib` compares what lies between.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

Pair = tuple[int, int]

# Neighbours that are looked up together: longer groups are rarer, shorter ones find more.
_GROUPS = (5, 3, 1)
# `difflib` compares rows of which the lengths multiplied are at most this.
_SMALL = 40_000


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Places of equal elements in both rows, each place once and both in rising order."""
    return list(_common(old, new, 0, 0, _GROUPS))


def stretches(places: list[Pair]) -> Iterator[tuple[int, int, int]]:
    """Places that follow one another in both rows: where each begins, and how long it is."""
    numbered = enumerate(places)
    for _key, group in groupby(
        numbered, key=lambda each: (each[1][0] - each[0], each[1][1] - each[0])
    ):
        found = [place for _number, place in group]
        yield (*found[0], len(found))


def _common(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    old_from: int,
    new_from: int,
    groups: tuple[int, ...],
) -> Iterator[Pair]:
    """The places, counted from where these parts begin in the whole rows."""
    start = _same_at_the_start(old, new)
    end = _same_at_the_start(old[start:][::-1], new[start:][::-1])
    yield from ((old_from + each, new_from + each) for each in range(start))
    old_end, new_end = len(old) - end, len(new) - end
    between = _between(old[start:old_end], new[start:new_end], groups)
    yield from ((old_from + start + one, new_from + start + other) for one, other in between)
    yield from ((old_from + old_end + each, new_from + new_end + each) for each in range(end))


def _same_at_the_start(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _between(
    old: Sequence[Hashable], new: Sequence[Hashable], groups: tuple[int, ...]
) -> Iterator[Pair]:
    if set(old).isdisjoint(new):
        return
    if len(old) * len(new) <= _SMALL:
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            yield from ((block.a + each, block.b + each) for each in range(block.size))
    elif groups:
        old_from = new_from = 0
        for one, other in (*_rising(_once_in_each(old, new, groups[0])), (len(old), len(new))):
            yield from _common(
                old[old_from:one], new[new_from:other], old_from, new_from, groups[1:]
            )
            if one < len(old):
                yield one, other
            old_from, new_from = one + 1, other + 1


def _once_in_each(old: Sequence[Hashable], new: Sequence[Hashable], size: int) -> list[Pair]:
    """Where a group of neighbours begins that stands once in each row, in the old row's order."""
    before, after = _groups(old, size), _groups(new, size)
    count = Counter(after)
    places = {group: place for place, group in enumerate(after) if count[group] == 1}
    once = Counter(before)
    return [
        (place, places[group])
        for place, group in enumerate(before)
        if once[group] == 1 and group in places
    ]


def _groups(row: Sequence[Hashable], size: int) -> list[tuple[Hashable, ...]]:
    return list(zip(*(row[start:] for start in range(size)), strict=False))


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The longest choice of these pairs, rising on the left, that rises on the right as well."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_one, other) in enumerate(pairs):
        place = bisect_left(ends, other)
        before.append(last[place - 1] if place else None)
        ends[place : place + 1] = [other]
        last[place : place + 1] = [number]
    chosen: list[Pair] = []
    number_: int | None = last[-1] if last else None
    while number_ is not None:
        chosen.append(pairs[number_])
        number_ = before[number_]
    return chosen[::-1]
