"""Does in a test what the background worker does, with a real worker in this process."""

from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from newsroom.worker import work


def do_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do every job that waits, and those that they defer, and no other that falls due meanwhile.

    For tests with `transaction=True`, because the worker has connections of its own.
    """
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    work(wait=False)


def rows(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What a query of the queue's tables answers: their models refuse to write."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []


def empty_the_queue() -> None:
    """What emptying the database between tests leaves out, as no model of ours has these tables."""
    rows(
        "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
        " procrastinate_workers"
    )
