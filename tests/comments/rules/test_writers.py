"""Who wrote it and in which mode: newcomers, the trusted, the banned; the trap; listed words."""

import pytest

from articles.arabic import Entry, Lexicon
from comments.rules import Judgement, banned, everything, judge, newcomer, trap, words
from comments.rules.context import Writer
from comments.rules.verdict import Finding, Verdict
from tests.comments.rules.judging import context

NEW = Writer()
KNOWN = Writer(approved=1)
TRUSTED = Writer(standing="trusted")
BANNED = Writer(standing="banned", approved=12)

SHOWN = (None, "passed")
REJECTED = (Verdict.REJECT, "banned")


@pytest.mark.parametrize(
    ("mode", "writer", "expected"),
    [
        ("newcomers", NEW, (Verdict.HOLD, "newcomer")),
        ("newcomers", KNOWN, SHOWN),
        ("newcomers", TRUSTED, SHOWN),
        ("newcomers", BANNED, REJECTED),
        ("everything", NEW, (Verdict.HOLD, "everything")),
        ("everything", KNOWN, (Verdict.HOLD, "everything")),
        ("everything", TRUSTED, (Verdict.HOLD, "everything")),
        ("everything", BANNED, REJECTED),
        ("rules", NEW, SHOWN),
        ("rules", KNOWN, SHOWN),
        ("rules", TRUSTED, SHOWN),
        ("rules", BANNED, REJECTED),
    ],
)
def test_what_becomes_of_a_good_comment(mode, writer, expected):
    judgement = judge(context(mode=mode, writer=writer))

    assert isinstance(judgement, Judgement)
    assert (judgement.verdict, judgement.rule) == expected


def test_what_is_in_a_comment_is_told_before_who_wrote_it():
    judgement = judge(context("اتصلوا بي: 0933123456", mode="newcomers"))

    assert isinstance(judgement, Judgement)
    assert (judgement.verdict, judgement.rule) == (Verdict.HOLD, "danger")
    assert [finding.rule for finding in judgement.findings] == ["danger", "newcomer"]


def test_the_trusted_are_held_for_what_a_rule_finds_in_their_text():
    judgement = judge(context("اتصلوا بي: 0933123456", mode="rules", writer=TRUSTED))

    assert isinstance(judgement, Judgement)
    assert (judgement.verdict, judgement.rule) == (Verdict.HOLD, "danger")


def test_whoever_fills_in_the_field_that_people_do_not_see_is_a_program():
    assert [*trap.check(context(trap="x"))] == [Finding("trap", Verdict.SPAM)]
    assert [*trap.check(context(trap=""))] == []


def test_these_rules_look_at_the_comment_as_a_whole():
    assert [
        *banned.check(context(writer=BANNED)),
        *newcomer.check(context(writer=NEW)),
        *everything.check(context(mode="everything")),
    ] == [
        Finding("banned", Verdict.REJECT),
        Finding("newcomer", Verdict.HOLD),
        Finding("everything", Verdict.HOLD),
    ]


LISTED = Lexicon(
    [
        Entry(key=("hold", "لص"), text="لص"),
        Entry(key=("reject", "خائن"), text="خائن"),
        Entry(key=("spam", "casino"), text="casino"),
    ]
)


def test_a_listed_word_is_found_in_every_field_and_asks_for_what_its_list_says():
    judged = context(
        "يا خـــائن يا لصّ", name="لص الحي", website="https://casino.example.org", words=LISTED
    )
    found = [*words.check(judged)]

    assert [
        (each.verdict, each.field, each.note, getattr(judged, each.field)[each.start : each.end])
        for each in found
    ] == [
        (Verdict.HOLD, "name", "لص", "لص"),
        (Verdict.REJECT, "body", "خائن", "خـــائن"),
        (Verdict.HOLD, "body", "لص", "لصّ"),
        (Verdict.SPAM, "website", "casino", "casino"),
    ]


def test_the_gravest_listed_word_decides():
    judgement = judge(context("يا لص يا خائن", words=LISTED, mode="rules"))

    assert isinstance(judgement, Judgement)
    assert (judgement.verdict, judgement.rule) == (Verdict.REJECT, "words")
    assert [*words.check(context("كلام لصيق وخيانة", words=LISTED))] == []
