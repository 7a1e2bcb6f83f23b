"""What all commands of the newsroom share: their help, their exit codes, and Ctrl-C."""

import sys
from argparse import ArgumentParser
from textwrap import fill
from typing import Any

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)

from articles.progress import Progress, on_terminal, silent

EXIT_CODES = """\
Exit codes: 0 it is done; 1 it was refused or failed, for a reason told on the standard error; \
2 it was called wrongly; 130 it was stopped by Ctrl-C."""
EXIT_CODES_OF_A_SERVICE = """\
Exit codes: 0 it was ended by Ctrl-C or SIGTERM; 1 it could not start, for a reason told on the \
standard error; 2 it was called wrongly."""


def wrong_usage(message: str) -> CommandError:
    """What to raise where arguments are out of bounds, or make no sense together."""
    return CommandError(message, returncode=2)


class _Paragraphs(DjangoHelpFormatter):
    """Keeps the line breaks of a text, and breaks its longer lines."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(
            fill(line, width, initial_indent=indent, subsequent_indent=f"{indent}{_hanging(line)}")
            for line in text.splitlines()
        )


def _hanging(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()))


class NewsroomCommand(BaseCommand):
    """A command that says all of itself in `--help`, and fails in one plain sentence.

    A subclass gives `help`, and where they help `examples`: lines as they are typed after
    `manage.py`, each with what it does. `when_stopped` is what Ctrl-C leaves behind; a service,
    which Ctrl-C ends as it should, has `exit_codes` of its own.
    """

    examples: tuple[tuple[str, str], ...] = ()
    exit_codes = EXIT_CODES
    when_stopped = "Nothing was changed."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("epilog", self._epilog())
        kwargs.setdefault("formatter_class", _Paragraphs)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def _epilog(self) -> str:
        shown = [f"  manage.py {typed}\n      {does}" for typed, does in self.examples]
        return "\n".join([*(["Examples:", *shown, ""] if shown else []), self.exit_codes])

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except KeyboardInterrupt:
            self.stderr.write(f"Stopped. {self.when_stopped}")
            sys.exit(130)

    def progress(self, options: dict[str, Any]) -> Progress:
        """Bars on a terminal; none with `--verbosity 0`."""
        return on_terminal if options["verbosity"] else silent


def add_anywhere(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--anywhere", action="store_true", help="on a configured site too: it fills its pages"
    )


def refuse_a_site_for_readers(*, is_local: bool, anywhere: bool) -> None:
    """Raises CommandError where what is invented would come before readers."""
    if not (is_local or anywhere):
        raise CommandError(
            "This site is configured for readers, and what is invented would be on its pages: use "
            "another database, or say --anywhere."
        )
