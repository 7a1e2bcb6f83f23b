"""Pages of a list behind opaque cursors.

A cursor says behind which row a page begins, by what the list is ordered by. So a deep page costs
what the first one does, and what comes in or goes out meanwhile moves no other row across the end
of a page: a client that follows `next` meets every row that stays, once.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.db.models import Field, Model, Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from articles.api.examples import full
from articles.numbers import whole_number

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
CURSOR, SIZE = "cursor", "page_size"


@dataclass(frozen=True)
class Cursor:
    """The row behind which a page begins, by its keys; or before which it ends."""

    keys: Sequence[Any]
    is_backward: bool = False

    def __str__(self) -> str:
        written = json.dumps([int(self.is_backward), *map(_as_text, self.keys)])
        return urlsafe_b64encode(written.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, fields: Sequence[Field]) -> "Cursor":
        """Raises ValueError for what is no cursor of a list that is ordered by these fields."""
        written = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        is_backward, *keys = written
        if is_backward not in {0, 1} or not all(isinstance(key, str) for key in keys):
            raise ValueError(text)
        pairs = zip(fields, keys, strict=True)
        return cls([_from_text(field, key) for field, key in pairs], bool(is_backward))


def _as_text(key: Any) -> str:
    return key.astimezone(UTC).isoformat() if isinstance(key, datetime) else str(key)


def _from_text(field: Field, text: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "DateTimeField": parse_datetime,
        "BigAutoField": whole_number,
    }
    text.encode()
    key = readers.get(field.get_internal_type(), str)(text)
    if key is None or "\0" in text or (isinstance(key, datetime) and key.tzinfo is None):
        raise ValueError(text)
    return key.astimezone(UTC) if isinstance(key, datetime) else key


class CursorPages(BasePagination):
    """What all lists behind cursors have in common: their parameters and their envelope."""

    next: Cursor | None = None
    previous: Cursor | None = None
    # The second page, as the schema shows it.
    example = "/api/v1/images/?cursor=WzAsICI0MSJd"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.address = request.build_absolute_uri()
        return self.page(queryset, request, page_size(request))

    def page(self, rows: Any, request: Request, size: int) -> list[Any]:
        """One page of the rows; sets `next` and `previous`."""
        raise NotImplementedError

    def get_paginated_response(self, data: Any) -> Response:
        """The rows with the addresses before and behind them, in the body and as `Link`."""
        links = {"next": self._link(self.next), "previous": self._link(self.previous)}
        named = [("next", links["next"]), ("prev", links["previous"])]
        link = ", ".join(f'<{address}>; rel="{name}"' for name, address in named if address)
        return Response(links | {"results": data}, headers={"Link": link} if link else {})

    def _link(self, cursor: Cursor | None) -> str | None:
        if cursor is None:
            return None
        return replace_query_param(remove_query_param(self.address, CURSOR), CURSOR, str(cursor))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        forward = {"description": "The address of the next page; null on the last one."}
        backward = {"description": "The address of the page before; null on the first one."}
        properties = {
            "next": link | forward | {"example": full(self.example) if self.example else None},
            "previous": link | backward | {"example": None},
            "results": schema,
        }
        return {"type": "object", "required": [*properties], "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": CURSOR,
                "in": "query",
                "description": "Where a page begins. Opaque: take it from `next` or `previous` of "
                "an answer to the same question.",
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
            },
            {
                "name": SIZE,
                "in": "query",
                "description": "How many rows a page has at most.",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MAX_PAGE_SIZE,
                    "default": PAGE_SIZE,
                },
            },
        ]


class WholeList(CursorPages):
    """A short list, which is its own only page; `whole` answers it."""

    example = ""

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return []


class OrderedPages(CursorPages):
    """Pages of a queryset by `order_keys`, which tell any two rows apart."""

    order_keys: Sequence[str] = ("id",)
    is_descending = False

    def descends(self, request: Request) -> bool:
        return self.is_descending

    def page(self, rows: Any, request: Request, size: int) -> list[Any]:
        cursor = cursor_of(request, [rows.model._meta.get_field(name) for name in self.order_keys])
        is_backward = cursor is not None and cursor.is_backward
        descends = self.descends(request) != is_backward
        sign = "-" if descends else ""
        ordered = rows.order_by(*(f"{sign}{name}" for name in self.order_keys))
        if cursor:
            ordered = ordered.filter(_beyond(self.order_keys, cursor.keys, descends=descends))
        read = list(ordered[: size + 1])
        are_more, page = len(read) > size, read[:size]
        if is_backward:
            page.reverse()
        if page and (is_backward or are_more):
            self.next = Cursor(self._keys(page[-1]))
        if page and (are_more if is_backward else cursor):
            self.previous = Cursor(self._keys(page[0]), is_backward=True)
        return page

    def _keys(self, row: Model) -> list[Any]:
        return [getattr(row, name) for name in self.order_keys]


def cursor_of(request: Request, fields: Sequence[Field]) -> Cursor | None:
    """The cursor that is asked for. Raises ValidationError."""
    asked = request.query_params.get(CURSOR)
    if asked is None:
        return None
    try:
        return Cursor.read(asked, fields)
    except (ValueError, TypeError, OverflowError, RecursionError, InvalidValue) as error:
        raise ValidationError(
            {CURSOR: [_("This is no cursor of this list. Begin at its first page.")]}
        ) from error


def page_size(request: Request) -> int:
    """How many rows are asked for. Raises ValidationError."""
    asked = whole_number(request.query_params.get(SIZE, str(PAGE_SIZE)))
    if asked is None or not 1 <= asked <= MAX_PAGE_SIZE:
        raise ValidationError({SIZE: [_("A whole number from 1 to %d.") % MAX_PAGE_SIZE]})
    return asked


def whole(rows: Any) -> Response:
    """All rows of a short list as one page."""
    return Response({"next": None, "previous": None, "results": rows})


def _beyond(names: Sequence[str], keys: Sequence[Any], *, descends: bool) -> Q:
    """The rows behind the one with these keys, as an index on them is read."""
    sign = "lt" if descends else "gt"
    beyond, equal = Q(), Q()
    for name, key in zip(names, keys, strict=True):
        beyond |= equal & Q(**{f"{name}__{sign}": key})
        equal &= Q(**{name: key})
    return beyond & Q(**{f"{names[0]}__{sign}e": keys[0]})
