"""The difference between two texts: blocks are aligned first, then words within changed blocks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.differences.blocks import Block, blocks_of, words_of
from articles.differences.matching import common
from articles.differences.words import Run, RunKind, compare_words, run_of

# Blocks that share so much of their words are one block that was changed.
_ALIKE = 0.4
# So many pairs of blocks are looked at where a passage was changed throughout.
_MOST_PAIRS = 4000
_FEWEST_LOOKED_AT = 8


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """What became of one block: `before` is None for a new one, `after` for one that is gone."""

    before: Block | None
    after: Block | None
    runs: list[Run]

    @property
    def block(self) -> Block:
        """The block as it is now, or was last."""
        block = self.after or self.before
        assert block is not None
        return block

    @property
    def kind(self) -> str:
        """`equal`, `added`, `removed`, `changed`, or `reformatted` with the words as they were."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        kinds = {run.kind for run in self.runs}
        if kinds & {RunKind.ADDED, RunKind.REMOVED}:
            return "changed"
        if RunKind.REFORMATTED in kinds or self.has_another_frame:
            return "reformatted"
        return "equal"

    @property
    def has_another_frame(self) -> bool:
        """Whether it became another kind of block, or another picture."""
        return bool(self.before and self.after and self.before.frame != self.after.frame)


def compare_rich(old: str, new: str) -> list[BlockDifference]:
    """What changed between two rich texts, block by block in reading order."""
    return list(_compare_blocks(_blocks_of(old), _blocks_of(new)))


# In a list of revisions each text is compared with the one before and the one after it.
_blocks_of = lru_cache(maxsize=8)(blocks_of)


def compare_plain(old: str, new: str) -> list[BlockDifference]:
    """What changed between two plain texts; nothing at all where both are empty."""
    before, after = (Block((), [(text, frozenset())]) if text else None for text in (old, new))
    if before is None and after is None:
        return []
    return [_difference(before, after)]


def words_changed(differences: Sequence[BlockDifference]) -> tuple[int, int]:
    """How many words were added, and how many removed."""
    count = {RunKind.ADDED: 0, RunKind.REMOVED: 0}
    for each in differences:
        for run in each.runs:
            if run.kind in count:
                count[run.kind] += len(words_of(run.text))
    return count[RunKind.ADDED], count[RunKind.REMOVED]


def _difference(before: Block | None, after: Block | None) -> BlockDifference:
    if before is None or after is None:
        kind = RunKind.ADDED if before is None else RunKind.REMOVED
        block = before or after
        return BlockDifference(before, after, run_of(block.text, kind) if block else [])
    return BlockDifference(before, after, compare_words(before.tokens, after.tokens))


def _compare_blocks(old: list[Block], new: list[Block]) -> Iterator[BlockDifference]:
    old_from = new_from = 0
    # Small numbers are compared and grouped faster than what they stand for.
    numbers: dict[tuple[object, ...], int] = {}
    rows = [[numbers.setdefault(each.identity, len(numbers)) for each in row] for row in (old, new)]
    for one, other in (*common(*rows), (len(old), len(new))):
        yield from _compare_passages(old[old_from:one], new[new_from:other])
        if one < len(old):
            yield BlockDifference(old[one], new[other], run_of(new[other].text, RunKind.EQUAL))
        old_from, new_from = one + 1, other + 1


def _compare_passages(old: list[Block], new: list[Block]) -> Iterator[BlockDifference]:
    """Each old block beside the new one most like it that comes next, if any is like it."""
    words = [Counter(words_of(block.text)) for block in new] if old else []
    looked_at = max(_FEWEST_LOOKED_AT, _MOST_PAIRS // (len(old) or 1))
    place = 0
    for block in old:
        candidates = range(place, min(len(new), place + looked_at))
        own = Counter(words_of(block.text))
        likeness, partner = max(
            ((_likeness(block, own, new[each], words[each]), -each) for each in candidates),
            default=(0.0, 0),
        )
        if likeness < _ALIKE:
            yield _difference(block, None)
            continue
        yield from (_difference(None, passed) for passed in new[place:-partner])
        yield _difference(block, new[-partner])
        place = 1 - partner
    yield from (_difference(None, rest) for rest in new[place:])


def _likeness(one: Block, words: Counter, other: Block, other_words: Counter) -> float:
    """From 0 to 1; what has no words is like its own kind, so that a picture is seen swapped."""
    total = words.total() + other_words.total()
    if not total:
        return float(one.kind == other.kind)
    shared = words.keys() & other_words.keys()
    return 2 * sum(min(words[each], other_words[each]) for each in shared) / total
