"""The tree of a text that the sanitiser has written once: read, and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

VOID = {"br", "hr"}
BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "ul", "ol", "li", "blockquote", "hr"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "figure", "figcaption"),
}
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')

Content = list["Element | str"]


@dataclass(slots=True, eq=False)
class Element:
    """An element with its attributes, and its children: text and elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: Content = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def has_blocks(self) -> bool:
        return any(each.tag in BLOCKS or each.has_blocks for each in self.elements)

    @property
    def text(self) -> str:
        return "".join(
            child if isinstance(child, str) else child.text or " " * (child.tag in VOID)
            for child in self.children
        )

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing: no text but white space, no rule, no picture."""
        shows = {"hr", "figure", "table"}
        return not self.text.strip() and not any(each.tag in shows for each in self.descendants())

    def descendants(self) -> Iterator[Element]:
        waiting = self.elements[::-1]
        while waiting:
            each = waiting.pop()
            yield each
            waiting += each.elements[::-1]


Rule = Callable[[Element, tuple[str, ...]], Content]


def read(source: str) -> Element:
    """The tree of HTML as nh3 writes it, under an element of no meaning.

    nh3 closes every element, writes attributes in one way only, and escapes every other `<`.
    """
    opened = [Element("body")]
    for end, tag, attributes, text in _TOKEN.findall(source):
        if text:
            opened[-1].children.append(unescape(text))
        elif end:
            opened.pop()
        else:
            pairs = _ATTRIBUTE.findall(attributes) if attributes else ()
            element = Element(tag, {name: unescape(value) for name, value in pairs})
            opened[-1].children.append(element)
            if tag not in VOID:
                opened.append(element)
    return opened[0]


def write(element: Element) -> str:
    """The HTML of what is in an element."""
    return "".join(
        escape(child, quote=False) if isinstance(child, str) else _written(child)
        for child in element.children
    )


def _written(element: Element) -> str:
    attributes = "".join(f' {name}="{escape(v)}"' for name, v in element.attributes.items())
    if element.tag in VOID:
        return f"<{element.tag}{attributes}>"
    return f"<{element.tag}{attributes}>{write(element)}</{element.tag}>"


def change(element: Element, rule: Rule) -> None:
    """Put in place of each element, the innermost first, what `rule` makes of it.

    The rule is told the tags of the elements around it, the outermost first.
    """
    _change(element, rule, ())


def _change(element: Element, rule: Rule, around: tuple[str, ...]) -> None:
    if all(isinstance(child, str) for child in element.children):
        return
    within = (*around, element.tag)
    changed: Content = []
    for child in element.children:
        if isinstance(child, str):
            changed.append(child)
        else:
            _change(child, rule, within)
            changed += rule(child, within)
    element.children = changed
