"""Very many rows at once: by COPY, past the cost of a call for each. A leaf."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection, models


def free_keys(model: type[models.Model]) -> Iterator[int]:
    """Keys that no row has, from the newest on; `copy_rows` moves the sequence behind them."""
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return count((newest or 0) + 1)


def copy_rows(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows, each by the names of its columns and all with the same ones, `id` among them."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    table, columns = model._meta.db_table, ", ".join(first)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write_row(list(first.values()))
            for row in rows:
                copy.write_row(list(row.values()))
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))",  # noqa: S608
            [table],
        )


@contextmanager
def indexes_at_once(model: type[models.Model]) -> Iterator[None]:
    """Build the model's indexes after its rows are there, which is several times as fast."""
    with connection.schema_editor(atomic=False) as editor:
        for index in model._meta.indexes:
            editor.remove_index(model, index)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    with connection.schema_editor(atomic=False) as editor:
        for index in model._meta.indexes:
            editor.add_index(model, index)


def spare_the_triggers() -> None:
    """Let triggers ask cheaply in this transaction whether they are to be ignored.

    Where no setting says so, django-pgtrigger learns it from an error; and for an error that is
    caught PostgreSQL looks through every deferred trigger that still waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")


def run_the_deferred_triggers(*tables: type[models.Model]) -> None:
    """Run those that wait for the end of this transaction; no index can be built before.

    `tables` are those in which they look something up. They look up single rows; without
    statistics of what was just written the planner would have each of them read thousands.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for table in tables:
            cursor.execute(f"ANALYZE {table._meta.db_table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def vacuum(*tables: type[models.Model]) -> None:
    """Bring the planner's statistics of these tables up to date; outside any transaction."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM ANALYZE {table._meta.db_table}")
