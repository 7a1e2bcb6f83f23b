"""A bound on how deep elements lie in each other, before the text is parsed.

Parsers that follow the standard look through all open elements at each block: a text of nothing
but opened lists takes them time that grows with its square. In the same way they multiply a stress
that is never closed.
"""

import re

DEEPEST = 60
# These are opened again in each paragraph that follows until they are closed.
DEEPEST_FORMAT = 10
# What closes itself, or need not be closed: an unclosed one does not lie around what follows.
_NOT_COUNTED = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr", "p", "li", "dd", "dt", "option", "optgroup", "rp", "rt"),
    *("tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"),
}
_FORMAT = {
    *("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"),
    *("tt", "u"),
}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)(?:[^<>]*>)?")


def flattened(source: str) -> str:
    """The text without the tags of elements that lie deeper than `DEEPEST`."""
    depths = {True: 0, False: 0}

    def within(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _NOT_COUNTED or tag[0].endswith("/>"):
            return tag[0]
        is_format = name in _FORMAT
        depth, deepest = depths[is_format], DEEPEST_FORMAT if is_format else DEEPEST
        depths[is_format] = max(0, depth - 1) if tag[1] else depth + 1
        is_deep = depth > deepest or (depth == deepest and not tag[1])
        # A blank, so that what stands around it does not make a new tag.
        return " " if is_deep else tag[0]

    return _TAG.sub(within, source)
