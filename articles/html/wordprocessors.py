"""What Word and Google Docs put on the clipboard, in plain elements.

They say with styles what elements are for, and put a whole sheet's settings on each paragraph.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from articles.html.tree import Content, Element, change

_SEMANTIC = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
_REPLACED = {*_SEMANTIC, "span"}
_WEIGHT = re.compile(r"font-weight:\s*(\w+)", re.IGNORECASE)
_SLANT = re.compile(r"font-style:\s*(\w+)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[\w-]*:[^;]*line-through", re.IGNORECASE)
_LIST_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_LIST_ITEM = re.compile(r"mso-list:\s*l\d", re.IGNORECASE)
_COUNTED = re.compile(r"^\W*\w{1,4}[.)\-]")
_BOLD_FROM = 600


def plain(root: Element) -> None:
    """Replace styles by the elements that mean the same."""
    if not any(map(_has_something_to_say, root.descendants())):
        return
    if any(map(_is_of_a_word_processor, root.descendants())):
        _make_lists(root)
        change(root, _without_sheet)
    change(root, _meaning)


def _has_something_to_say(element: Element) -> bool:
    attributes = element.attributes
    return element.tag in _REPLACED or not attributes.keys().isdisjoint(("style", "class", "id"))


def _is_of_a_word_processor(element: Element) -> bool:
    attributes = element.attributes
    return (
        attributes.get("class", "").startswith("Mso")
        or "mso-" in attributes.get("style", "")
        or attributes.get("id", "").startswith("docs-internal-guid")
    )


def _without_sheet(element: Element, _around: tuple[str, ...]) -> Content:
    """Without the sheet's direction, which is not the text's, and without spacing by lines."""
    element.attributes.pop("dir", None)
    if _LIST_MARKER.search(element.attributes.get("style", "")):
        return []
    if element.tag in {"p", "h1", "h2", "h3"} and element.is_empty:
        return []
    return [element]


def _meaning(element: Element, _around: tuple[str, ...]) -> Content:
    style = element.attributes.pop("style", "")
    element.tag = _SEMANTIC.get(element.tag, element.tag)
    marks = _marks(style)
    if element.tag in marks and not marks[element.tag]:
        return element.children
    if element.tag != "span":
        return [element]
    content = element.children
    for tag in (tag for tag, is_set in marks.items() if is_set):
        content = [Element(tag, children=content)]
    return content


def _marks(style: str) -> dict[str, bool]:
    """The elements that a style asks for, or asks not to have."""
    marks = {}
    if weight := _WEIGHT.search(style):
        heavy = weight[1].lower() in {"bold", "bolder"}
        marks["strong"] = heavy or (weight[1].isdecimal() and int(weight[1][:5]) >= _BOLD_FROM)
    if slant := _SLANT.search(style):
        marks["em"] = slant[1].lower() in {"italic", "oblique"}
    if _STRUCK.search(style):
        marks["s"] = True
    return marks


def _make_lists(element: Element) -> None:
    """Lists, of what Word writes as paragraphs that begin with a sign or a number."""
    for each in element.elements:
        _make_lists(each)
    element.children = list(_with_lists(element.children))


def _with_lists(children: Iterable[Element | str]) -> Iterator[Element | str]:
    told_apart = [each for each in children if not (isinstance(each, str) and not each.strip())]
    for is_list, run in groupby(told_apart, key=_is_list_item):
        items = list(run)
        if not is_list:
            yield from items
            continue
        tag = "ol" if _is_counted(items[0]) else "ul"
        yield Element(tag, children=[Element("li", children=[item]) for item in items])


def _is_list_item(child: Element | str) -> bool:
    return (
        isinstance(child, Element)
        and child.tag == "p"
        and _LIST_ITEM.search(child.attributes.get("style", "")) is not None
    )


def _is_counted(item: Element | str) -> bool:
    """Whether the sign before a list's first item is a number or a letter."""
    assert isinstance(item, Element)
    markers = (
        each.text.strip()
        for each in item.descendants()
        if _LIST_MARKER.search(each.attributes.get("style", ""))
    )
    marker = next(markers, "")
    return marker != "o" and _COUNTED.match(marker) is not None
