"""What a command needs before it begins, told in one line where it is not there."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def require_free_port(host: str, port: int) -> None:
    """Raises CommandError where nothing can listen there."""
    try:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise CommandError(
            f"Port {port} on {host} cannot be used ({why}): stop "
            f"what uses it, or choose another one, as in `PORT={port + 1} make run`."
        ) from error


def require_migrations() -> None:
    """Raises CommandError where a migration has not been applied."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date: run `manage.py migrate` first.")


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Wait until no other process of this database does the same; held until the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [what])
        yield
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [what])
