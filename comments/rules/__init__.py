"""Moderation rules: small pure functions, run in this order over a read-only context.

A rule answers what it found; the gravest finding decides, and among equals the first. A rule that
raises means that a moderator looks at the comment, never that it is shown.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from comments.rules import (
    banned,
    danger,
    everything,
    flood,
    length,
    links,
    newcomer,
    repeated,
    shouting,
    trap,
    words,
)
from comments.rules.context import Context
from comments.rules.verdict import GRAVITY, Answer, Finding, Refusal, Verdict

Check = Callable[[Context], Iterable[Answer]]

logger = logging.getLogger(__name__)

# Refusals first; then what is in the comment, gravest reasons first; then who wrote it.
RULES: dict[str, Check] = {
    rule.NAME: rule.check
    for rule in (
        *(flood, length, repeated),
        *(trap, banned, words, danger, links, shouting),
        *(newcomer, everything),
    )
}
PASSED = "passed"
# So many findings of one rule tell a moderator enough; a hostile text would bring thousands.
MOST_FINDINGS = 50


@dataclass(frozen=True)
class Judgement:
    """What becomes of a comment: `verdict` None shows it; `rule` is the one that decided."""

    verdict: Verdict | None
    rule: str
    findings: tuple[Finding, ...] = ()


def judge(context: Context, rules: dict[str, Check] = RULES) -> Judgement | Refusal:
    """Run the rules in their order; the first refusal ends it."""
    findings: list[Finding] = []
    for name, check in rules.items():
        for answer in _answers(name, check, context):
            if not isinstance(answer, Finding):
                return answer
            findings.append(answer)
    return _weigh(findings)


def _answers(name: str, check: Check, context: Context) -> Sequence[Answer]:
    try:
        return list(check(context))
    except Exception as error:
        # Without its message and its traceback: both may quote the comment.
        logger.error("the rule %s failed with %s; the comment is held", name, type(error).__name__)
        return [Finding(name, Verdict.HOLD, note="failed")]


def _weigh(findings: list[Finding]) -> Judgement:
    if not findings:
        return Judgement(None, PASSED)
    gravest = max(findings, key=lambda finding: GRAVITY[finding.verdict])
    return Judgement(gravest.verdict, gravest.rule, tuple(_readable(findings, gravest)))


def _readable(findings: list[Finding], gravest: Finding) -> Iterator[Finding]:
    """Not too many of each rule, the one that decides among them."""
    kept = Counter([gravest.rule])
    for finding in findings:
        if finding is gravest:
            yield finding
        elif kept[finding.rule] < MOST_FINDINGS:
            kept[finding.rule] += 1
            yield finding
