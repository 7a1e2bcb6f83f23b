"""Whatever is typed: no rule breaks, every span lies in its text, and none takes long."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import rules
from comments.rules import Judgement, danger, judge, links, shouting
from comments.rules.context import Context, Limits
from comments.rules.verdict import Finding
from tests.comments.rules.judging import context
from tests.conftest import shared

# Single characters and pieces that the rules look for, so that they meet in every order.
PIECES = [
    *("0", "٩", "۳", "0933123456", "01010203045", "+963", "00963", "12", "3", "2024", "1990"),
    *(".", "-", "/", " ", "  ", "\n", "\n\n", ",", "٬", ":", "(", ")", "[", "]", "<", ">"),
    *(
        "@",
        "＠",
        "(at)",
        " at ",
        " dot ",
        "%40",
        "gmail",
        "جيميل",
        ".com",
        "com",
        "www.",
        "https://",
    ),
    *("شارع", "حي", "بناية", "طابق", "شقة", "رقم", "أسكن", "عنواني", "بغداد", "ص.ب", "الثالث"),
    *(
        "Street",
        "floor",
        "apt",
        "st",
        "rd",
        "Baghdad",
        "<a href=",
        "[url=",
        "N",
        "SP",
        "رقمي",
        "هاتف",
    ),
    *("ـ", "ه", "ا", "A", "!", "؟", "👍", "❤️", "🇸🇾", "\u200d", "\u202e", "\u2066", "\u0301", "ً"),
    *("ﷺ", "½", "①", "İ", "ß", "ﬁ", "\ufdfa", "\u0000", "\ud800", "\U000e0041"),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(max_size=200),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 200)),
)
CONTEXTS = st.builds(
    context,
    body=TEXTS,
    name=TEXTS,
    website=TEXTS,
    limits=st.builds(
        Limits, most_links=st.integers(0, 2), phone_region=st.sampled_from(["SY", "US", "KW", "XX"])
    ),
    was_said=st.booleans(),
)


@given(judged=CONTEXTS)
@settings(deadline=None, max_examples=300)
def test_no_rule_breaks_and_every_span_lies_in_its_text(judged: Context):
    whole = replace(judged, limits=replace(judged.limits, shortest=0))
    judgement = judge(whole)

    assert isinstance(judgement, Judgement)
    assert [finding for finding in judgement.findings if finding.note == "failed"] == []
    for finding in judgement.findings:
        if finding.field:
            text = getattr(judged, finding.field)
            assert 0 <= finding.start <= finding.end <= len(text)
            assert text[finding.start : finding.end] or finding.rule == "repeated"
        else:
            assert (finding.start, finding.end) == (0, 0)


def test_no_rule_breaks_at_naughty_strings():
    naughty = json.loads(shared("data", "naughty-strings.json").read_text())

    judged = [judge(context(text, name=text, website=text, mode="rules")) for text in naughty]

    assert len(judged) > 500
    assert [each for each in judged if "failed" in str(each)] == []


@given(judged=CONTEXTS)
@settings(deadline=None, max_examples=200)
def test_no_rule_points_at_one_character_twice(judged: Context):
    for check in (danger.check, links.check, shouting.check):
        for field in ("name", "website", "body"):
            spans = [
                (found.start, found.end)
                for found in check(judged)
                if isinstance(found, Finding) and found.field == field
            ]
            ends = [end for _start, end in spans]
            assert spans == sorted(spans)
            assert all(end <= start for end, (start, _end) in zip(ends, spans[1:], strict=False))


@given(judged=CONTEXTS)
@settings(deadline=None, max_examples=100)
def test_the_same_comment_is_judged_the_same_twice(judged: Context):
    assert judge(judged) == judge(judged)


@pytest.mark.parametrize(
    "piece", [*PIECES, "1 ", "1,", "a@", "a.", "at ", "<a ", "12/", "بناية 12 "]
)
def test_five_thousand_characters_of_one_thing_take_no_time(piece):
    """A search that goes back over its text at every character would take many seconds."""
    body = (piece * 5000)[:5000]
    begun = time.process_time()

    for name in ("danger", "links", "shouting", "repeated", "length"):
        list(rules.RULES[name](context(body, was_said=True)))

    assert time.process_time() - begun < 2
