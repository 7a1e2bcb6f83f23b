"""The record as a file for spreadsheets: whole, in batches, nothing a spreadsheet would run."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db import models
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

_AT_ONCE = 2000
# With it, spreadsheets read the file as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (OWASP, “CSV Injection”).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Column = tuple[str | Promise, Callable[[Any], Any]]


def as_csv(
    name: str, rows: models.QuerySet[Any], columns: Sequence[Column]
) -> StreamingHttpResponse:
    """All rows, newest first, as a download that begins at once and needs memory for one batch.

    `columns` are the headings and what to write of a row.
    """
    writer = csv.writer(_Echo())
    lines = (writer.writerow(map(cell, line)) for line in _lines(rows, columns))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    return response


def cell(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def label(choices: type[models.TextChoices], value: str) -> str:
    """What one of the choices is called: read once, not once a row."""
    return _labels(choices, get_language()).get(value, value)


@cache
def _labels(choices: type[models.TextChoices], _language: str | None) -> dict[str, str]:
    return {value: str(name) for value, name in choices.choices}


def _lines(rows: models.QuerySet[Any], columns: Sequence[Column]) -> Iterator[Iterable[Any]]:
    # The writer knows no mark: it stands before the first heading, which needs no quotes.
    headings = [str(heading) for heading, _value in columns]
    yield [_BYTE_ORDER_MARK + headings[0], *headings[1:]]
    for row in newest_first(rows):
        yield [value(row) for _heading, value in columns]


def newest_first(rows: models.QuerySet[Any]) -> Iterator[Any]:
    """Every row, read a batch at a time by its key: no cursor stays open between batches."""
    rows = rows.order_by("-pk")
    batch = list(rows[:_AT_ONCE])
    while batch:
        yield from batch
        batch = list(rows.filter(pk__lt=batch[-1].pk)[:_AT_ONCE])


class _Echo:
    """A file that answers each line that is written to it."""

    def write(self, line: str) -> str:
        return line
