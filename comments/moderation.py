"""The one way to change a comment's status.

`decide` locks the row, does nothing where the comment has that status already, refuses what may
not follow the present status, and writes the status and its decision in one transaction;
`decide_all` does the same for a whole selection in a few statements. `undo` takes back what one
action of the desk decided.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Refused
from comments.models import (
    Comment,
    CommenterDecision,
    CommentStatus,
    Decision,
    DecisionAction,
    Report,
)

WITHDRAWN_BY_COMMENTER = "withdrawn_by_commenter"
_AT_ONCE = 1000
_UNDONE = (DecisionAction.STATUS, DecisionAction.DISMISS_REPORTS)

_SET_ASIDE = {CommentStatus.REJECTED, CommentStatus.SPAM, CommentStatus.TRASH}
_OPEN_TO_MODERATORS = {CommentStatus.PENDING, CommentStatus.APPROVED} | _SET_ASIDE
# What may follow each status. A withdrawn comment stays withdrawn: its writer has spoken.
FOLLOWS: dict[CommentStatus, set[CommentStatus]] = {
    **{
        status: (_OPEN_TO_MODERATORS | {CommentStatus.WITHDRAWN}) - {status}
        for status in _OPEN_TO_MODERATORS
    },
    CommentStatus.WITHDRAWN: set(),
}


@dataclass(frozen=True)
class Verdict:
    """What a moderator can do with a comment: a verb for the button, where it leads, its key."""

    verb: str
    label: str | Promise
    status: CommentStatus
    key: str = ""


VERDICTS = {
    verdict.verb: verdict
    for verdict in (
        Verdict("approve", _("Approve"), CommentStatus.APPROVED, "a"),
        Verdict("reject", _("Reject"), CommentStatus.REJECTED, "r"),
        Verdict("spam", _("Spam"), CommentStatus.SPAM, "s"),
        Verdict("trash", _("Trash"), CommentStatus.TRASH, "t"),
        Verdict("restore", _("Back to the queue"), CommentStatus.PENDING),
    )
}


@dataclass(eq=False)
class Overtaken(Refused):
    """Somebody else decided since it was shown; `decision` is theirs."""

    decision: Decision | CommenterDecision | None = None

    def is_own(self, by: User, new: CommentStatus) -> bool:
        """Whether it is this very decision: what was pressed twice has done what it says."""
        return self.decision is not None and (self.decision.by, self.decision.new) == (by, new)


@dataclass(frozen=True)
class Outcome:
    """What became of a whole selection, in numbers of comments.

    `later` were more than are decided on at once; `left` are those that stay as they are.
    """

    changed: int
    left: int
    later: int = 0


# Comments by key and status.
Rows = list[tuple[int, str]]


def possible_verdicts(comment: Comment) -> list[Verdict]:
    """What a moderator can do with a comment in its present status."""
    follows = FOLLOWS[CommentStatus(comment.status)]
    return [verdict for verdict in VERDICTS.values() if verdict.status in follows]


def decide(
    comment_id: int,
    new: CommentStatus,
    *,
    by: User | None = None,
    rule: str = "",
    reason: str = "",
    seen: str = "",
    revision: int | None = None,
    batch: UUID | None = None,
) -> bool:
    """Give a comment a status, by a person or by a rule; whether anything changed.

    `seen` is the status and `revision` the text that the moderator had before their eyes: where
    it is another one by now, nothing is changed and Overtaken says who decided. Raises
    Comment.DoesNotExist too, and Refused where `new` may not follow the present status.
    """
    with transaction.atomic():
        comment = lock(comment_id, seen=seen, revision=revision)
        old = CommentStatus(comment.status)
        if old == new:
            return False
        if new not in FOLLOWS[old]:
            raise Refused(
                gettext("A comment that is “%(old)s” cannot become “%(new)s”.")
                % {"old": old.label, "new": new.label}
            )
        if comment.open_reports:
            settle_reports([comment.pk], batch)
        comment.status = new
        comment.open_reports = 0
        comment.save(update_fields=["status", "open_reports"])
        Decision.objects.create(
            comment=comment, old=old, new=new, by=by, rule=rule, reason=reason, batch=batch
        )
        return True


def lock(comment_id: int, *, seen: str = "", revision: int | None = None) -> Comment:
    """The comment, held until the transaction ends, as long as it is as the moderator saw it.

    Raises Overtaken, and Comment.DoesNotExist.
    """
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if seen and seen != comment.status:
        raise overtaken(comment)
    if revision is not None and revision != comment.revision:
        raise overtaken(comment)
    return comment


def decide_all(
    comments: QuerySet[Comment],
    new: CommentStatus,
    *,
    by: User | None = None,
    rule: str = "",
    reason: str = "",
    batch: UUID | None = None,
    most: int | None = None,
) -> Outcome:
    """Give every comment of a selection a status, as `decide` would one by one.

    Those that have it already, those whose status it may not follow, and those that somebody has
    taken out of the selection meanwhile are left as they are. A thousand comments are locked at a
    time, and each thousand is a transaction of its own. `most` bounds how many are decided on,
    those that came first.
    """

    def decide_some(possible: Rows) -> None:
        keys = [pk for pk, _old in possible]
        settle_reports(keys, batch)
        Comment.objects.filter(pk__in=keys).update(status=new, open_reports=0)
        Decision.objects.bulk_create(
            Decision(comment_id=pk, old=old, new=new, by=by, rule=rule, reason=reason, batch=batch)
            for pk, old in possible
        )

    before = [status for status, follows in FOLLOWS.items() if new in follows]
    return _in_parts(comments, comments.filter(status__in=before), decide_some, most)


def dismiss_all_reports(
    comments: QuerySet[Comment],
    *,
    by: User,
    reason: str = "",
    batch: UUID | None = None,
    most: int | None = None,
) -> Outcome:
    """Let every reported comment of a selection stand, as `decide_all` does what it does."""

    def dismiss_some(possible: Rows) -> None:
        keys = [pk for pk, _status in possible]
        settle_reports(keys, batch)
        Comment.objects.filter(pk__in=keys).update(open_reports=0)
        Decision.objects.bulk_create(
            _dismissal(pk, status, by=by, reason=reason, batch=batch) for pk, status in possible
        )

    return _in_parts(comments, comments.filter(open_reports__gt=0), dismiss_some, most)


def _in_parts(
    chosen: QuerySet[Comment],
    possible: QuerySet[Comment],
    decide_some: Callable[[Rows], None],
    most: int | None,
) -> Outcome:
    """Decide on what is `possible` of those `chosen`: at most so many, a thousand at a time."""
    wanted = list(possible.order_by("pk").values_list("pk", flat=True)[:most])
    later = possible.count() - len(wanted) if len(wanted) == most else 0
    number = chosen.count() - later
    changed = 0
    for keys in _parts(wanted):
        with transaction.atomic():
            # Asked for after the lock: what came before it would miss what it has waited for.
            _lock_all(keys)
            still = list(possible.filter(pk__in=keys).order_by("pk").values_list("pk", "status"))
            decide_some(still)
        changed += len(still)
    return Outcome(changed, number - changed, later)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def _lock_all(keys: list[int]) -> None:
    """Hold these comments until the transaction ends."""
    locked = Comment.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(locked.values_list("pk"))


def withdraw(comment: Comment) -> bool:
    """Take a comment back at its writer's wish; whether anything changed."""
    return decide(comment.pk, CommentStatus.WITHDRAWN, rule=WITHDRAWN_BY_COMMENTER)


