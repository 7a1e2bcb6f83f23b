"""Too fast, too many: from one network, and under one name on it.

A refusal for what came under the address, on this network or elsewhere, would tell whoever tries
it that somebody has just commented under that address: more than the hour's limit is held then,
without a word.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from math import ceil

from comments.rules.context import Context
from comments.rules.verdict import Answer, Finding, TooMany, Verdict

NAME = "flood"

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


def check(context: Context) -> Iterator[Answer]:
    sender, limits = context.sender, context.limits
    waits = [
        _wait(sender.own, limits.per_minute, _MINUTE, context.at),
        _wait(sender.own, limits.per_hour, _HOUR, context.at),
        _wait(sender.network, limits.network_per_minute, _MINUTE, context.at),
        _wait(sender.network, limits.network_per_hour, _HOUR, context.at),
    ]
    longest = max(waits)
    if longest > timedelta(0):
        yield TooMany(NAME, retry_after=max(1, ceil(longest.total_seconds())))
    elif limits.per_hour and context.writer.past_hour >= limits.per_hour:
        yield Finding(NAME, Verdict.HOLD)


def _wait(times: Sequence[datetime], limit: int, within: timedelta, at: datetime) -> timedelta:
    """How long until fewer than `limit` of these times lie in the past `within`."""
    if limit == 0 or len(times) < limit:
        return timedelta(0)
    return times[-limit] + within - at
