"""Runs `manage.py` as an operator does: a process of its own, in an environment of its own."""

import fcntl
import os
import pty
import signal
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.newsroom.clusters import comes_true, nothing_runs_in

PROJECT = Path(__file__).resolve().parents[2]
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
PATIENCE = 600  # seconds

PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": "a-key-of-a-test-that-is-longer-than-fifty-characters-0123456789",
    "ALLOWED_HOSTS": "paper.example",
    "COMMENT_EMAIL_PUBLIC_KEY": "TJm3C3AfcRT0L6O3vDF5y2-bX1lkE6gKXhkS1mZC3HM=",
    "COMMENT_INDEX_KEY": "b1Xk0mJd1cO1yYw2yJvQwqkq2r7s7T0n3m5o8p9a0bE=",
}


def environment(**variables: str) -> dict[str, str]:
    """What a command inherits from this process, and these variables."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**kept, **variables}


def manage(
    *arguments: str, input: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """What came of `manage.py` with these arguments, and with this to read on its input."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment(**variables),
        input=input,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def on_a_terminal(
    *arguments: str, **variables: str
) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], str]]]:
    """`manage.py` with a terminal for its standard error; it has ended when this is left.

    Yields the process, and what waits until some words stand on that terminal and answers all
    that stands there.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    running = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        # Whatever was started in the background ignores Ctrl-C, and so would this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(theirs)
    read = b""

    def shown(words: str) -> str:
        nonlocal read
        deadline = time.monotonic() + PATIENCE
        while words.encode() not in read:
            assert time.monotonic() < deadline, read
            with suppress(OSError):  # nothing more comes from a process that has ended
                read += os.read(ours, 4096)
        return read.decode()

    try:
        yield running, shown
        running.wait(PATIENCE)
    finally:
        running.kill()
        running.wait()
        os.close(ours)


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder for `VAR_ROOT`, with a path short enough for PostgreSQL's socket."""
    with tempfile.TemporaryDirectory(
        prefix="newsroom-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def migrated_once(shared: Path) -> Path:
    """A folder below this one, like `VAR_ROOT`, with a migrated database that nothing uses.

    Whichever process of the test run comes first makes it; it is there to be copied.
    """
    made = shared / "migrated"
    with (shared / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with short_folder() as folder:
                ended = manage("migrate", VAR_ROOT=str(folder))
                assert ended.returncode == 0, ended.stderr
                assert comes_true(lambda: nothing_runs_in(folder)), "the database goes on"
                _copy(folder, shared / "migrated.part")
            (shared / "migrated.part").rename(made)
    return made


@contextmanager
def copied(migrated: Path) -> Iterator[Path]:
    """A folder for `VAR_ROOT` with a migrated database of its own."""
    with short_folder() as folder:
        _copy(migrated, folder)
        yield folder


def _copy(source: Path, target: Path) -> None:
    # Python's own copy would not keep the owner, and PostgreSQL opens no folder of another one.
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)
