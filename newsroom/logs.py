"""What may stand in a log: no row of the database, nothing that opens a door, no word of a job."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

import django.db
import psycopg
from procrastinate.exceptions import ConnectorException

_RECEIPT = re.compile(r"(/comments/receipt/)[^/\s'\"]+")
_TOKEN = re.compile(r"(newsroom_)[\w-]{43}")  # as articles.tokens makes one
_TASK = re.compile(r"<Task [^>]*?name='(?P<name>[^']+)'")  # as asyncio writes one


class WithoutSecrets(logging.Formatter):
    """Leaves out the rows that PostgreSQL quotes, what opens a receipt, and tokens of the API."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(r"\1…", _RECEIPT.sub(r"\1…", super().format(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the library's
        return "\n\n".join(_traceback(error) for error in _causes(ei[1]))


class WithoutArguments(logging.Filter):
    """Leaves of a background job its name and number, and where in the code it failed.

    Its arguments may be about a reader, and the text of an error may quote them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        job = record.__dict__.get("job")
        if isinstance(job, dict):
            name = record.__dict__["job"] = f"{job['task_name']}[{job['id']}]"
            record.msg = record.getMessage().replace(job["call_string"], name)
            record.args = None
            if record.exc_info:
                causes = _causes(record.exc_info[1])
                record.exc_text = "\n".join(_places(error) + _name(error) for error in causes)
                record.exc_info = None
        return True


class LossesInOneLine(logging.Filter):
    """Tells shortly why the worker begins anew: nearly always, PostgreSQL was restarted."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, ConnectorException):
            reason = str(error.__cause__ or error).strip().partition("\n")[0]
            record.msg, record.args = "The worker lost %s: %s", (_lost(record), reason)
            record.exc_info = None
        return True


def _lost(record: logging.LogRecord) -> str:
    """What of the worker has ended: the name of its task, or else what was said."""
    message = record.getMessage()
    written = _TASK.search(message)
    return record.__dict__.get("task_name") or (written["name"] if written else message)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what caused it, the first cause first."""
    if error is not None:
        yield from _causes(error.__cause__ or error.__context__)
        yield error


def _traceback(error: BaseException) -> str:
    """An error as Python tells it, but of a database's error the first line alone.

    The lines behind it quote rows, and what stands in a row may have line breaks of its own.
    """
    message = str(error)
    if isinstance(error, psycopg.Error | django.db.Error):
        message = message.partition("\n")[0]
    told = f"{_name(error)}: {message}" if message else _name(error)
    return f"Traceback (most recent call last):\n{_places(error)}{told}"


def _places(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__))


def _name(error: BaseException) -> str:
    return type(error).__qualname__
