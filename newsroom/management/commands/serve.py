"""`manage.py serve`: the whole site on one port, and its background worker."""

import os
from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from articles.management.command import EXIT_CODES_OF_A_SERVICE, NewsroomCommand
from newsroom.management.background import background_worker
from newsroom.management.requirements import alone, require_free_port, require_migrations

_THREADS_PER_WORKER = 4


class Command(NewsroomCommand):
    help = (
        "Serve the site on 127.0.0.1 and $PORT (default 8000) with $WORKERS processes, and one "
        "that does the background jobs."
    )

    examples = (
        ("serve", "on this machine alone, behind a proxy"),
        ("serve --host 0.0.0.0 --port 80 --no-worker", "for all; the jobs are done elsewhere"),
    )
    exit_codes = EXIT_CODES_OF_A_SERVICE
    when_stopped = "Nothing is served."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help=f"{settings.PORT} by default"
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=settings.WORKERS,
            help=f"how many processes answer; {settings.WORKERS} by default",
        )
        parser.add_argument(
            "--no-worker",
            dest="worker",
            action="store_false",
            help="leave the background jobs to a `manage.py worker` of your own",
        )

    def handle(
        self, *args: Any, host: str, port: int, workers: int, worker: bool, **options: Any
    ) -> None:
        require_free_port(host, port)
        require_migrations()
        if not settings.DEBUG:
            with alone("collectstatic"):
                call_command("collectstatic", interactive=False, verbosity=0)
        connection.close()
        self.stdout.write(f"{settings.SITE_NAME}: http://{host}:{port}/ (Ctrl-C stops it)")
        self.stdout.flush()
        with background_worker() if worker else nullcontext():
            _serve_pages(host, port, workers)


def _serve_pages(host: str, port: int, workers: int) -> None:
    """Answer requests until SIGINT or SIGTERM."""
    os.environ["DATABASE_POOL_SIZE"] = str(_THREADS_PER_WORKER)
    Granian(
        "newsroom.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS_PER_WORKER,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
