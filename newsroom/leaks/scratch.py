"""A database for one scan, beside the real one, dropped whatever happens."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

_SUFFIX = "_leak_scan"
_LONGEST_NAME = 63  # bytes, of PostgreSQL
_ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def scratch_database() -> Iterator[str]:
    """Make an empty, migrated database and connect to it; connect to the real one afterwards.

    It is dropped on failure, Ctrl-C and SIGTERM too; what a killed scan left is dropped by the
    next one. Raises CommandError where another scan runs, or the account may make no database.
    """
    real = connection.settings_dict["NAME"]
    name = f"{real[: _LONGEST_NAME - len(_SUFFIX)]}{_SUFFIX}"
    with _ended_by_signals() as ending, _locked(name) as keeper:
        try:
            _create(keeper, name)
            with ending.at_once():
                _connect_to(name)
                call_command("migrate", interactive=False, verbosity=0)
                yield name
        finally:
            _drop(keeper, name)
            _connect_to(real)


@contextmanager
def _locked(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection to the real database that keeps other scans out while it is open."""
    keeper = connection.copy()
    keeper.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with keeper.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
            if not cursor.fetchone()[0]:
                raise CommandError("Another scan is running: wait until it has ended.")
        yield keeper
    finally:
        keeper.close()


def _create(keeper: BaseDatabaseWrapper, name: str) -> None:
    _drop(keeper, name)
    try:
        with keeper.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {keeper.ops.quote_name(name)}")
    except ProgrammingError as error:
        raise CommandError(
            "A scan needs a database of its own, and this account may not make one: give it that "
            "right (ALTER ROLE … CREATEDB), or run the scan where an account has it."
        ) from error


def _drop(keeper: BaseDatabaseWrapper, name: str) -> None:
    with keeper.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {keeper.ops.quote_name(name)} WITH (FORCE)")


def _connect_to(name: str) -> None:
    """Lead all that the site asks of its database to this one.

    Raises CommandError where that leads elsewhere: no canary may come into the real data.
    """
    connection.close()
    connection.settings_dict["NAME"] = name
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        if cursor.fetchone()[0] != name:
            raise CommandError(
                "The connection cannot be led to another database: unset DATABASE_POOL_SIZE, and "
                "connect to PostgreSQL itself and not to a pool of connections."
            )


class _Ending:
    """What ends the scan: the first signal that told it to, as the status of the process.

    A connection that is left amid a command takes no other one. So the making and the dropping of
    the database are never cut short: a signal that comes meanwhile is obeyed after them.
    """

    def __init__(self) -> None:
        self.status = 0
        self._may_cut_short = False

    def told(self, number: int, _frame: FrameType | None) -> None:
        """The handler of the signals."""
        self.status = self.status or 128 + number
        self._end_where_possible()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Within this a signal ends what is going on, as an exception would."""
        self._may_cut_short = True
        try:
            self._end_where_possible()
            yield
        finally:
            self._may_cut_short = False

    def _end_where_possible(self) -> None:
        if self.status and self._may_cut_short:
            sys.exit(self.status)


@contextmanager
def _ended_by_signals() -> Iterator[_Ending]:
    """Let signals end what is within this, with their status, once it has cleared away."""
    ending = _Ending()
    before = {number: signal.signal(number, ending.told) for number in _ENDING}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        # Code that was cut short may have made another error of it, or none.
        if ending.status:
            sys.exit(ending.status)
