"""What the tests of the rules ask of a rule: its answers, with the very text that they point at."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from comments.rules import Check
from comments.rules.context import Context, Limits, Sender
from comments.rules.verdict import Answer, Finding

NOON = datetime(2024, 5, 12, 12, 0, tzinfo=UTC)


def context(body: str = "شكراً على هذا التقرير.", **known: Any) -> Context:
    """A good comment sent at noon, with what a test changes in it."""
    return Context(**{"at": NOON, "name": "ليلى", "body": body, **known})


def limited(**limits: Any) -> dict[str, Limits]:
    """The site's policy with these numbers, as `context` takes it."""
    return {"limits": Limits(**limits)}


def sent(**seen: Any) -> dict[str, Sender]:
    """What came from the sender before, as `context` takes it."""
    return {"sender": Sender(**seen)}


def pointed_at(check: Check, judged: Context) -> list[tuple[str, str, str]]:
    """The field, the note and the very text of each finding. Every one of them only holds."""
    findings = only_findings(check(judged))
    assert {finding.verdict for finding in findings} <= {"hold"}
    return [
        (finding.field, finding.note, getattr(judged, finding.field)[finding.start : finding.end])
        for finding in findings
    ]


def in_body(check: Check, body: str, **known: Any) -> list[tuple[str, str]]:
    """The note and the very text of each finding in a comment's body."""
    found = pointed_at(check, context(body, **known))
    assert {field for field, _note, _text in found} <= {"body"}
    return [(note, text) for _field, note, text in found]


def only_findings(answers: Iterable[Answer]) -> list[Finding]:
    found = list(answers)
    assert {type(answer) for answer in found} <= {Finding}
    return [answer for answer in found if isinstance(answer, Finding)]
