"""The moderators' desk as its tests use it: its addresses and the forms on its pages."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.test.html import Element

from comments import queue
from comments.models import Comment, Decision
from tests.comments.pages import attribute, element, elements, parse, text

LIST = "/admin/comments/comment/"
SCRIPT = {"HTTP_ACCEPT": "application/json"}


def detail(comment: Comment) -> str:
    return f"{LIST}{comment.pk}/change/"


def seen(comment: Comment, do: str, **fields: Any) -> dict[str, Any]:
    """What a form of the comment's entry sends when it is as it is now."""
    return {
        "do": do,
        "comment": comment.pk,
        "seen": comment.status,
        "revision": comment.revision,
        "reports": comment.open_reports,
        **fields,
    }


def listed(desk: Client, query: str = "") -> list[int]:
    """The comments that the list shows, in its order."""
    response = desk.get(LIST + query)
    assert response.status_code == 200
    return [int(attribute(each, "data-entry") or 0) for each in entries(parse(response))]


def entries(page: Element) -> list[Element]:
    return elements(page, "article", class_="entry")


def tab_counts(response: HttpResponse) -> dict[str, str]:
    page = element(parse(response), "nav", class_="tabs")
    return {attribute(each, "data-count") or "": text(each) for each in elements(page, "b")}


def told(response: HttpResponse) -> list[str]:
    """The messages on a page."""
    place = element(parse(response), "ul", class_="queue-messages")
    return [text(each) for each in elements(place, "li")]


def verbs(root: Element) -> list[str]:
    """What may be done: the values of the buttons and hidden fields called `do`."""
    return [
        attribute(each, "value") or ""
        for each in elements(root)
        if attribute(each, "name") == "do" and each.name in {"button", "input"}
    ]


def statuses() -> list[str]:
    return [*Comment.objects.order_by("id").values_list("status", flat=True)]


def record(comment: Comment) -> list[tuple[str, str, str]]:
    """Every decision on a comment, oldest first: what, from, to."""
    return [
        *Decision.objects.filter(comment=comment).order_by("id").values_list("action", "old", "new")
    ]


def bulk(comments: list[Comment], verdict: str, **fields: Any) -> dict[str, Any]:
    """What the form over the list sends with these boxes ticked."""
    boxes = [f"{each.pk}:{each.status}:{each.revision}" for each in comments]
    fields = {"moment": str(queue.Moment.now()), **fields}
    return {"do": "bulk", "verdict": verdict, "selected": boxes, **fields}


def undo_form(desk: Client) -> dict[str, str]:
    """What the button that undoes the last action sends."""
    form = element(parse(desk.get(LIST)), "form", class_="undo")
    batch = next(each for each in elements(form, "input") if attribute(each, "name") == "batch")
    return {"do": "undo", "batch": attribute(batch, "value") or ""}
