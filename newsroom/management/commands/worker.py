"""`manage.py worker`: the background jobs, in a process of their own."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from newsroom.management.requirements import require_migrations
from newsroom.worker import end_with, work


class Command(BaseCommand):
    help = "Do the background jobs, until Ctrl-C or SIGTERM. `serve` runs a worker by itself."

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
