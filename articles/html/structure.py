"""Which element may lie in which, so that a text means the same to the editor and to readers."""

import re
from collections.abc import Callable
from typing import TypeGuard

from articles.html.tables import in_order, paragraphs
from articles.html.tree import BLOCKS, Content, Element
from articles.html.vocabulary import PULL_QUOTE, VIDEO_CARD, value

_RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_LINES = {"h2", "h3", "figcaption", "caption"}
# In another place their text stands in paragraphs; a `div` is nothing else anywhere.
_PARENTS: dict[str, set[str]] = {"div": set(), "li": {"ul", "ol"}, "figcaption": {"figure"}}
_BLANKS = re.compile(r"\s{2,}")


def placed(element: Element, around: tuple[str, ...]) -> Content:
    """What stands in the place of an element whose own content is placed already."""
    element.tag = _RENAMED.get(element.tag, element.tag)
    element.children = [
        _single_blanks(each) if isinstance(each, str) else each for each in element.children
    ]
    if element.tag in _LINES:
        element.children = in_one_line(element.children)
    if element.tag == "table":
        return in_order(element, is_nested="table" in around)
    if around[-1] not in _PARENTS.get(element.tag, {around[-1]}):
        return paragraphs(element)
    return _RULES.get(element.tag, _as_it_is)(element)


def in_one_line(children: Content) -> Content:
    """The content without its blocks, a blank between them."""
    line: Content = []
    for child in children:
        if isinstance(child, str) or child.tag not in BLOCKS:
            line.append(child)
        else:
            line += [" ", *in_one_line(child.children), " "]
    return line


def _is_a(child: Element | str, *tags: str) -> TypeGuard[Element]:
    return isinstance(child, Element) and child.tag in tags


def _single_blanks(text: str) -> str:
    """The text with one blank for a run of blanks that do not break lines."""
    return _BLANKS.sub(lambda run: " " if "\xa0" in run[0] else run[0], text)


def _as_it_is(element: Element) -> Content:
    return [element]


def _mark(mark: Element) -> Content:
    """Without the mark when it is a link that leads nowhere, or a stress on nothing."""
    leads = mark.tag != "a" or "href" in mark.attributes
    return [mark] if leads and (mark.elements or mark.text.strip()) else mark.children


def _list(list_: Element) -> Content:
    """A list of items: a list that lies beside them belongs to the one before it."""
    items: Content = []
    last: Element | None = None
    for child in list_.children:
        if isinstance(child, str) and not child.strip():
            items.append(child)
        elif _is_a(child, "ul", "ol") and last:
            last.children.append(child)
        else:
            last = child if _is_a(child, "li") else Element("li", children=[child])
            items.append(last)
    list_.children = items
    return [list_]


def _quote(quote: Element) -> Content:
    is_pulled = PULL_QUOTE in quote.attributes.pop("class", "").split()
    if not is_pulled:
        return [quote]
    quote.attributes["class"] = PULL_QUOTE
    quote.children = [
        part
        for child in quote.children
        for part in (child.children if _is_a(child, "blockquote") else [child])
    ]
    return [quote]


def _figure(figure: Element) -> Content:
    """A picture of the archive, or a card that leads to a video; or else what was in it."""
    key = value("figure", "data-picture", figure.attributes.get("data-picture", ""))
    if key:
        return _picture(key, figure)
    if VIDEO_CARD in figure.attributes.get("class", "").split():
        link = _only_link(figure)
        if link is not None:
            return [Element("figure", {"class": VIDEO_CARD}, [link])]
    return _with_captions_as_text(figure.children)


def _picture(key: str, figure: Element) -> Content:
    """The picture with its caption; what else lay in the figure follows it."""
    captions = [each for each in figure.elements if each.tag == "figcaption"][:1]
    rest = [
        each
        for each in figure.children
        if each not in captions and not (isinstance(each, str) and not each.strip())
    ]
    kept: Content = [each for each in captions if not each.is_empty]
    return [Element("figure", {"data-picture": key}, kept), *_with_captions_as_text(rest)]


def _with_captions_as_text(children: Content) -> Content:
    return [
        part
        for child in children
        for part in (paragraphs(child) if _is_a(child, "figcaption") else [child])
    ]


def _only_link(figure: Element) -> Element | None:
    """The link that a card consists of, with its title in plain text."""
    links = [each for each in figure.descendants() if each.tag == "a"]
    if len(links) != 1 or not links[0].text.strip() or figure.text.strip() != links[0].text.strip():
        return None
    address = links[0].attributes.get("href", "")
    if not address.lower().startswith(("https://", "http://")):
        return None
    return Element("a", {"href": address}, [" ".join(links[0].text.split())])


_RULES: dict[str, Callable[[Element], Content]] = {
    **dict.fromkeys(["strong", "em", "s", "a"], _mark),
    **dict.fromkeys(["ul", "ol"], _list),
    "blockquote": _quote,
    "figure": _figure,
}
