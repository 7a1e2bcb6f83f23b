"""Counts of comments for the queue, kept by the database as changes that are added up.

A row that all posts updated would make each wait for the other; so every statement that adds,
changes or removes comments only appends its differences, and the worker adds them together
(`compact`). The sum over the table is exact at every moment.
"""

import pgtrigger
from django.db import connection, models


class Tally(models.Model):
    """So many comments more (or fewer) of one status, held by one rule, reported or not."""

    status = models.CharField(max_length=20)
    held_by = models.CharField(max_length=50, blank=True)
    reported = models.BooleanField()
    amount = models.BigIntegerField()

    @classmethod
    def compact(cls) -> None:
        """Add the differences together, one row for each kind; readers see the same sums."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH gone AS (DELETE FROM comments_tally RETURNING *)
                INSERT INTO comments_tally (status, held_by, reported, amount)
                    SELECT status, held_by, reported, sum(amount) FROM gone
                        GROUP BY status, held_by, reported HAVING sum(amount) <> 0
                """
            )


def _appends_differences(
    name: str, operation: pgtrigger.Operation, **tables: str
) -> pgtrigger.Trigger:
    sides = {"new": "1", "old": "-1"}
    counted = "SELECT status, held_by, open_reports > 0 AS reported"
    changed = " UNION ALL ".join(
        f"{counted}, {sides[side]} AS amount FROM {table}" for side, table in tables.items()
    )
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"""
        INSERT INTO comments_tally (status, held_by, reported, amount)
            SELECT status, held_by, reported, sum(amount) FROM ({changed}) changed
                GROUP BY status, held_by, reported HAVING sum(amount) <> 0;
        RETURN NULL;
        """,  # noqa: S608 - the names are those above
    )


TALLIED = (
    _appends_differences("tally_added", pgtrigger.Insert, new="added"),
    _appends_differences("tally_changed", pgtrigger.Update, new="after", old="before"),
    _appends_differences("tally_removed", pgtrigger.Delete, old="removed"),
)
