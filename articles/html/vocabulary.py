"""What a stored text may consist of."""

import re

from articles.numbers import whole_number

PULL_QUOTE = "pull-quote"
VIDEO_CARD = "video-card"

_DIRECTED = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "td", "th"}
TAGS = {
    *("p", "br", "hr", "h2", "h3", "ul", "ol", "li", "blockquote"),
    *("strong", "em", "s", "a"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption"),
}
CLASSES = {"blockquote": {PULL_QUOTE}, "figure": {VIDEO_CARD}}
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: {"dir"} for tag in _DIRECTED},
    "a": {"href", "title"},
    "ol": {"start", "dir"},
    "td": {"colspan", "rowspan", "dir"},
    "th": {"colspan", "rowspan", "scope", "dir"},
    "figure": {"data-picture"},
}
URL_SCHEMES = {"http", "https", "mailto"}

_KEY = re.compile(r"[1-9][0-9]{0,17}")
_MOST_CELLS = 100
_MOST_NUMBERED = 1_000_000


def value(tag: str, attribute: str, typed: str) -> str | None:
    """The attribute's value as it is stored; None where it is none of the vocabulary's."""
    match attribute:
        case "dir" | "scope":
            known = {"ltr", "rtl"} if attribute == "dir" else {"row", "col"}
            return typed.lower() if typed.lower() in known else None
        case "data-picture":
            return typed if _KEY.fullmatch(typed) else None
        case "colspan" | "rowspan":
            return _number(typed, least=2, most=_MOST_CELLS)
        case "start":
            return _number(typed, least=0, most=_MOST_NUMBERED)
    return typed


def _number(typed: str, *, least: int, most: int) -> str | None:
    number = whole_number(typed)
    return str(number) if number is not None and least <= number <= most else None
