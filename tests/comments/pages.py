"""What a browser makes of a page, so that tests ask for elements and not for strings."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.test.html import Element, parse_html

from articles.models import Article


def post_address(article: Article) -> str:
    """Where the form under an article sends a comment."""
    return f"/articles/{article.slug}/comments/"


def assert_private(response: HttpResponse) -> None:
    """Kept by no cache, listed nowhere, its address told to no other site, without a cookie."""
    assert set(response["Cache-Control"].split(", ")) == {"no-store", "private"}
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


def parse(response: HttpResponse) -> Element:
    """The page as a tree; raises where an element is not closed or is closed twice."""
    return parse_html(response.content.decode())


def elements(root: Element, tag: str | None = None, **attributes: str) -> list[Element]:
    """The elements below `root`, in order; `class_` names one class among others."""
    wanted = {name.rstrip("_"): value for name, value in attributes.items()}
    return [
        each
        for each in _below(root)
        if tag in {None, each.name} and all(_has(each, *pair) for pair in wanted.items())
    ]


def element(root: Element, tag: str | None = None, **attributes: str) -> Element:
    """The one such element."""
    (found,) = elements(root, tag, **attributes)
    return found


def attribute(of: Element, name: str) -> str | None:
    """Its value; an empty one where it has none, and None where the attribute is not there."""
    return {key: value or "" for key, value in of.attributes}.get(name)


def text(of: Element) -> str:
    """What is read of an element, its white space folded."""
    return " ".join("".join(_strings(of)).split())


def comment_ids(root: Element) -> list[int]:
    """The comments that the page shows, in its order."""
    ids = [attribute(each, "id") or "" for each in elements(root, "article", class_="comment")]
    return [int(each.removeprefix("comment-")) for each in ids]


def smuggled(root: Element) -> list[Element]:
    """What only a reader's text could have brought in: no page of a story holds it by itself."""
    names = ("script", "style", "img", "iframe", "object", "embed", "svg", "base", "link", "meta")
    body = element(root, "body")
    return [each for name in names for each in elements(body, name) if not _is_our_script(each)]


def filled_form(root: Element) -> dict[str, str]:
    """What the comment form would send as it stands."""
    form = element(element(root, "section", id="comment-form"), "form")
    inputs = {
        attribute(each, "name"): attribute(each, "value") or "" for each in elements(form, "input")
    }
    areas = {attribute(each, "name"): text(each) for each in elements(form, "textarea")}
    return {name: value for name, value in (inputs | areas).items() if name}


def _is_our_script(each: Element) -> bool:
    return (
        sorted(name for name, _value in each.attributes) == ["defer", "src"]
        and attribute(each, "src") == "/static/comments/discussion.js"
        and not each.children
    )


def _has(each: Element, name: str, value: str) -> bool:
    actual = attribute(each, name)
    return value in (actual or "").split() if name == "class" else actual == value


def _below(root: Element) -> Iterator[Element]:
    for child in _children(root):
        yield child
        yield from _below(child)


def _children(root: Any) -> Iterator[Element]:
    return (child for child in root.children if isinstance(child, Element))


def _strings(of: Element) -> Iterator[str]:
    for child in of.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _strings(child)
