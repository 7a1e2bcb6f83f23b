"""Every command of ours says all of itself, and is quiet where nobody looks on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from articles.management.command import EXIT_CODES, EXIT_CODES_OF_A_SERVICE, NewsroomCommand
from articles.progress import on_terminal, silent
from tests.newsroom.commands import copied, manage, on_a_terminal

OURS = sorted(
    (app, name)
    for name, app in get_commands().items()
    if app in {"articles", "comments", "newsroom"}
)


@pytest.mark.parametrize(("app", "name"), OURS)
def test_the_help_of_a_command_says_what_it_does_how_it_is_typed_and_how_it_ends(app, name):
    command = load_command_class(app, name)
    parser = command.create_parser("manage.py", name)
    own = [each for each in parser._actions if each.dest not in _OF_DJANGO]

    assert isinstance(command, NewsroomCommand)
    assert command.help
    assert [each.dest for each in own if not each.help] == []
    assert all(typed.split()[0] == name for typed, _does in command.examples)
    assert command.exit_codes in {EXIT_CODES, EXIT_CODES_OF_A_SERVICE}
    shown = " ".join(parser.format_help().split())
    assert " ".join(command.exit_codes.split()) in shown
    assert all(f"manage.py {typed}" in shown for typed, _does in command.examples)


_OF_DJANGO = {
    *("help", "version", "verbosity", "settings", "pythonpath", "traceback"),
    *("no_color", "force_color", "skip_checks"),
}


def test_all_of_our_commands_are_known():
    assert {name for _app, name in OURS} >= {
        *("comment_keys", "demo", "export_commenter", "forget_commenter", "freeze_comments"),
        *("load_demo", "rotate_comment_keys", "scan_for_leaks", "seed_articles"),
        *("seed_comments", "serve", "worker"),
    }


def test_a_bar_hands_on_every_row_and_shows_nothing_where_there_is_no_terminal(capsys):
    assert list(on_terminal(iter("abc"), "letters", 3)) == ["a", "b", "c"]
    assert list(silent(iter("abc"), "letters", 3)) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


@pytest.fixture(scope="module")
def migrated(migrated_var: Path) -> Iterator[str]:
    """A folder for `VAR_ROOT` with a migrated database."""
    with copied(migrated_var) as folder:
        yield str(folder)


def test_a_site_is_not_frozen_without_saying_which_one(migrated):
    ended = manage("freeze_comments", VAR_ROOT=migrated)

    assert ended.returncode == 2
    assert ended.stderr == "CommandError: Give --site, or the slug of at least one article.\n"


def test_a_bar_is_shown_on_a_terminal_and_not_with_verbosity_0(migrated):
    with on_a_terminal("seed_articles", "300", VAR_ROOT=migrated) as (_running, shown):
        assert "300" in shown("stories: ")
    quiet = manage("seed_articles", "3", "-v", "0", VAR_ROOT=migrated)
    piped = manage("seed_articles", "3", VAR_ROOT=migrated)

    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert (piped.returncode, piped.stdout, piped.stderr) == (0, "3 stories were written.\n", "")