def dismiss_reports(
    comment_id: int,
    *,
    by: User,
    reason: str = "",
    seen: str = "",
    reports: int | None = None,
    batch: UUID | None = None,
) -> bool:
    """Let a reported comment stand; whether there was a report to dismiss.

    `reports` is how many the moderator had before their eyes. Raises Overtaken, also where another
    one has come in since.
    """
    with transaction.atomic():
        comment = lock(comment_id, seen=seen)
        if not comment.open_reports:
            return False
        if reports is not None and reports < comment.open_reports:
            raise Overtaken(gettext("This comment was reported once more. Look at it again."))
        comment.open_reports = 0
        comment.save(update_fields=["open_reports"])
        settle_reports([comment.pk], batch)
        _dismissal(comment.pk, comment.status, by=by, reason=reason, batch=batch).save()
        return True


def _dismissal(comment_id: int, status: str, **decision: Any) -> Decision:
    action = DecisionAction.DISMISS_REPORTS
    return Decision(comment_id=comment_id, action=action, old=status, new=status, **decision)


def undo(batch: UUID, *, by: User) -> Outcome:
    """Take back what this moderator decided in one action, wherever nobody has decided since.

    The reports that the action settled are open again.
    """
    mine = Decision.objects.filter(batch=batch, by=by, action__in=_UNDONE)
    wanted = sorted({*mine.values_list("comment", flat=True)})
    changed = sum(_undo_some(keys, mine, batch, by) for keys in _parts(wanted))
    return Outcome(changed, len(wanted) - changed)


