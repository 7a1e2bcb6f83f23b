"""Too many: what came from the sender's network, counted to the very second."""

from datetime import timedelta

import pytest

from comments.rules import flood
from comments.rules.verdict import TooMany
from tests.comments.rules.judging import NOON, context, limited, sent

NO_LIMITS = {"per_minute": 0, "per_hour": 0, "network_per_minute": 0, "network_per_hour": 0}
LIMITS = {
    # The limit, what it counts, and its length in seconds.
    "per_minute": ("own", 60),
    "per_hour": ("own", 3600),
    "network_per_minute": ("network", 60),
    "network_per_hour": ("network", 3600),
}


def seconds_ago(*seconds: float) -> tuple:
    """Moments before noon, oldest first."""
    return tuple(NOON - timedelta(seconds=each) for each in sorted(seconds, reverse=True))


def answers(limits: dict[str, int], **seen: tuple) -> list[TooMany]:
    return list(flood.check(context(**limited(**{**NO_LIMITS, **limits}), **sent(**seen))))


@pytest.mark.parametrize(("limit", "counted", "length"), [(n, *of) for n, of in LIMITS.items()])
def test_a_limit_is_reached_by_so_many_and_not_by_one_fewer(limit, counted, length):
    assert answers({limit: 3}, **{counted: seconds_ago(1, 2)}) == []
    assert answers({limit: 3}, **{counted: seconds_ago(1, 2, 3)}) == [TooMany("flood", length - 3)]


@pytest.mark.parametrize(("limit", "counted", "length"), [(n, *of) for n, of in LIMITS.items()])
def test_the_wait_ends_at_the_very_second(limit, counted, length):
    assert answers({limit: 1}, **{counted: seconds_ago(length)}) == []
    assert answers({limit: 1}, **{counted: seconds_ago(length + 1)}) == []
    assert answers({limit: 1}, **{counted: seconds_ago(length - 0.001)}) == [TooMany("flood", 1)]
    assert answers({limit: 1}, **{counted: seconds_ago(length - 1)}) == [TooMany("flood", 1)]
    assert answers({limit: 1}, **{counted: seconds_ago(0)}) == [TooMany("flood", length)]


@pytest.mark.parametrize(("limit", "counted", "length"), [(n, *of) for n, of in LIMITS.items()])
def test_zero_turns_a_limit_off(limit, counted, length):
    many = seconds_ago(*[0] * 1000)

    assert answers({limit: 0}, own=many, network=many) == []


def test_only_the_newest_that_the_limit_counts_decide_how_long_the_wait_is():
    assert answers({"per_minute": 2}, own=seconds_ago(5, 10, 20, 30)) == [TooMany("flood", 50)]


def test_the_longest_wait_of_all_limits_is_told():
    limits = {"per_minute": 1, "per_hour": 2, "network_per_minute": 1}
    own = seconds_ago(10, 600)

    assert answers(limits, own=own, network=own) == [TooMany("flood", 3000)]


def test_what_others_send_from_the_network_counts_for_the_network_alone():
    limits = {"per_minute": 1, "network_per_minute": 3}

    assert answers(limits, own=(), network=seconds_ago(1, 2)) == []
    assert answers(limits, own=(), network=seconds_ago(1, 2, 4)) == [TooMany("flood", 56)]
