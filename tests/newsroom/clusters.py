"""Clusters of the embedded PostgreSQL, each in a folder of its own below /tmp.

The paths are short because a Unix socket's may not be long, and they hold what a real clone's may:
a blank, and Arabic letters.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from newsroom import embedded

PROJECT = Path(embedded.__file__).parents[2]
PATIENCE = 20.0  # seconds

USE = """
import sys
from pathlib import Path
from newsroom import embedded
try:
    embedded.ensure_running(Path(sys.argv[1]))
except embedded.DatabaseUnavailable as error:
    sys.exit(f"refused: {error}")
print("in use", flush=True)
sys.stdin.read()
"""


class Process:
    """A process that uses the server of a folder until it is told to end."""

    def __init__(self, directory: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, str(directory)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_served(self) -> bool:
        """Wait until the server runs for this process, or has been refused."""
        assert self.process.stdout is not None
        return self.process.stdout.readline() == "in use\n"

    def end(self) -> None:
        """Let the process come to its normal end."""
        self.process.communicate()

    def kill(self) -> None:
        """End the process without giving it a chance to do anything."""
        self.process.kill()
        self.process.communicate()


def make_parent() -> Path:
    return Path(tempfile.mkdtemp(prefix="نشر ", dir="/tmp"))


@contextmanager
def cleared_up_after(parent: Path) -> Iterator[Path]:
    directory = parent / "var" / "postgresql"
    yield directory
    end_all_in(directory)
    shutil.rmtree(parent)


def end_all_in(directory: Path) -> None:
    embedded.stop_using(directory)
    kill_all(processes_of(directory))


def query(directory: Path, text: str, **arguments: object) -> list[tuple[object, ...]]:
    """Run one statement in a connection of its own; return the rows it gives."""
    with psycopg.connect(
        host=str(embedded.socket_directory(directory)),
        port=embedded.PORT,
        user=embedded.USER,
        dbname=embedded.DATABASE,
        autocommit=True,
    ) as connection:
        cursor = connection.execute(text, arguments)
        return cursor.fetchall() if cursor.description else []


def processes_of(directory: Path) -> list[psutil.Process]:
    return [*keepers_of(directory), *postgres_of(directory)]


def keepers_of(directory: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter()
        if "newsroom.embedded.keeper" in (line := command_line(process))
        and Path(line[-1]).is_relative_to(directory)
    ]


def postgres_of(directory: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if works_in(process, directory)]


def servers_of(directory: Path) -> list[psutil.Process]:
    """Return the first process of each server of a folder, without its helpers."""
    keepers = [keeper.pid for keeper in keepers_of(directory)]
    return [process for process in postgres_of(directory) if parent_of(process) in keepers]


def parent_of(process: psutil.Process) -> int | None:
    try:
        return process.ppid()
    except psutil.Error:  # it has ended meanwhile
        return None


def command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def works_in(process: psutil.Process, directory: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()).is_relative_to(directory)
    except psutil.Error:
        return False


def kill_all(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def comes_true(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (held := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return held


def nothing_runs_in(directory: Path) -> bool:
    return processes_of(directory) == []


def run(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