def _undo_some(keys: list[int], mine: QuerySet[Decision], batch: UUID, by: User) -> int:
    with transaction.atomic():
        _lock_all(keys)
        newest = (
            Decision.objects.filter(
                comment=OuterRef("comment"), action__in=(*_UNDONE, DecisionAction.REOPEN_REPORTS)
            )
            .order_by("-id")
            .values("pk")[:1]
        )
        standing = list(mine.filter(comment__in=keys, pk=Subquery(newest)))
        for old in {decision.old for decision in standing}:
            back = [each.comment_id for each in standing if each.old == old]
            Comment.objects.filter(pk__in=back).update(status=old)
        _reopen_reports([each.comment_id for each in standing], batch)
        Decision.objects.bulk_create(_taken_back(each, by) for each in standing)
    return len(standing)


def _taken_back(decision: Decision, by: User) -> Decision:
    dismissed = decision.action == DecisionAction.DISMISS_REPORTS
    return Decision(
        comment_id=decision.comment_id,
        action=DecisionAction.REOPEN_REPORTS if dismissed else DecisionAction.STATUS,
        old=decision.new,
        new=decision.old,
        by=by,
        reason=gettext("undone"),
    )


def overtaken(comment: Comment) -> Overtaken:
    """What to tell a moderator who decides on a comment that is no longer as they saw it."""
    decision = comment.decisions.select_related("by").first()
    if decision is None or decision.by is None:
        told = gettext("This comment is “%(status)s” by now. Look at it again.")
        return Overtaken(told % {"status": comment.get_status_display()}, decision)
    if decision.action == DecisionAction.STATUS:
        told = gettext("%(moderator)s has decided on this comment: it is “%(status)s” by now.")
    else:
        told = gettext(
            "%(moderator)s has changed this comment (%(action)s): it is “%(status)s” by now."
        )
    return Overtaken(
        told
        % {
            "moderator": decision.by.username,
            "action": decision.get_action_display(),
            "status": comment.get_status_display(),
        },
        decision,
    )


def settle_reports(comment_ids: Iterable[int], batch: UUID | None = None) -> None:
    """A decision on a comment answers the reports of it."""
    Report.objects.filter(comment__in=comment_ids, settled=False).update(settled=True, batch=batch)


def _reopen_reports(comment_ids: Iterable[int], batch: UUID) -> None:
    """Take back what `settle_reports` did in this action of the desk, on comments held locked."""
    again = list(
        Report.objects.filter(comment__in=comment_ids, batch=batch).values_list(
            "comment", flat=True
        )
    )
    Report.objects.filter(comment__in=again, batch=batch).update(settled=False, batch=None)
    unsettled = (
        Report.objects.filter(comment=OuterRef("pk"), settled=False)
        .values("comment")
        .annotate(number=Count("pk"))
        .values("number")
    )
    Comment.objects.filter(pk__in=again).update(open_reports=Coalesce(Subquery(unsettled), 0))
