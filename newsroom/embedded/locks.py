"""Advisory file locks: the kernel frees them however their holder ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.embedded.server import open_file


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open a lock file, created when missing; closing it gives up any lock taken through it."""
    descriptor = open_file(path, os.O_RDWR)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def take_exclusive(descriptor: int) -> None:
    """Wait for as long as it takes until no other process holds the lock, and hold it alone."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def try_exclusive(descriptor: int) -> bool:
    """Hold the lock alone, if nobody holds it now; tell whether that succeeded."""
    return _try(descriptor, fcntl.LOCK_EX)


def try_shared(descriptor: int) -> bool:
    """Hold the lock together with others, if nobody holds it alone; tell whether that succeeded."""
    return _try(descriptor, fcntl.LOCK_SH)


def is_held_alone(path: Path) -> bool:
    """Tell whether a process holds the lock of this file exclusively."""
    with opened(path) as descriptor:
        return not try_shared(descriptor)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
