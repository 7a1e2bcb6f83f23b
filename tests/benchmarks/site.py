"""A site of a benchmark's own, or the one that is there, and its server while it runs."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import django
import psutil

PROJECT = Path(__file__).resolve().parents[2]
_PICTURES = 500
_PATIENCE = 60  # seconds


@contextmanager
def site_with(stories: int, *, here: bool) -> Iterator[None]:
    """Lead Django to a site in a temporary folder with so many stories; or leave it where it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if here:
        django.setup()
        yield
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-", dir="/tmp") as folder:
        os.environ["VAR_ROOT"] = folder
        django.setup()
        try:
            _seed(stories)
            yield
        finally:
            _leave(Path(folder))


def _seed(stories: int) -> None:
    """Stories of which nearly all have a picture. The pictures have no files: no list reads any."""
    from django.core.management import call_command

    from articles.models import ArchiveImage
    from articles.seeding import seed

    call_command("migrate", interactive=False, verbosity=0)
    ArchiveImage.objects.bulk_create(
        ArchiveImage(
            file=f"originals/{number}.jpg",
            sha256=hashlib.sha256(str(number).encode()).hexdigest(),
            **{"width": 2400, "height": 1600, "credit": "أرشيف الجريدة"},
            **{"alt": f"منظر عام للمرفأ {number}", "caption": "قوارب الصيد عند الفجر"},
        )
        for number in range(_PICTURES)
    )
    seed(stories)


def _leave(folder: Path) -> None:
    from django.db import connection

    from newsroom.embedded import stop_using

    connection.close()
    stop_using(folder / "postgresql")


@contextmanager
def served(port: int, workers: int) -> Iterator[psutil.Process]:
    """`manage.py serve` on this port of 127.0.0.1 with so many workers and no background jobs."""
    command = [sys.executable, "manage.py", "serve", "--no-worker"]
    command += [f"--port={port}", f"--workers={workers}"]
    server = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            with urlopen(address):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server does not answer.")
