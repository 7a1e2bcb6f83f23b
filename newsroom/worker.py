"""The background worker: does the jobs that the `jobs.py` of each app declares.

The queue is a few tables of the site's own database, kept by procrastinate. A job is done at least
once: one that was cut short is done again (see `jobs.py`).
"""

import asyncio
import logging
import os
import signal
import threading
import time

import psycopg
from django.db import OperationalError
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException

GRACE = 2.0  # seconds in which a running job may end after the worker was told to stop
DATABASE_PATIENCE = 5.0  # seconds
PAUSE = 2.0  # seconds
PARENT_INTERVAL = 0.5  # seconds

logger = logging.getLogger(__name__)


def work(*, wait: bool = True) -> None:
    """Do jobs until SIGINT or SIGTERM, or, without `wait`, until none is left.

    A database that went away is waited for.
    """
    told = threading.Event()
    while not told.is_set():
        try:
            asyncio.run(_work(told, wait=wait))
            return
        except asyncio.CancelledError:
            return
        except (ConnectorException, psycopg.OperationalError, OperationalError):
            if not wait:
                raise
            if not told.is_set():
                logger.error("The database does not answer: trying again in %.0f seconds.", PAUSE)
                time.sleep(PAUSE)


async def _work(told: threading.Event, *, wait: bool) -> None:
    # Asked for each time, because that starts an embedded server which has ended.
    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=2, timeout=DATABASE_PATIENCE
    )
    if wait:
        _stop_when_told(told)
    with app.replace_connector(connector):
        async with app.open_async():
            # Without waiting one after the other: what a job leaves in the queue is seen after it.
            several = app.worker_defaults["concurrency"] if wait else 1
            await app.run_worker_async(
                wait=wait, concurrency=several, install_signal_handlers=False
            )
    if wait:
        raise ConnectorException("The worker lost the database.")


def _stop_when_told(told: threading.Event) -> None:
    """Turn the first SIGINT or SIGTERM into a cancellation; ignore those that follow."""
    loop = asyncio.get_running_loop()
    working = asyncio.current_task(loop)
    assert working is not None

    def stop() -> None:
        if not told.is_set():
            told.set()
            working.cancel()
            loop.call_later(GRACE, _stop_at_once)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _stop_at_once() -> None:
    """End without waiting for a job's thread: the database rolls back what that left open."""
    logger.warning("A job had not ended when the worker was stopped: it will be done again.")
    os._exit(0)


def end_with(parent: int) -> None:
    """Stop this process when its parent, of this process number, is gone, however it went."""

    def wait_and_end() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_INTERVAL)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_and_end, name="end-with-parent", daemon=True).start()
