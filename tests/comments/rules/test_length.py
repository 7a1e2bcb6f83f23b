"""Too short and too long, counted as a reader sees it."""

import pytest
from django.utils import translation

from comments.rules import length
from comments.rules.verdict import Unacceptable
from tests.comments.rules.judging import context, limited


def refusals(body: str, **limits: int) -> list[Unacceptable]:
    return list(length.check(context(body, **limited(**limits))))


@pytest.mark.parametrize(
    "body",
    ["ن", "1", "؟", "!", "نّ", "ن\u200f\u200b", "ـنـ", "  ن  ", "a", "\u0301", "ً", "é"],
)
def test_less_than_two_visible_letters_is_too_short(body):
    (refusal,) = refusals(body)

    assert (refusal.rule, refusal.field) == ("length", "body")


@pytest.mark.parametrize(
    "body", ["نن", "لا", "؟!", "ن ن", "ن\nن", "12", "👍", "👍🏽", "❤️", "🇸🇾", "👩‍👩‍👧", "نَعَم"]
)
def test_two_visible_letters_or_one_emoji_say_something(body):
    assert refusals(body) == []


def test_the_shortest_is_what_the_policy_says():
    assert refusals("ن", shortest=1) == []
    assert len(refusals("نعمن", shortest=5)) == 1
    assert refusals("نعمنع", shortest=5) == []
    assert len(refusals("نَعَمْنَ", shortest=5)) == 1
    assert refusals("👍", shortest=5) == []


def test_the_longest_is_what_the_policy_says_in_characters():
    assert refusals("ن" * 50, longest=50) == []
    assert len(refusals("ن" * 51, longest=50)) == 1
    assert len(refusals("نَ" * 26, longest=50)) == 1


def test_the_writer_is_told_the_number():
    with translation.override("en"):
        messages = [
            *(refusals("ن", shortest=2) + refusals("نعم", shortest=40)),
            *refusals("ن" * 51, longest=50),
        ]
        assert [str(each.message) for each in messages] == [
            "Write at least 2 letters.",
            "Write at least 40 letters.",
            "A comment has at most 50 characters. Shorten yours, or send it in parts.",
        ]
