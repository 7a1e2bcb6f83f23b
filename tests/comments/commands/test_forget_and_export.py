"""`manage.py forget_commenter` and `export_commenter`, by exact address."""

import io
import json
import sys
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from comments.models import AddressAccess, Comment, Commenter
from tests.conftest import ADDRESS

pytestmark = pytest.mark.django_db

COMMANDS = ("forget_commenter", "export_commenter")


class Terminal(io.StringIO):
    """Somebody at a keyboard, who types these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., tuple[str, str]]:
    """Runs a command with this typed or piped in; what it prints, and what it says beside that."""

    def call(*arguments: str, piped: str = "", typed: str | None = None):
        stdin = io.StringIO(piped) if typed is None else Terminal(typed)
        monkeypatch.setattr(sys, "stdin", stdin)
        call_command(*arguments)
        return capsys.readouterr()

    return call


def kinds() -> list[tuple]:
    return [*AddressAccess.objects.order_by("pk").values_list("kind", "commenter", "by", "reason")]


def names() -> list[str]:
    return [*Comment.objects.order_by("pk").values_list("name", flat=True)]


# Forgetting


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ((ADDRESS, "--yes"), {}),
        ((ADDRESS, "--no-input"), {}),
        (("--yes",), {"piped": f"{ADDRESS}\n"}),
        (("--yes",), {"piped": ADDRESS.upper()}),
        ((), {"typed": f"{ADDRESS}\nyes\n"}),
        ((ADDRESS,), {"typed": "نعم\n"}),
    ],
)
def test_a_commenter_is_forgotten_by_address(run, pending, arguments, given):
    commenter = pending().commenter
    pending(email="other@example.org", name="سعاد")

    out, _beside = run("forget_commenter", *arguments, "--reason", "بطلبها", **given)

    assert names() == ["قارئ", "سعاد"]
    assert kinds() == [(kind, commenter.pk, None, "بطلبها") for kind in ("look_up", "forgetting")]
    assert out == "Forgotten. Comments: 1; names replaced: 1; erased: 0; withdrawn: 0.\n"


def test_the_texts_go_too_where_that_is_asked(run, approved):
    approved()

    out, _beside = run("forget_commenter", ADDRESS, "--texts", "--yes")

    assert [*Comment.objects.values_list("body", "status")] == [
        ("[حُذف بطلب من كاتبه]", "withdrawn")
    ]
    assert out == "Forgotten. Comments: 1; names replaced: 0; erased: 1; withdrawn: 1.\n"


@pytest.mark.parametrize("answer", ["no", "", "y e s", "لا"])
def test_without_a_yes_nobody_is_forgotten(run, pending, answer):
    pending()

    with pytest.raises(CommandError, match=r"^Nothing was changed\.$"):
        run("forget_commenter", typed=f"{ADDRESS}\n{answer}\n")
    assert names() == ["ليلى"]
    assert [row[0] for row in kinds()] == ["look_up"]


def test_where_nobody_can_be_asked_the_yes_is_missed_politely(run, pending):
    pending()

    with pytest.raises(CommandError, match="say --yes if that is what you want"):
        run("forget_commenter", piped=ADDRESS)
    assert names() == ["ليلى"]


def test_the_question_says_how_much_is_at_stake(run, pending, capsys):
    for number in range(3):
        pending(body=f"رأي {number}")

    with pytest.raises(CommandError):
        run("forget_commenter", "--texts", typed=f"{ADDRESS}\nno\n")
    assert "the names and texts of 3 comments, for good?" in capsys.readouterr().err


def test_a_second_run_finds_nobody(run, pending):
    pending()
    run("forget_commenter", ADDRESS, "--yes")

    with pytest.raises(CommandError, match=r"^Nobody comments under this address\.$"):
        run("forget_commenter", ADDRESS, "--yes")
    assert [row[:2] for row in kinds()][2:] == [("look_up", None)]


# Exporting


@pytest.mark.parametrize(
    ("arguments", "given"),
    [((ADDRESS,), {}), ((), {"piped": f"{ADDRESS}\n"}), ((), {"typed": f"{ADDRESS}\n"})],
)
def test_an_export_is_json_alone(run, pending, arguments, given):
    comment = pending()

    out, _beside = run("export_commenter", *arguments, "--reason", "بطلبها", **given)

    exported = json.loads(out)
    assert [each["text"] for each in exported["comments"]] == [comment.body]
    assert kinds() == [
        (kind, comment.commenter_id, None, "بطلبها") for kind in ("look_up", "export")
    ]
    assert ADDRESS not in out
    assert "شكراً" in out


# Both


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_address_ends_it_and_that_it_was_asked_is_recorded(run, pending, command):
    pending()

    with pytest.raises(CommandError, match=r"^Nobody comments under this address\.$") as refused:
        run(command, "--reason", "بطلبه", piped="nobody@example.org\n")

    assert refused.value.returncode == 1
    assert kinds() == [("look_up", None, None, "بطلبه")]
    assert Commenter.objects.count() == 1


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("text", ["layla", "", "layla@-", "a@b@c", "\udcff@a.b"])
def test_what_is_no_address_ends_it_and_leaves_no_record(run, pending, command, text):
    pending()

    with pytest.raises(CommandError, match=r"^That is no address\.$"):
        run(command, piped=f"{text}\n")

    assert kinds() == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "reason", ["س" * 501, "سطر\nآخر", "\udcff", "\x00", f"طلبت {ADDRESS}", "layla＠example.org"]
)
def test_a_reason_that_no_record_can_hold_ends_it(run, pending, command, reason):
    pending()

    with pytest.raises(CommandError, match="--reason"):
        run(command, ADDRESS, "--yes" if command == COMMANDS[0] else "-v0", f"--reason={reason}")
    assert (names(), kinds()) == (["ليلى"], [])
