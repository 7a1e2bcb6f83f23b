"""The door of a discussion: open, closed or frozen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comments.rules.discussion import Discussion, DiscussionState, state
from tests.comments.rules.judging import NOON

OPEN, CLOSED, FROZEN = DiscussionState.OPEN, DiscussionState.CLOSED, DiscussionState.FROZEN
DISCUSSION = Discussion(
    switched_on=True,
    mode="newcomers",
    frozen=False,
    published_at=NOON - timedelta(days=3),
    closes_after_days=None,
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, OPEN),
        ({"mode": "everything"}, OPEN),
        ({"mode": "rules"}, OPEN),
        ({"mode": "closed"}, CLOSED),
        ({"switched_on": False}, CLOSED),
        ({"frozen": True}, FROZEN),
        ({"frozen": True, "mode": "closed", "switched_on": False}, FROZEN),
        ({"frozen": True, "closes_after_days": 1}, FROZEN),
        ({"closes_after_days": 4}, OPEN),
        ({"closes_after_days": 3}, CLOSED),
        ({"closes_after_days": 0}, CLOSED),
        ({"closes_after_days": 3, "published_at": None}, OPEN),
    ],
)
def test_what_shuts_the_door(changed, expected):
    assert state(replace(DISCUSSION, **changed), NOON) == expected


def test_a_discussion_closes_at_the_very_moment_that_its_days_are_over():
    discussion = replace(DISCUSSION, closes_after_days=3)

    assert state(discussion, NOON - timedelta(microseconds=1)) == OPEN
    assert state(discussion, NOON) == CLOSED
