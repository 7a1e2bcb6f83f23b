"""A process's use of the embedded server: join, wait until it answers, leave."""

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from newsroom.embedded import locks, server
from newsroom.embedded.server import DatabaseUnavailable

PROJECT = Path(__file__).resolve().parents[2]  # Where Python finds this package.
# What the keeper and the server inherit: nothing that could hold a secret or redirect them.
INHERITED = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
JOIN_PATIENCE = 30.0  # seconds, for a server that is stopping
START_PATIENCE = 60.0  # seconds
LEAVE_PATIENCE = 10.0  # seconds
POLL = 0.02  # seconds

_mutex = threading.Lock()
_joined: dict[Path, int] = {}  # folder -> descriptor that holds the shared users lock


def ensure_running(directory: Path) -> None:
    """Make sure that the server of this folder answers, and keeps running while this process lives.

    Cheap when it already does, so it may be called before every connection. Creates the folder
    and the cluster on first use. Raises DatabaseUnavailable.
    """
    directory = Path(directory).absolute()
    try:
        with _mutex:
            if not _is_joined(directory):
                _join(directory)
            _await_ready(directory)
    except OSError as error:
        raise DatabaseUnavailable(
            f"The folder of the database, {directory}, cannot be used "
            f"({error.strerror or error}): make it writable for the account that runs this, "
            "or set VAR_ROOT to a folder that is."
        ) from error


def stop_using(directory: Path) -> None:
    """Leave the server of this folder; when nobody else uses it, wait until it has stopped.

    Called by itself when a process ends. Its connections should be closed before.
    """
    directory = Path(directory).absolute()
    with _mutex:
        if directory in _joined:
            os.close(_joined.pop(directory))
            _await_keeper_gone(directory)


def _is_joined(directory: Path) -> bool:
    """Tell whether this process holds the lock of the very file that is in the folder now."""
    if directory not in _joined:
        return False
    try:
        present = server.users_lock(directory).stat()
    except FileNotFoundError:
        present = None
    if present is not None and os.path.samestat(present, os.fstat(_joined[directory])):
        return True
    os.close(_joined.pop(directory))
    return False


def _join(directory: Path) -> None:
    server.make_directory(directory)
    descriptor = server.open_file(server.users_lock(directory), os.O_RDWR)
    if not _await(lambda: locks.try_shared(descriptor), patience=JOIN_PATIENCE):
        os.close(descriptor)
        raise DatabaseUnavailable(
            f"The database in {directory} is still stopping after {JOIN_PATIENCE:.0f} seconds: "
            f"try again, and see {server.server_log(directory)} if this repeats."
        )
    _joined[directory] = descriptor


def _await_ready(directory: Path) -> None:
    started = False

    def is_ready() -> bool:
        nonlocal started
        if locks.is_held_alone(server.ready_lock(directory)):
            return True
        with locks.opened(server.keeper_lock(directory)) as lock:
            if locks.try_exclusive(lock):
                if started:
                    raise DatabaseUnavailable(_keeper_complaint(directory))
                _start_keeper(directory, lock)
                started = True
        return False

    if not _await(is_ready, patience=START_PATIENCE):
        raise DatabaseUnavailable(
            f"PostgreSQL does not answer after {START_PATIENCE:.0f} seconds: try again, "
            f"and see {server.server_log(directory)} if this repeats."
        )


def _start_keeper(directory: Path, lock: int) -> None:
    """Start a keeper, which inherits the lock and goes on when this process ends."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    log = server.open_file(server.keeper_log(directory), os.O_WRONLY | os.O_TRUNC)
    try:
        subprocess.run(
            [sys.executable, "-m", "newsroom.embedded.keeper", str(directory)],
            cwd=PROJECT,
            env={"PYTHONUTF8": "1", **inherited},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            start_new_session=True,
            check=False,
        )
    finally:
        os.close(log)


def _keeper_complaint(directory: Path) -> str:
    path = server.keeper_log(directory)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1] if lines else f"PostgreSQL did not start, and {path} does not say why."


def _await_keeper_gone(directory: Path) -> None:
    """Wait until the keeper has gone; return sooner when it stays for other users."""
    sightings = 0

    def is_settled() -> bool:
        nonlocal sightings
        if not locks.is_held_alone(server.keeper_lock(directory)):
            return True
        # Twice, because another process that leaves looks like a user for a moment.
        sightings = sightings + 1 if _has_users(directory) else 0
        return sightings == 2

    try:
        _await(is_settled, patience=LEAVE_PATIENCE)
    except OSError:
        return  # The folder was removed: nothing is left to wait for.


def _has_users(directory: Path) -> bool:
    with locks.opened(server.users_lock(directory)) as descriptor:
        return not locks.try_exclusive(descriptor) and locks.try_shared(descriptor)


def _await(condition: Callable[[], bool], *, patience: float) -> bool:
    """Ask until the condition holds; tell whether it did within so many seconds."""
    deadline = time.monotonic() + patience
    while not (held := condition()) and time.monotonic() < deadline:
        time.sleep(POLL)
    return held


def _leave_all() -> None:
    for directory in list(_joined):
        stop_using(directory)


def _forget_after_fork() -> None:
    """Close what a forked child inherited: it joins by itself when it uses the server."""
    for descriptor in _joined.values():
        os.close(descriptor)
    _joined.clear()
    _mutex.release()


atexit.register(_leave_all)
# Held over a fork, so that no child inherits a lock that is being tried at that moment.
os.register_at_fork(
    before=_mutex.acquire, after_in_parent=_mutex.release, after_in_child=_forget_after_fork
)
