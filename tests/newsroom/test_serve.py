"""The server says what stands in its way, and leaves nothing behind however it ends."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.newsroom.commands import PROJECT, environment, manage, short_folder

PATIENCE = 60  # seconds


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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_leaves_no_process_behind(how: signal.Signals):
    with free_port() as port, short_folder() as folder:
        assert manage("migrate", VAR_ROOT=str(folder)).returncode == 0
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=PROJECT,
            env=environment(VAR_ROOT=str(folder)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert await_answer(port, "/readyz") == b"ok\n"
        # The server, its two workers, the database's keeper, and the database itself.
        assert len(processes_of(folder)) >= 5

        server.send_signal(how)
        server.wait(PATIENCE)
        _gone, alive = psutil.wait_procs(processes_of(folder), timeout=10)

        assert alive == []
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
