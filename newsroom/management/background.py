"""The background worker as a process beside the web server, begun again when it ends."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

from newsroom.worker import GRACE

PAUSE = 3.0  # seconds before a worker that ended is begun again

logger = logging.getLogger(__name__)


@contextmanager
def background_worker() -> Iterator[None]:
    """Keep one `manage.py worker` running; when this is left, it has ended."""
    keeper = _Keeper()
    try:
        yield
    finally:
        keeper.stop()


class _Keeper:
    """Begins the worker, and begins it again, until it is told to stop."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._worker = _start()
        self._thread = threading.Thread(target=self._keep, name="background-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._worker.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._worker.wait(GRACE + 2.0)
        self._worker.kill()

    def _keep(self) -> None:
        while True:
            status = self._worker.wait()
            if self._stopping.is_set():
                return
            logger.error(
                "The background worker ended with status %d: beginning it again in %.0f seconds.",
                status,
                PAUSE,
            )
            if self._stopping.wait(PAUSE):
                return
            self._worker = _start()
            # Whoever told this one to stop meanwhile has told the worker that was there before.
            if self._stopping.is_set():
                self._worker.terminate()


def _start() -> subprocess.Popen[bytes]:
    """Start a worker out of reach of Ctrl-C, which is for the server: that stops its worker."""
    return subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", f"--parent={os.getpid()}"],
        env={**os.environ, "DATABASE_POOL_SIZE": "0"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
