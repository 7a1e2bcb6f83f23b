"""The runner: rules in their order, the gravest finding decides, what breaks holds the comment."""

import logging
from collections.abc import Callable, Iterator

import pytest

from comments import rules
from comments.rules import Check, Judgement, judge
from comments.rules.context import Context
from comments.rules.labels import EXPLANATIONS, NOTES, RULE_LABELS
from comments.rules.verdict import Answer, Finding, TooMany, Unacceptable, Verdict
from tests.comments.rules.judging import context

HOLD, REJECT, SPAM = Verdict.HOLD, Verdict.REJECT, Verdict.SPAM
SECRET = "نص لا يجوز أن يظهر في سجل"


def finds(*verdicts: Verdict, name: str) -> Check:
    return lambda _context: [Finding(name, verdict) for verdict in verdicts]


def answers(*given: Answer) -> Check:
    return lambda _context: given


def breaks(error: Exception) -> Check:
    def check(_context: Context) -> Iterator[Answer]:
        raise error

    return check


def breaks_half_way(error: Exception) -> Check:
    def check(_context: Context) -> Iterator[Answer]:
        yield Finding("half", SPAM)
        raise error

    return check


def test_the_rules_stand_in_the_order_in_which_they_are_to_be_told():
    assert [*rules.RULES] == [
        *("flood", "length", "repeated"),
        *("trap", "banned", "words", "danger", "links", "shouting"),
        *("newcomer", "everything"),
    ]


def test_a_comment_against_which_no_rule_has_anything_is_shown():
    assert judge(context(mode="rules")) == Judgement(None, "passed")
    assert judge(context(), {}) == Judgement(None, "passed")


def test_every_rule_is_run_in_its_order_and_given_the_comment():
    ran: list[tuple[str, Context]] = []

    def notes(name: str) -> Check:
        def check(given: Context) -> list[Answer]:
            ran.append((name, given))
            return []

        return check

    comment = context()
    judge(comment, {name: notes(name) for name in ("ب", "أ", "ج")})

    assert ran == [("ب", comment), ("أ", comment), ("ج", comment)]


@pytest.mark.parametrize(
    ("found", "verdict", "rule"),
    [
        ([("a", [HOLD])], HOLD, "a"),
        ([("a", [HOLD]), ("b", [HOLD])], HOLD, "a"),
        ([("a", []), ("b", [HOLD])], HOLD, "b"),
        ([("a", [HOLD]), ("b", [REJECT])], REJECT, "b"),
        ([("a", [REJECT]), ("b", [HOLD])], REJECT, "a"),
        ([("a", [REJECT]), ("b", [SPAM])], SPAM, "b"),
        ([("a", [SPAM]), ("b", [REJECT]), ("c", [SPAM])], SPAM, "a"),
        ([("a", [HOLD]), ("b", [HOLD, SPAM]), ("c", [SPAM])], SPAM, "b"),
    ],
)
def test_the_gravest_finding_decides_and_among_equals_the_first(found, verdict, rule):
    judgement = judge(context(), {name: finds(*given, name=name) for name, given in found})

    assert judgement == Judgement(
        verdict, rule, tuple(Finding(name, each) for name, given in found for each in given)
    )


@pytest.mark.parametrize(
    "refusal", [TooMany("flood", 60), Unacceptable("length", "body", "أقصر من اللازم")]
)
def test_the_first_refusal_ends_it(refusal):
    def never(_context: Context) -> list[Answer]:
        pytest.fail("a rule was run after a refusal")

    judged = judge(
        context(),
        {
            "a": finds(SPAM, name="a"),
            "b": answers(Finding("b", HOLD), refusal, TooMany("b", 1)),
            "c": never,
        },
    )

    assert judged == refusal


@pytest.mark.parametrize("broken", [breaks, breaks_half_way])
def test_a_rule_that_breaks_holds_the_comment_and_the_others_still_run(
    broken: Callable[[Exception], Check],
):
    judgement = judge(context(), {"a": broken(ValueError()), "b": finds(HOLD, name="b")})

    assert judgement == Judgement(
        HOLD, "a", (Finding("a", HOLD, note="failed"), Finding("b", HOLD))
    )


def test_a_rule_that_breaks_makes_no_graver_finding_lighter():
    judgement = judge(context(), {"a": breaks(ValueError()), "b": finds(SPAM, name="b")})

    assert judgement == Judgement(
        SPAM, "b", (Finding("a", HOLD, note="failed"), Finding("b", SPAM))
    )


def test_nothing_of_the_comment_is_logged_when_a_rule_breaks(caplog):
    with caplog.at_level(logging.DEBUG):
        judge(context(SECRET), {"a": breaks(ValueError(SECRET)), "b": breaks(KeyError(SECRET))})

    assert [record.getMessage() for record in caplog.records] == [
        "the rule a failed with ValueError; the comment is held",
        "the rule b failed with KeyError; the comment is held",
    ]
    assert [record.exc_info for record in caplog.records] == [None, None]
    assert SECRET not in caplog.text


def test_a_finding_is_kept_as_plain_values():
    finding = Finding("danger", HOLD, "body", 3, 9, note="phone")

    assert finding.as_json() == {
        **{"rule": "danger", "verdict": "hold", "field": "body"},
        **{"start": 3, "end": 9, "note": "phone"},
    }


def test_every_rule_and_every_decision_has_a_name_and_an_explanation_at_the_desk():
    from comments import addresses, editing, moderation

    names = {
        *rules.RULES,
        rules.PASSED,
        moderation.WITHDRAWN_BY_COMMENTER,
        editing.NAME_TAKEN_BACK,
        addresses.FORGOTTEN,
    }

    assert {*RULE_LABELS} == {*EXPLANATIONS} == names
    for texts in (RULE_LABELS, EXPLANATIONS, NOTES):
        assert len({str(text) for text in texts.values()}) == len(texts)


def test_of_thousands_of_findings_fifty_of_each_rule_are_kept_and_the_one_that_decided():
    many = [Finding("many", HOLD, "body", place, place + 1) for place in range(3000)]
    others = [Finding("others", HOLD, "body", place, place + 1) for place in range(60)]
    gravest = Finding("others", SPAM)

    judgement = judge(context(), {"many": answers(*many), "others": answers(*others, gravest)})

    assert judgement == Judgement(SPAM, "others", (*many[:50], *others[:49], gravest))
