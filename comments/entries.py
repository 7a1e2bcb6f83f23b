"""What the desk shows of comments beside their text: read for a whole page in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comments import editing, moderation
from comments.marks import Piece, Span, marked
from comments.models import Comment, CommentStatus, Decision, Report
from comments.models.comment import HELD_WITHOUT_SUSPICION
from comments.moderation import Verdict
from comments.rules.labels import EXPLANATIONS, NOTES, RULE_LABELS

DECISIONS_SHOWN = 3
REPORTS_SHOWN = 5

# The order in which a commenter's comments are counted on an entry.
_COUNTED = (
    *(CommentStatus.APPROVED, CommentStatus.PENDING, CommentStatus.REJECTED),
    *(CommentStatus.SPAM, CommentStatus.TRASH, CommentStatus.WITHDRAWN),
)


def label_of(rule: str) -> str | Promise:
    """What a rule is called at the desk."""
    return RULE_LABELS.get(rule, rule)


@dataclass(frozen=True)
class Reason:
    """Why a comment was held: what the rule is called, what it looks for, the words it found."""

    label: str | Promise
    explanation: str | Promise
    quoted: str
    note: str | Promise


@dataclass
class Entry:
    """A comment of the queue with all that a moderator decides by."""

    comment: Comment
    reports: list[Report] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    history: dict[str, int] = field(default_factory=dict)
    # The entry behind this one on its page.
    then: int | None = None

    @cached_property
    def name(self) -> SafeString:
        return self._marked("name")

    @cached_property
    def text(self) -> SafeString:
        return self._marked("body")

    @cached_property
    def website(self) -> SafeString:
        return self._marked("website")

    @cached_property
    def reasons(self) -> list[Reason]:
        """The findings, each once; the rule alone where it has left no finding."""
        found = [_reason(self.comment, finding) for finding in self.comment.findings]
        held_by = self.comment.held_by
        if not found and held_by:
            found = [Reason(label_of(held_by), EXPLANATIONS.get(held_by, ""), "", "")]
        return list(dict.fromkeys(found))

    @cached_property
    def seen(self) -> SafeString:
        """What each form tells of the comment as the moderator sees it."""
        return format_html(
            '<input type="hidden" name="comment" value="{}">'
            '<input type="hidden" name="seen" value="{}">'
            '<input type="hidden" name="revision" value="{}">'
            '<input type="hidden" name="reports" value="{}">'
            '<input type="hidden" name="then" value="{}">',
            *(self.comment.pk, self.comment.status, self.comment.revision),
            *(self.comment.open_reports, self.then or ""),
        )

    @property
    def record(self) -> list[tuple[Decision, str | Promise]]:
        """The decisions, newest first, each with what its rule is called."""
        return [(decision, label_of(decision.rule)) for decision in self.decisions]

    @property
    def is_suspect(self) -> bool:
        return self.comment.held_by not in HELD_WITHOUT_SUSPICION

    @property
    def verdicts(self) -> list[Verdict]:
        return moderation.possible_verdicts(self.comment)

    @property
    def verbs(self) -> list[str]:
        return [verdict.verb for verdict in self.verdicts]

    @property
    def has_dangers(self) -> bool:
        """Whether “redact and publish” has something to black out."""
        return self.comment.status == CommentStatus.PENDING and bool(editing.dangers(self.comment))

    @property
    def waiting(self) -> int:
        """How many comments wait from this commenter, this one included."""
        return self.history.get(CommentStatus.PENDING, 0)

    @property
    def counted(self) -> list[tuple[str, str | Promise, int]]:
        """The commenter's comments: status, its label, how many."""
        return [
            (status.value, status.label, self.history[status])
            for status in _COUNTED
            if self.history.get(status)
        ]

    def _marked(self, of: str) -> SafeString:
        spans = [
            Span(finding["start"], finding["end"], str(label_of(finding["rule"])))
            for finding in self.comment.findings
            if finding["field"] == of
        ]
        pieces = marked(getattr(self.comment, of), spans)
        return format_html_join("", "{}", ((_shown(piece),) for piece in pieces))


def _shown(piece: Piece) -> str:
    """The piece as the page has it: marked where a rule has found something."""
    if not piece.title:
        return piece.text
    return format_html('<mark title="{}">{}</mark>', piece.title, piece.text)


def entries(comments: Sequence[Comment], *, all_decisions: bool = False) -> list[Entry]:
    """The entries of these comments, in their order; three queries for all of them.

    The comments come from `queue.with_surroundings`.
    """
    keys = [comment.pk for comment in comments]
    reports = _by_comment(_newest(Report.objects.filter(settled=False), keys, REPORTS_SHOWN))
    decisions = _by_comment(
        _newest(
            Decision.objects.select_related("by"), keys, None if all_decisions else DECISIONS_SHOWN
        )
    )
    histories = _histories({comment.commenter_id for comment in comments})
    return [
        Entry(
            comment,
            reports=reports[comment.pk],
            decisions=decisions[comment.pk],
            history=histories[comment.commenter_id],
        )
        for comment in comments
    ]


def _newest(rows: Any, comment_ids: Sequence[int], most: int | None) -> Any:
    """The newest rows of each comment, newest first."""
    rows = rows.filter(comment__in=comment_ids).order_by("-id")
    if most is None:
        return rows
    place = Window(RowNumber(), partition_by=F("comment"), order_by=F("id").desc())
    return rows.annotate(place=place).filter(place__lte=most)


def _by_comment(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.comment_id].append(row)
    return grouped


def _histories(commenter_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many comments of each status each commenter has."""
    counted = (
        Comment.objects.filter(commenter__in=commenter_ids)
        .order_by()
        .values_list("commenter", "status")
        .annotate(Count("pk"))
    )
    histories: dict[int, dict[str, int]] = defaultdict(dict)
    for commenter, status, number in counted:
        histories[commenter][status] = number
    return histories


def _reason(comment: Comment, finding: dict[str, Any]) -> Reason:
    rule, of = finding["rule"], finding["field"]
    quoted = getattr(comment, of)[finding["start"] : finding["end"]] if of else ""
    note = NOTES.get(finding["note"], finding["note"])
    return Reason(label_of(rule), EXPLANATIONS.get(rule, ""), quoted, note)
