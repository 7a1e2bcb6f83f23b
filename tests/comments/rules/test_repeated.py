"""The same text again: told to whoever sent it, silent to whoever only knows the address."""

import pytest

from comments.rules import repeated
from comments.rules.verdict import Finding, Unacceptable, Verdict
from tests.comments.rules.judging import context, sent

LONG = "طالبنا البلدية ثلاث مرات بإصلاح الرصيف أمام المدرسة ولم يأت أحد حتى اليوم."
# The letters alone, and no more than a set phrase may have.
FORTY = "نعم" * 13 + "ن"


def again(body: str) -> list[Finding | Unacceptable]:
    """What the rule answers to a text that was said in the past day."""
    return list(repeated.check(context(body, was_said=lambda: True)))


def test_the_same_from_the_same_network_is_refused_and_told():
    (refusal,) = repeated.check(context(LONG, **sent(same_text=1)))

    assert isinstance(refusal, Unacceptable)
    assert (refusal.rule, refusal.field) == ("repeated", "body")


def test_a_second_click_is_refused_however_short_the_text():
    assert len([*repeated.check(context("شكراً", **sent(same_text=2)))]) == 1


def test_a_second_click_is_no_finding_besides():
    before = context(LONG, was_said=lambda: True, **sent(same_text=1))

    assert [type(answer) for answer in repeated.check(before)] == [Unacceptable]


def test_a_long_text_that_was_said_is_held_and_another_is_not():
    assert again(LONG) == [Finding("repeated", Verdict.HOLD, "body", 0, len(LONG))]
    assert [*repeated.check(context(LONG, was_said=lambda: False))] == []


@pytest.mark.parametrize(
    "phrase",
    ["شكراً", "الله يرحمه", "لا حول ولا قوة إلا بالله العلي العظيم", "👍👍👍", "؟", FORTY],
)
def test_set_phrases_are_said_more_than_once(phrase):
    assert again(phrase) == []


def test_beyond_the_length_of_a_set_phrase_it_is_held():
    assert len(again(FORTY + "ن")) == 1
