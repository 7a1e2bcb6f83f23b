"""The server says what stands in its way, and leaves nothing behind however it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from newsroom.management import background
from newsroom.worker import GRACE
from tests.newsroom.commands import (
    PATIENCE,
    PROJECT,
    copied,
    environment,
    manage,
    short_folder,
)


@contextmanager
def free_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    yield port


def processes_of(folder: Path) -> list[psutil.Process]:
    """Every process that has this folder among its arguments or its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), process.environ().get("VAR_ROOT", "")]
        except psutil.Error:
            continue
        if any(str(folder) in word for word in words):
            found.append(process)
    return found


def comes_true(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


def nothing_is_left(folder: Path) -> None:
    """Wait until no process of this folder is there."""
    comes_true(lambda: processes_of(folder) == [], "a process is left behind")


def await_answer(port: int, path: str) -> bytes:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                content: bytes = answer.read()
                return content
        except OSError:
            assert time.monotonic() < deadline, "the site does not answer"
            time.sleep(0.1)


def test_a_port_in_use_is_told_in_one_line():
    with socket.socket() as other, short_folder() as folder:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        ended = manage("demo", "--port", str(port), VAR_ROOT=str(folder))

        assert ended.returncode == 1
        assert f"Port {port} on 127.0.0.1 cannot be used" in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
        assert not (folder / "postgresql").exists()


def test_a_database_without_its_tables_is_told_what_to_run():
    with free_port() as port, short_folder() as folder:
        ended = manage("serve", "--port", str(port), VAR_ROOT=str(folder))

        assert ended.returncode == 1
        assert ended.stderr == (
            "CommandError: The database is not up to date: run `manage.py migrate` first.\n"
        )
        nothing_is_left(folder)


def test_a_first_run_that_was_stopped_is_begun_again_whole(migrated_var: Path):
    with free_port() as port, copied(migrated_var) as folder:
        arguments = [sys.executable, "manage.py", "demo", "--port", str(port)]
        started = {
            "cwd": PROJECT,
            "env": environment(VAR_ROOT=str(folder)),
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
        }
        stopped = subprocess.Popen(arguments, **started)
        comes_true((folder / "demo-accounts.txt").exists, "the accounts are not written")
        stopped.kill()
        stopped.wait(PATIENCE)

        again = subprocess.Popen(arguments, **started)
        listed = json.loads(await_answer(port, "/api/v1/articles/?page_size=100"))
        again.terminate()
        again.wait(PATIENCE)

        assert len(listed["results"]) == 28
        nothing_is_left(folder)


def test_the_demonstration_is_not_loaded_into_a_database_without_tables():
    with short_folder() as folder:
        ended = manage("load_demo", VAR_ROOT=str(folder))

        assert ended.returncode == 1
        assert ended.stderr == (
            "CommandError: The database is not up to date: run `manage.py migrate` first.\n"
        )


@pytest.fixture(scope="module")
def migrated(migrated_var: Path) -> Iterator[Path]:
    """A folder for `VAR_ROOT` with a migrated database."""
    with copied(migrated_var) as folder:
        yield folder


@contextmanager
def served(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A server that answers, its port free again afterwards."""
    with (
        free_port() as port,
        subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port), *options],
            cwd=PROJECT,
            env=environment(VAR_ROOT=str(folder)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as server,
    ):
        try:
            assert await_answer(port, "/readyz") == b"ok\n"
            yield server
        finally:
            server.kill()
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))


def kinds_of(folder: Path) -> dict[str, int]:
    """How many processes of each kind use this folder, those of the database as one."""
    marks = {"serve": "serve", "worker": "worker", "newsroom.embedded.keeper": "keeper"}
    kinds: dict[str, int] = {}
    for process in processes_of(folder):
        with suppress(psutil.Error):
            words = process.cmdline()
            kind = next((marks[word] for word in words if word in marks), "database")
            kinds[kind] = 1 if kind == "database" else kinds.get(kind, 0) + 1
    return kinds


WHOLE = {"serve": 3, "worker": 1, "keeper": 1, "database": 1}


def is_whole(folder: Path) -> None:
    """Wait until each process is there, and no other."""
    comes_true(lambda: kinds_of(folder) == WHOLE, "a process is missing")


def faults(errors: str) -> list[str]:
    """What the server complained of, but for jobs that were cut short and are done again."""
    cut_short = re.compile(r" WARNING newsroom\.(worker|jobs): ")
    return [line for line in errors.splitlines() if not cut_short.search(line)]


def worker_of(folder: Path) -> psutil.Process:
    (worker,) = (process for process in processes_of(folder) if "worker" in process.cmdline())
    return worker


@pytest.mark.parametrize(
    ("how", "reach"),
    [
        # As a terminal, an init system, the end of a container and a lack of memory do it.
        (signal.SIGINT, "group"),
        (signal.SIGTERM, "alone"),
        (signal.SIGTERM, "group"),
        (signal.SIGKILL, "alone"),
    ],
)
def test_the_server_leaves_no_process_behind(migrated: Path, how: signal.Signals, reach: str):
    with served(migrated) as server:
        is_whole(migrated)

        if reach == "alone":
            server.send_signal(how)
        else:
            os.killpg(server.pid, how)
        printed, errors = server.communicate(timeout=PATIENCE)

        assert faults(errors) == []
        assert "Killing" not in printed  # As the web server tells of a process of its that hangs.
        nothing_is_left(migrated)


class Deaf(subprocess.Popen[bytes]):
    """A worker that does not end when it is told to. For how long that was waited is only noted."""

    IGNORES = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(); input()"

    def __init__(self) -> None:
        self.waited = 0.0
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        super().__init__([sys.executable, "-uc", self.IGNORES], **pipes)
        assert self.stdout and self.stdout.readline() == b"\n"

    def wait(self, timeout: float | None = None) -> int:
        self.waited += timeout or 0
        return super().wait(None if timeout is None else 0)


def test_a_worker_that_does_not_end_is_killed_seconds_after_its_own_grace(
    monkeypatch: pytest.MonkeyPatch,
):
    with Deaf() as deaf:
        monkeypatch.setattr(background, "_start", lambda: deaf)

        with background.background_worker():
            pass

        comes_true(lambda: deaf.poll() == -signal.SIGKILL, "the worker goes on")
        assert GRACE < deaf.waited < 10


def test_a_worker_that_dies_is_begun_again(migrated: Path):
    with served(migrated) as server:
        first = worker_of(migrated)
        first.kill()
        psutil.wait_procs([first], timeout=PATIENCE)
        is_whole(migrated)

        server.terminate()
        _printed, errors = server.communicate(timeout=PATIENCE)

        (fault,) = faults(errors)
        assert fault.endswith(
            "The background worker ended with status -9: beginning it again in 3 seconds."
        )
        nothing_is_left(migrated)


def test_a_server_may_leave_the_worker_to_others(migrated: Path):
    with served(migrated, "--no-worker") as server:
        without = {kind: number for kind, number in WHOLE.items() if kind != "worker"}
        comes_true(lambda: kinds_of(migrated) == without, "a process is missing, or too many")

        server.terminate()
        server.communicate(timeout=PATIENCE)
        nothing_is_left(migrated)
