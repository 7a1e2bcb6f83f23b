"""Rows past every model and form, as psql would write them."""

from typing import Any

import pytest
from django.db import Error, connection, transaction


def insert(table: str, row: dict[str, Any]) -> int:
    """What psql would do: no model, no form."""
    columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING id", [*row.values()]
        )
        return cursor.fetchone()[0]


def refused(row: dict[str, Any], by: str, table: str = "comments_comment") -> None:
    """Expect that the database refuses this row, naming the constraint or column `by`."""
    with pytest.raises(Error, match=by), transaction.atomic():
        insert(table, row)
        connection.check_constraints()


def unchangeable(table: str) -> None:
    """Expect that the rows of a table can be neither changed nor deleted nor emptied away."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        before = cursor.fetchall()
        assert before, "a table without rows proves nothing"
        for statement, refusal in (
            (f"UPDATE {table} SET reason = 'غيره'", "Cannot update"),
            (f"DELETE FROM {table}", "Cannot update or delete"),
            (f"TRUNCATE {table} CASCADE", "kept for ever"),
        ):
            with pytest.raises(Error, match=refusal), transaction.atomic():
                cursor.execute(statement)
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        assert cursor.fetchall() == before
