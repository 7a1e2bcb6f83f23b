"""Jobs for workers that tests start as processes of their own."""

import time
from pathlib import Path

from procrastinate.contrib.django import app

from newsroom import worker


@app.task
def write(file: str, until: str | None = None) -> None:
    """Say in a file that this has begun, and that it is done: at once, or when `until` exists."""
    Path(file).write_text("begun")
    while until and not Path(until).exists():
        time.sleep(0.02)
    Path(file).write_text("done")


@app.task
def have_patience(seconds: float) -> None:
    """Let the worker that does this wait so long for its job once it was told to stop."""
    worker.GRACE = seconds


@app.task
def fail(address: str) -> None:
    raise ValueError(f"{address} cannot be reached")
