"""What the background worker does while the canaries are there."""

from time import time

from procrastinate.contrib.django import app

from newsroom.worker import work


def do_jobs() -> None:
    """Do every periodic job once, and all that they and the site have queued, as a worker does."""
    for periodic in app.periodic_registry.periodic_tasks.values():
        periodic.task.defer(timestamp=int(time()))
    work(wait=False)
