"""The same text again: told to whoever sent it, silent to whoever only knows the address."""

from comments.rules import repeated
from comments.rules.verdict import Finding, Unacceptable, Verdict
from tests.comments.rules.judging import context, sent


def test_the_same_from_the_same_network_is_refused_and_told():
    (refusal,) = repeated.check(context(**sent(same_text=1)))

    assert isinstance(refusal, Unacceptable)
    assert (refusal.rule, refusal.field) == ("repeated", "body")


def test_a_second_click_is_refused_however_short_the_text():
    assert len([*repeated.check(context("شكراً", **sent(same_text=2)))]) == 1


def test_a_second_click_is_no_finding_besides():
    before = context(was_said=True, **sent(same_text=1))

    assert [type(answer) for answer in repeated.check(before)] == [Unacceptable]


def test_a_text_that_was_said_is_held_and_another_is_not():
    said = context("نصّ سبق", was_said=True)

    assert [*repeated.check(said)] == [Finding("repeated", Verdict.HOLD, "body", 0, 7)]
    assert [*repeated.check(context("نصّ سبق"))] == []
