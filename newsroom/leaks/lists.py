"""The lists of the admin, asked for an address by each search and filter they might have."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.db import models

from comments.models import Commenter
from newsroom.leaks.addresses import view_of
from newsroom.leaks.telling import ADDRESS, KEYED_DIGEST, Teller
from newsroom.leaks.text import Text
from newsroom.leaks.visiting import Answer, Visitor, Visits

# What stands for an address.
COLUMNS = [each for each in Commenter._meta.concrete_fields if isinstance(each, models.BinaryField)]
_STEPS = 2
# Django's own, by which no row is found.
_OF_DJANGO = {
    *("o", "p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters"),
    *("app_label", "model_name", "field_name"),
}


class Lists:
    """The lists that somebody saw, and how they can be asked."""

    def __init__(self, visits: Visits, asked: dict[str, set[str]]) -> None:
        """`asked` are the filters that need not be asked again, by the list's address."""
        self._visits = visits
        self._asked = asked
        self._searches: dict[str, str] = {}
        self._filters: dict[str, set[str]] = defaultdict(set)

    def note(self, answer: Answer) -> None:
        """Note a list, by which parameter it is searched, and by which its links filter it."""
        path, _mark, query = answer.address.partition("?")
        if answer.status == 200 and answer.view.endswith("_changelist"):
            self._searches[path] = "q"
            self._filters[path] |= {name for name, _value in parse_qsl(query, True)}
        elif answer.status == 200 and answer.view == "admin:autocomplete":
            self._searches[answer.address] = "term"

    def questions(self, visitor: Visitor, teller: Teller) -> Iterator[Text]:
        """Ask each search as this visitor, and each filter once in a scan.

        The lists of the comments are asked in every way, by the first who sees them.
        """
        for address, search in self._searches.items():
            is_of_comments = view_of(address).startswith("admin:comments_")
            is_asked_in_full = is_of_comments and search not in self._asked[address]
            only = () if is_asked_in_full else (ADDRESS, KEYED_DIGEST)
            yield from teller.ask(visitor, address, [search], *only)
            self._asked[address].add(search)
            filters = self._filters_of(address, offered=is_of_comments)
            for name in sorted(filters.keys() - self._asked[address]):
                self._asked[address].add(name)
                yield from teller.ask(visitor, address, [name], filters[name])

    def _filters_of(self, address: str, *, offered: bool) -> dict[str, str]:
        """The filters of a list that are worth a question, and which one."""
        view = view_of(address)
        filters = {}
        if offered:
            known = self._filters[address] | self._visits.parameters[view]
            filters = dict.fromkeys(known - _OF_DJANGO, ADDRESS)
        return filters | dict.fromkeys(look_ups(model_of(view)), KEYED_DIGEST)


def model_of(view: str) -> type[models.Model] | None:
    """The model that a view of the admin is named after."""
    name = view.removeprefix("admin:")
    for model in admin.site._registry:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return None


def look_ups(model: type[models.Model] | None, steps: int = _STEPS) -> Iterator[str]:
    """Ways of asking a list of this model for what stands for an address, though none is offered.

    They lead over at most so many relations, in either direction, to the commenter's columns.
    """
    if model is Commenter:
        yield from (each.name for each in COLUMNS)
        return
    for column in model._meta.get_fields() if model and steps else ():
        related: Any = column.related_model
        if isinstance(related, type):
            yield from (f"{column.name}__{rest}" for rest in look_ups(related, steps - 1))
