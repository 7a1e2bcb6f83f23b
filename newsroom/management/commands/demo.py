"""`manage.py demo`: what `make run` does once everything is installed."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command

from articles.management.command import EXIT_CODES_OF_A_SERVICE, NewsroomCommand
from newsroom.demo.accounts import ACCOUNTS_FILE, is_loaded
from newsroom.management.requirements import alone, require_free_port


class Command(NewsroomCommand):
    help = (
        "Bring the database up to date, load the demonstration edition the first time, and serve "
        "the site. Later runs keep all that was written."
    )

    examples = (("demo --port 9000", "serves http://127.0.0.1:9000/"),)
    exit_codes = EXIT_CODES_OF_A_SERVICE
    when_stopped = "What was loaded whole is kept; the rest is loaded at the next start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help=f"{settings.PORT} by default"
        )

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        require_free_port("127.0.0.1", port)
        with alone("demo"):
            call_command("migrate", interactive=False, verbosity=0)
            if is_loaded():
                self.stdout.write(f"Accounts and passwords: {settings.VAR_ROOT / ACCOUNTS_FILE}")
            else:
                self.stdout.write("The first time: drawing pictures and loading the edition …")
                call_command("load_demo")
        call_command("serve", port=port)
