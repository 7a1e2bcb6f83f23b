"""Jobs for workers that tests start as processes of their own."""

import time
from pathlib import Path

from procrastinate.contrib.django import app


@app.task
def write(file: str, after: float = 0.0) -> None:
    """Say in a file that this has begun, and, so many seconds later, that it is done."""
    Path(file).write_text("begun")
    time.sleep(after)
    Path(file).write_text("done")


@app.task
def fail(address: str) -> None:
    raise ValueError(f"{address} cannot be reached")
