"""What the site says and keeps besides its answers: mail, logs, output, caches, files, the dump."""

import io
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from email.message import Message
from pathlib import Path

from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils.log import AdminEmailHandler

from newsroom import embedded
from newsroom.embedded.server import server_log
from newsroom.leaks.text import CACHE, DUMP, FILE, LOG, MAIL, OUTPUT, SERVER_LOG, Text

Read = Callable[[], str]


class OpenCache(LocMemCache):
    """A cache in memory that can be looked into."""

    _cache: dict[str, bytes]

    def entries(self) -> Iterator[tuple[str, str]]:
        for key, value in list(self._cache.items()):
            yield key, value.decode("utf-8", errors="replace")


class Heard:
    """What was heard while the canaries were planted and looked for."""

    def __init__(self, *, log: Read, output: Read, server: Read | None, mails: int) -> None:
        self._log, self._output, self._server = log, output, server
        self._mails = mails

    @property
    def missing(self) -> list[str]:
        """What could not be listened to, in words for the operator."""
        if self._server is None:
            return ["PostgreSQL's own log (the database account may not read it)"]
        return []

    def expect_questions(self) -> None:
        """From now on the queries themselves hold addresses.

        What Django's templates log of a name that they miss quotes the whole query.
        """
        logging.getLogger("django.template").setLevel(logging.INFO)

    def texts(self) -> Iterator[Text]:
        for message in mail.outbox[self._mails :]:
            yield from _texts_of_mail(message)
        for alias in settings.CACHES:
            cache = caches[alias]
            assert isinstance(cache, OpenCache)
            for key, value in cache.entries():
                yield Text(CACHE, f"{alias}: {key}", f"{key}\n{value}")
        yield from _files()
        yield Text(LOG, "Python's logging", self._log())
        yield Text(OUTPUT, "what was printed", self._output())
        if self._server is not None:
            yield Text(SERVER_LOG, "what the server wrote", self._server())
        yield Text(DUMP, connection.settings_dict["NAME"], dump())


@contextmanager
def listening() -> Iterator[Heard]:
    """The site as it is set, but for what is sent and kept: that stays here, and is heard."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="leak-scan-")))
        stack.enter_context(_surroundings(folder))
        if not hasattr(mail, "outbox"):
            mail.outbox = []
        output = stack.enter_context(_output_heard())
        yield Heard(
            log=stack.enter_context(_logs_heard()),
            output=output,
            server=_server_heard(),
            mails=len(mail.outbox),
        )


@contextmanager
def _surroundings(folder: Path) -> Iterator[None]:
    """Nothing that is made meanwhile reaches a reader, a mailbox or a cache of the real site."""
    (folder / "static").mkdir()
    cache = {"BACKEND": f"{__name__}.{OpenCache.__name__}", "LOCATION": str(folder)}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(
        DEBUG=False,
        ALLOWED_HOSTS=["*"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        ADMINS=[("desk", "desk@newsroom.example")],
        CACHES={alias: {**cache, "KEY_PREFIX": alias} for alias in settings.CACHES},
        MEDIA_ROOT=str(folder / "media"),
        STATIC_ROOT=folder / "static",
        STORAGES={**settings.STORAGES, "default": files, "staticfiles": static},
    ):
        yield


@contextmanager
def _logs_heard() -> Iterator[Read]:
    """Everything that is logged, down to the least important, with its tracebacks.

    Errors are mailed too, with all that Django would put into such a mail. The handlers that are
    there already write errors alone meanwhile: they are not made to be told everything.
    """
    stream = io.StringIO()
    heard = logging.StreamHandler(stream)
    heard.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    mailed = AdminEmailHandler(include_html=True)
    mailed.setLevel(logging.ERROR)
    root = logging.getLogger()
    named = [each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    ends = [root, *(logger for logger in named if not logger.propagate)]
    usual = {handler for logger in [*named, root] for handler in logger.handlers}
    with _at_level(logging.DEBUG, [root, *named]), _at_level(logging.ERROR, usual):
        for logger in ends:
            logger.addHandler(heard)
            logger.addHandler(mailed)
        try:
            yield stream.getvalue
        finally:
            for logger in ends:
                logger.removeHandler(heard)
                logger.removeHandler(mailed)


@contextmanager
def _at_level(
    level: int, those: Iterable[logging.Logger] | Iterable[logging.Handler]
) -> Iterator[None]:
    before = [(each, each.level) for each in those]
    for each, _level in before:
        each.setLevel(level)
    try:
        yield
    finally:
        for each, old in before:
            each.setLevel(old)


@contextmanager
def _output_heard() -> Iterator[Read]:
    """What this process prints, by Python or past it."""
    with tempfile.TemporaryFile("w+b") as file, ExitStack() as stack:
        sys.stdout.flush()
        sys.stderr.flush()
        for descriptor in (1, 2):
            saved = os.dup(descriptor)
            stack.callback(os.close, saved)
            stack.callback(os.dup2, saved, descriptor)
            os.dup2(file.fileno(), descriptor)
        printed = stack.enter_context(os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1))
        stack.enter_context(redirect_stdout(printed))
        stack.enter_context(redirect_stderr(printed))

        def read() -> str:
            printed.flush()
            return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode(
                errors="replace"
            )

        yield read


def _server_heard() -> Read | None:
    """Reads what PostgreSQL logs from now on; None where this account may not read it."""
    if settings.DATABASES["default"]["ENGINE"] == "newsroom.embedded":
        file = server_log(Path(settings.DATABASES["default"]["HOST"]).parent)
        start = file.stat().st_size
        return lambda: file.read_bytes()[start:].decode(errors="replace")
    try:
        before = _logged_by_server()
    except DatabaseError:
        return None
    # A log that was begun anew meanwhile is read whole.
    return None if before is None else lambda: (_logged_by_server() or "").removeprefix(before)


def _logged_by_server() -> str | None:
    """The present log file of a server that keeps one. Raises DatabaseError without the right."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file(pg_current_logfile())")
        row = cursor.fetchone()
    return row[0] if row else None


def dump() -> str:
    """The whole database as `pg_dump` writes it. Raises FileNotFoundError without that program."""
    database = connection.settings_dict
    if database["ENGINE"] == "newsroom.embedded":
        program = str(embedded.binary("pg_dump"))
    else:
        program = shutil.which("pg_dump") or "pg_dump"
    where = {name: str(database[name.upper()] or "") for name in ("host", "port")}
    return subprocess.run(
        [
            program,
            *(f"--{name}={value}" for name, value in where.items() if value),
            f"--username={database['USER']}",
            "--no-password",
            database["NAME"],
        ],
        env={**os.environ, "PGPASSWORD": str(database["PASSWORD"] or "")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def _texts_of_mail(message: mail.EmailMessage) -> Iterator[Text]:
    """A whole message as it is sent, and each part of it without its encoding."""
    place = f"“{message.subject}”"
    whole: Message = message.message()
    yield Text(MAIL, place, whole.as_string())
    yield Text(MAIL, place, "\n".join([str(message.subject), *message.recipients()]))
    for part in whole.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield Text(MAIL, place, payload.decode("utf-8", errors="replace"))


def _files() -> Iterator[Text]:
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")):
        if file.is_file():
            name = str(file.relative_to(root))
            yield Text(FILE, name, f"{name}\n{file.read_bytes().decode(errors='replace')}")
