"""What commands ask for: keys and addresses, better not on a command line, and a yes."""

import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping
from contextlib import suppress
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser, OutputWrapper
from django.core.validators import validate_email

from articles.models import REASON_MAX_LENGTH
from comments import addresses
from comments.models import Commenter


def ask_keys(questions: Mapping[str, str]) -> dict[str, str]:
    """Keys by the names of their environment variables, each with the question that asks for it.

    What the environment does not give is asked for without an echo, or read from lines of the
    form NAME=value where the standard input is no terminal. Raises CommandError for a missing one.
    """
    answers = {name: os.environ.get(name, "").strip() for name in questions}
    if sys.stdin.isatty():
        for name, question in questions.items():
            with suppress(EOFError):
                answers[name] = answers[name] or getpass(f"{question}: ").strip()
    elif not all(answers.values()):
        lines = dict(line.strip().split("=", 1) for line in sys.stdin if "=" in line)
        answers = {name: answer or lines.get(name, "") for name, answer in answers.items()}
    for name, answer in answers.items():
        if not answer:
            raise CommandError(
                f"{name} is missing: type it when asked, set it in this command's environment, "
                f"or give the line {name}=… on its standard input."
            )
    return answers


def add_address(parser: CommandParser) -> None:
    parser.add_argument(
        "address",
        nargs="?",
        help=(
            "the exact address; left out, it is asked for or read from the standard input, which "
            "is better: a shell remembers its command lines, and every user sees those that run"
        ),
    )


def add_reason(parser: CommandParser) -> None:
    parser.add_argument(
        "--reason",
        type=_reason,
        default="",
        help=f"for the record, without an address ({REASON_MAX_LENGTH} characters)",
    )


def _reason(text: str) -> str:
    if len(text) > REASON_MAX_LENGTH or not text.isprintable():
        raise ArgumentTypeError(f"give one line of at most {REASON_MAX_LENGTH} characters")
    if addresses.holds_an_address(text):
        raise ArgumentTypeError("leave the address out: the record is kept for ever")
    return text


def commenter_of(address: str | None, prompt: OutputWrapper, reason: str) -> Commenter:
    """Whoever comments under this address, or under the one that is asked for; recorded.

    Raises CommandError where nobody does.
    """
    exact = (address or _ask_address(prompt)).strip()
    try:
        validate_email(exact)
        commenter = addresses.look_up(exact, reason=reason)
    except (ValidationError, ValueError) as error:
        raise CommandError("That is no address.") from error
    if commenter is None:
        raise CommandError("Nobody comments under this address.")
    return commenter


def _ask_address(prompt: OutputWrapper) -> str:
    if sys.stdin.isatty():
        prompt.write("Address: ", ending="")
        prompt.flush()
    return sys.stdin.readline().strip()


def confirmed(question: str, prompt: OutputWrapper) -> bool:
    """Whether somebody at the terminal says yes. Raises CommandError where there is no terminal."""
    if not sys.stdin.isatty():
        raise CommandError("Nobody is there to be asked: say --yes if that is what you want.")
    prompt.write(f"{question} [yes/no] ", ending="")
    prompt.flush()
    return sys.stdin.readline().strip().lower() in {"yes", "y", "نعم"}
