"""What rules answer: findings about a comment, or a refusal to take it. A leaf."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What a finding asks for, gravest last."""

    HOLD = "hold"
    REJECT = "reject"
    SPAM = "spam"


GRAVITY = {verdict: place for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True)
class Finding:
    """Why a comment should not simply be shown, and the very span of text that says so.

    `field` is "name", "website" or "body", and `start`, `end` are character offsets into it as it
    was typed; an empty field means the comment as a whole. `note` is a word for the moderators.
    """

    rule: str
    verdict: Verdict
    field: str = ""
    start: int = 0
    end: int = 0
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class TooMany:
    """The sender has to wait `retry_after` seconds."""

    rule: str
    retry_after: int


@dataclass(frozen=True)
class Unacceptable:
    """The comment cannot be taken as it is; `message` tells its writer what to do."""

    rule: str
    field: str
    message: str


Refusal = TooMany | Unacceptable
Answer = Finding | Refusal
