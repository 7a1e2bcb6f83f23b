"""How the difference between two revisions is told in words."""

import re
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django import template
from django.utils.translation import gettext, pgettext

from articles.differences import Block, BlockDifference

register = template.Library()

_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


# So many paragraphs a page shows in a moment; of a stretch that did not change, fewer will do.
MOST_SHOWN = 2_000
_MOST_UNCHANGED = 100


class Passage(NamedTuple):
    """Blocks that stand together; those that did not change are folded away.

    `left_out` is how many more there are than are shown.
    """

    is_folded: bool
    blocks: list[BlockDifference]
    left_out: int

    @property
    def length(self) -> int:
        return len(self.blocks) + self.left_out


@register.filter
def passages(blocks: list[BlockDifference]) -> list[Passage]:
    """The blocks around changes are shown, the first and last of a stretch that is equal too."""
    found: list[Passage] = []
    room, rest = MOST_SHOWN, 0
    for is_folded, group in groupby(zip(_folded(blocks), blocks, strict=True), itemgetter(0)):
        passage = [block for _is_folded, block in group]
        shown = passage[: min(room, _MOST_UNCHANGED) if is_folded else room]
        room -= len(shown)
        if shown:
            found.append(Passage(is_folded, shown, len(passage) - len(shown)))
        else:
            rest += len(passage)
    return [*found, Passage(False, [], rest)] if rest else found


def _folded(blocks: list[BlockDifference]) -> list[bool]:
    """Of each block, whether neither it nor a neighbour changed."""
    stays = [True, *(block.kind == "equal" for block in blocks), True]
    return [all(around) for around in zip(stays, stays[1:], stays[2:], strict=False)]


@register.filter
def block_name(block: Block) -> str:
    """What kind of block it is; nothing for a plain paragraph."""
    names = {
        "h2": gettext("heading"),
        "h3": gettext("subheading"),
        "li": gettext("list item"),
        "blockquote": gettext("quote"),
        "td": gettext("table cell"),
        "th": gettext("table heading"),
        "figure": gettext("picture"),
        "figcaption": gettext("caption"),
        "hr": gettext("dividing line"),
        "p": "",
    }
    if 'class="pull-quote"' in " ".join(block.frame):
        return gettext("pull quote")
    return names.get(block.kind, block.kind)


@register.filter
def block_object(block: Block) -> str:
    """What a picture or the like is of, as far as its element says it."""
    return "" if block.text else element_name(block.frame[-1]) if block.frame else ""


@register.filter
def frame_change(difference: BlockDifference) -> tuple[str, str]:
    """What a block was and became, where that alone changed."""
    before, after = difference.before, difference.after
    assert before is not None and after is not None
    names = tuple(block_name(each) or gettext("paragraph") for each in (before, after))
    if names[0] != names[1]:
        return names[0], names[1]
    told = [
        " · ".join(element_name(each) for each in one.frame if each not in other.frame)
        for one, other in ((before, after), (after, before))
    ]
    return told[0] or names[0], told[1] or names[1]


@register.filter
def element_name(written: str) -> str:
    """An element in words: `strong` is bold, `a href="…"` the address of a link."""
    tag, _blank, rest = written.partition(" ")
    attributes = dict(_ATTRIBUTE.findall(rest))
    if tag == "a":
        return gettext("link to %s") % attributes.get("href", "")
    if "data-picture" in attributes:
        return gettext("picture %s") % attributes["data-picture"]
    if "dir" in attributes:
        rightward = attributes["dir"] == "ltr"
        return gettext("from left to right") if rightward else gettext("from right to left")
    names = {
        "strong": gettext("bold"),
        "em": gettext("italic"),
        "s": pgettext("text", "struck out"),
        "ul": gettext("list"),
        "ol": gettext("numbered list"),
        "blockquote": gettext("quote"),
        "p": gettext("paragraph"),
    }
    return names.get(tag, written)


@register.filter
def formatting(elements: tuple[str, ...]) -> str:
    """Inline elements in words; `plain` for none."""
    return "، ".join(element_name(each) for each in elements) or gettext("plain")
