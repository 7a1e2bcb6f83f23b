"""`manage.py rotate_comment_keys` and `comment_keys`, as an operator uses them."""

import io
import sys
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from comments import commenters, freezing, posting
from comments.models import Commenter, Standing
from comments.privacy import (
    address_digest,
    generate_index_key,
    generate_key_pair,
    unseal,
)
from tests.conftest import ADDRESS, comment_data

pytestmark = pytest.mark.django_db

NAMES = (
    "COMMENT_EMAIL_PRIVATE_KEY",
    "NEW_COMMENT_EMAIL_PUBLIC_KEY",
    "NEW_COMMENT_INDEX_KEY",
)


@pytest.fixture
def keys(settings) -> dict[str, str]:
    """What the operator gives, by its name, with the new private half that stays at home."""
    private, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()
    new_private, new_public = generate_key_pair()
    given = dict(zip(NAMES, (private, new_public, generate_index_key()), strict=True))
    return {**given, "at home": new_private}


@pytest.fixture
def commenter(article, keys) -> Commenter:
    """One commenter, on a site that was frozen since."""
    commenter = posting.submit(article, comment_data()).comment.commenter
    freezing.freeze(None)
    return commenter


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., tuple[str, str]]:
    """Runs the command with this piped in; what it prints, and what it says beside that."""

    def call(*arguments: str, piped: str = "", command: str = "rotate_comment_keys"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
        call_command(command, *arguments)
        return capsys.readouterr()

    return call


def as_lines(keys: dict[str, str], *names: str) -> str:
    return "".join(f"{name}={keys[name]}\n" for name in names)


def sealed(commenter: Commenter) -> bytes:
    commenter.refresh_from_db()
    return bytes(commenter.sealed_address)


def test_keys_are_read_from_lines_and_none_is_printed(run, keys, commenter):
    out, beside = run(piped=as_lines(keys, *NAMES))

    assert unseal(sealed(commenter), keys["at home"]) == ADDRESS
    assert bytes(commenter.digest) == address_digest(ADDRESS, keys["NEW_COMMENT_INDEX_KEY"])
    assert "Addresses sealed anew: 1. Commenters recognised under the new index key: 1." in out
    assert "COMMENT_EMAIL_PUBLIC_KEY and COMMENT_INDEX_KEY into the environment" in out
    assert beside == ""
    assert [name for name, key in keys.items() if key in out + beside] == []


def test_keys_are_read_from_the_environment(run, keys, commenter, monkeypatch):
    for name in NAMES:
        monkeypatch.setenv(name, keys[name])

    run()

    assert unseal(sealed(commenter), keys["at home"]) == ADDRESS


@pytest.mark.parametrize(
    ("only", "given", "variable", "other"),
    [
        ("sealing", NAMES[:2], "COMMENT_EMAIL_PUBLIC_KEY", "COMMENT_INDEX_KEY"),
        ("index", NAMES[::2], "COMMENT_INDEX_KEY", "COMMENT_EMAIL_PUBLIC_KEY"),
    ],
)
def test_one_of_both_is_rotated_alone(run, keys, commenter, only, given, variable, other):
    before = {"sealing": sealed(commenter), "index": bytes(commenter.digest)}

    out, _beside = run("--only", only, piped=as_lines(keys, *given))

    after = {"sealing": sealed(commenter), "index": bytes(commenter.digest)}
    assert [each for each in before if before[each] != after[each]] == [only]
    assert f"new {variable} into" in out
    assert other not in out


def test_it_is_told_who_is_not_recognised_any_more(run, keys, commenter):
    commenters.set_standing(commenter.pk, Standing.BANNED)
    Commenter.objects.update(sealed_address=None)

    out, _beside = run(piped=as_lines(keys, *NAMES))

    assert "Not recognised any more: 1 (0 ordinary, 0 trusted, 1 banned)." in out


@pytest.mark.parametrize("missing", NAMES)
def test_a_missing_key_is_named(run, keys, commenter, missing):
    before = sealed(commenter)
    given = [name for name in NAMES if name != missing]

    with pytest.raises(CommandError, match=f"^{missing} is missing"):
        run(piped=as_lines(keys, *given))
    assert sealed(commenter) == before


def test_the_private_half_is_not_taken_for_the_public_one(run, keys, commenter):
    """Nobody could open what is sealed to it."""
    before = sealed(commenter)
    keys["NEW_COMMENT_EMAIL_PUBLIC_KEY"] = keys["COMMENT_EMAIL_PRIVATE_KEY"]

    with pytest.raises(CommandError, match=r"^One key was given twice: .*Nothing was changed\.$"):
        run(piped=as_lines(keys, *NAMES))
    assert sealed(commenter) == before


def test_a_wrong_private_key_changes_nothing_and_is_told_in_one_line(run, keys, commenter):
    before = sealed(commenter)
    keys["COMMENT_EMAIL_PRIVATE_KEY"] = generate_key_pair()[0]

    with pytest.raises(CommandError) as refused:
        run(piped=as_lines(keys, *NAMES))

    assert str(refused.value) == (
        "The old private key does not open 1 of 1 addresses. Nothing was changed."
    )
    assert sealed(commenter) == before


def test_a_malformed_key_is_named(run, keys, commenter):
    keys["NEW_COMMENT_INDEX_KEY"] = "short"

    with pytest.raises(CommandError, match=r"^The new index key is not a key .* Nothing was chan"):
        run(piped=as_lines(keys, *NAMES))


def test_a_site_that_takes_comments_is_left_alone(run, keys, commenter):
    before = sealed(commenter)
    freezing.thaw(None)

    with pytest.raises(CommandError, match="freeze_comments, or stop it and say --stopped"):
        run(piped=as_lines(keys, *NAMES))
    assert sealed(commenter) == before

    run("--stopped", piped=as_lines(keys, *NAMES))
    assert unseal(sealed(commenter), keys["at home"]) == ADDRESS


def test_new_keys_are_explained(run):
    out, _beside = run(command="comment_keys")

    assert "rotate_comment_keys" in out
    assert "Receipts open with any key" in out
