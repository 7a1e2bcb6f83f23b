"""`manage.py worker`: the background jobs, in a process of their own."""

from argparse import ArgumentParser
from typing import Any

from django.db import connection

from articles.management.command import EXIT_CODES_OF_A_SERVICE, NewsroomCommand
from newsroom.management.requirements import require_migrations
from newsroom.worker import end_with, work


class Command(NewsroomCommand):
    help = "Do the background jobs, until Ctrl-C or SIGTERM. `serve` runs a worker by itself."

    examples = (("worker", "as a service of its own, beside `serve --no-worker`"),)
    exit_codes = EXIT_CODES_OF_A_SERVICE
    when_stopped = "A job that was cut short is done again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--parent", type=int, help="process number of the parent, with which the worker ends"
        )

    def handle(self, *args: Any, parent: int | None, **options: Any) -> None:
        if parent is not None:
            end_with(parent)
        require_migrations()
        connection.close()
        work()
