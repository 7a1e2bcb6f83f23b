"""The door: whether a discussion takes comments at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class DiscussionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"


@dataclass(frozen=True)
class Discussion:
    """What decides about the door: the editors' switch, the policy in force, the clock's start."""

    switched_on: bool
    mode: str
    frozen: bool
    published_at: datetime | None
    closes_after_days: int | None


def state(discussion: Discussion, at: datetime) -> DiscussionState:
    """Frozen in an emergency; closed by the editors, by the policy, or by age; open otherwise."""
    if discussion.frozen:
        return DiscussionState.FROZEN
    if not discussion.switched_on or discussion.mode == "closed" or _is_old(discussion, at):
        return DiscussionState.CLOSED
    return DiscussionState.OPEN


def _is_old(discussion: Discussion, at: datetime) -> bool:
    if discussion.closes_after_days is None or discussion.published_at is None:
        return False
    return at >= discussion.published_at + timedelta(days=discussion.closes_after_days)
