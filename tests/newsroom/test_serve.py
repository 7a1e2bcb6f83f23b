"""The server says what stands in its way, and leaves nothing behind however it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.newsroom.commands import PROJECT, environment, manage, short_folder

PATIENCE = 180  # seconds


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
        assert processes_of(folder) == []


def test_a_first_run_that_was_stopped_is_begun_again_whole():
    with free_port() as port, short_folder() as folder:
        arguments = [sys.executable, "manage.py", "demo", "--port", str(port)]
        started = {
            "cwd": PROJECT,
            "env": environment(VAR_ROOT=str(folder)),
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
        }
        stopped = subprocess.Popen(arguments, **started)
        await_file(folder / "demo-accounts.txt")
        stopped.kill()
        stopped.wait(PATIENCE)

        again = subprocess.Popen(arguments, **started)
        listed = json.loads(await_answer(port, "/api/v1/articles/?page_size=100"))
        again.terminate()
        again.wait(PATIENCE)

        assert len(listed["results"]) == 28
        assert processes_of(folder) == []


def await_file(file: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < deadline, f"{file.name} is not written"
        time.sleep(0.02)


def test_the_demonstration_is_not_loaded_into_a_database_without_tables():
    with short_folder() as folder:
        ended = manage("load_demo", VAR_ROOT=str(folder))

        assert ended.returncode == 1
        assert ended.stderr == (
            "CommandError: The database is not up to date: run `manage.py migrate` first.\n"
        )


@pytest.fixture(scope="module")
def migrated() -> Iterator[Path]:
    """A folder for `VAR_ROOT` with a migrated database."""
    with short_folder() as folder:
        ended = manage("migrate", VAR_ROOT=str(folder))
        assert ended.returncode == 0, ended.stderr
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
            stdout=subprocess.DEVNULL,
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


def worker_of(folder: Path) -> psutil.Process:
    (worker,) = (process for process in processes_of(folder) if "worker" in process.cmdline())
    return worker


@pytest.mark.parametrize("reach", ["alone", "group"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_leaves_no_process_behind(migrated: Path, how: signal.Signals, reach: str):
    with served(migrated) as server:
        assert kinds_of(migrated) == WHOLE

        told = time.monotonic()
        if reach == "alone":
            server.send_signal(how)
        else:
            os.killpg(server.pid, how)
        _printed, errors = server.communicate(timeout=PATIENCE)
        _gone, alive = psutil.wait_procs(processes_of(migrated), timeout=5)

        assert alive == []
        assert errors == ""
        assert time.monotonic() - told < 10  # Then a worker that hangs is killed.


def test_a_worker_that_dies_is_begun_again(migrated: Path):
    with served(migrated) as server:
        first = worker_of(migrated)
        first.kill()
        psutil.wait_procs([first])
        deadline = time.monotonic() + PATIENCE
        while kinds_of(migrated) != WHOLE:
            assert time.monotonic() < deadline, "the worker is not begun again"
            time.sleep(0.1)

        server.terminate()
        _printed, errors = server.communicate(timeout=PATIENCE)

        assert errors.endswith(
            "The background worker ended with status -9: beginning it again in 3 seconds.\n"
        )
        assert processes_of(migrated) == []


def test_a_server_may_leave_the_worker_to_others(migrated: Path):
    with served(migrated, "--no-worker") as server:
        assert kinds_of(migrated) == {"serve": 3, "keeper": 1, "database": 1}

        server.terminate()
        server.communicate(timeout=PATIENCE)
        assert processes_of(migrated) == []
