"""The desk as each role sees it: every link, every view, every form, every list's filters, and what
its programs are answered."""

from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse

from newsroom.leaks.addresses import named_views, view_of
from newsroom.leaks.api import desk_api_texts
from newsroom.leaks.ground import Ground, texts_of
from newsroom.leaks.lists import Lists, model_of
from newsroom.leaks.text import Text, desk_page
from newsroom.leaks.visiting import Visitor, walk


def desk_texts(ground: Ground) -> Iterator[Text]:
    """The desk of each role in turn; then what all forms left, as the most powerful one sees it."""
    asked: dict[str, set[str]] = defaultdict(set)
    for role, user in ground.edition.staff.items():
        visitor = Visitor(ground.visits, user=user)
        lists = Lists(ground.visits, asked)
        bound = ground.pages_of_a_view
        for answer in walk(visitor, addresses(), inside=_is_of_the_desk, most_of_a_view=bound):
            lists.note(answer)
            yield from texts_of(desk_page(role), answer)
            yield from ground.send_forms(visitor, answer)
            if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
                # Scripts alone ask here, by POST, so that no form of a page leads here.
                yield from texts_of(desk_page(role), visitor.post(answer.address, {}))
        yield from lists.questions(visitor, ground.teller)
        yield from desk_api_texts(ground, role, user)
    for address in addresses():
        if view_of(address).startswith("admin:comments_"):
            yield from texts_of(desk_page(role), visitor.get(address))
    yield from texts_of(desk_page(role), visitor.post(reverse("admin:logout"), {}))


def _is_of_the_desk(address: str, view: str) -> bool:
    return address.startswith(reverse("admin:index")) and view not in {"", "admin:logout"}


def addresses() -> list[str]:
    """An address for every named view of the admin, whether a link leads there or not.

    A view that wants to know a row is asked for the first and the last one of its model.
    """
    found = [reverse("admin:index")]
    for view in named_views(get_resolver()):
        if view.startswith("admin:") and view != "admin:logout":
            found += _addresses_of(view)
    return found


def _addresses_of(view: str) -> list[str]:
    try:
        return [reverse(view)]
    except NoReverseMatch:
        pass
    try:
        return [reverse(view, args=[key]) for key in _keys_of(view)]
    except NoReverseMatch:
        return []


def _keys_of(view: str) -> list[Any]:
    """The first and the last key of the model that a view of the admin is named after."""
    model = model_of(view)
    if model is None:
        return []
    rows = model._default_manager.order_by("pk")
    return list(dict.fromkeys(row.pk for row in (rows.first(), rows.last()) if row))
