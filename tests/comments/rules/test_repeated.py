"""The same text again: told to whoever sent it, silent to whoever only knows the address."""

import pytest

from comments.rules import repeated
from comments.rules.verdict import Finding, Unacceptable, Verdict
from tests.comments.rules.judging import context, sent

LONG = "طالبنا البلدية ثلاث مرات بإصلاح الرصيف أمام المدرسة ولم يأت أحد حتى اليوم."
# The letters alone, and no more than a set phrase may have.
FORTY = "نعم" * 13 + "ن"


def again(body: str, *earlier: str) -> list[Finding | Unacceptable]:
    return list(repeated.check(context(body, recent_bodies=lambda: earlier)))


def held(body: str) -> list[Finding]:
    return [Finding("repeated", Verdict.HOLD, "body", 0, len(body))]


def test_the_same_from_the_same_network_is_refused_and_told():
    (refusal,) = repeated.check(context(LONG, **sent(same_text=1)))

    assert isinstance(refusal, Unacceptable)
    assert (refusal.rule, refusal.field) == ("repeated", "body")


def test_a_second_click_is_refused_however_short_the_text():
    assert len([*repeated.check(context("شكراً", **sent(same_text=2)))]) == 1


def test_a_second_click_is_no_finding_besides():
    answers = list(
        repeated.check(context(LONG, recent_bodies=lambda: (LONG,), **sent(same_text=1)))
    )

    assert [type(answer) for answer in answers] == [Unacceptable]


@pytest.mark.parametrize(
    "body",
    [
        LONG,
        LONG.replace(" ", "  \n"),
        LONG.replace(".", "!!!"),
        LONG.replace("ة", "ه").replace("إ", "ا").replace("أ", "ا"),
        LONG.replace("طالبنا", "طـــالَبْنا"),
        "\u200f" + LONG + "\u200b",
        f"«{LONG}»",
    ],
)
def test_a_text_of_the_past_day_is_held_in_whatever_dress(body):
    assert again(body, "شيء آخر", LONG) == held(body)


@pytest.mark.parametrize("body", [LONG + " أبداً", LONG[:-8], LONG.replace("ثلاث", "أربع")])
def test_another_text_is_not_held(body):
    assert again(body, LONG) == []


@pytest.mark.parametrize(
    "phrase",
    ["شكراً", "الله يرحمه", "لا حول ولا قوة إلا بالله العلي العظيم", "👍👍👍", "؟", FORTY],
)
def test_set_phrases_are_said_more_than_once(phrase):
    assert again(phrase, phrase, phrase) == []


def test_beyond_the_length_of_a_set_phrase_it_is_held():
    assert again(FORTY + "ن", FORTY + "ن") == held(FORTY + "ن")
