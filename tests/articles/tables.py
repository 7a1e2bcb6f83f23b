"""Rows past every model and form, as psql would write them."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

NOW = timezone.now()


def run(statement: str, *values: Any) -> None:
    """What psql would do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def insert(table: str, **row: Any) -> None:
    marks = ", ".join(["%s"] * len(row))
    run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())
