"""The one way to change a comment's status.

`decide` locks the row, does nothing where the comment has that status already, refuses what may
not follow the present status, and writes the status and its decision in one transaction.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Refused
from comments.models import Comment, CommentStatus, Decision

WITHDRAWN_BY_COMMENTER = "withdrawn_by_commenter"

_SET_ASIDE = {CommentStatus.REJECTED, CommentStatus.SPAM, CommentStatus.TRASH}
# What may follow each status. A withdrawn comment stays withdrawn: its writer has spoken.
FOLLOWS = {
    CommentStatus.PENDING: {CommentStatus.APPROVED, CommentStatus.WITHDRAWN} | _SET_ASIDE,
    CommentStatus.APPROVED: {CommentStatus.WITHDRAWN} | _SET_ASIDE,
    **{
        status: {CommentStatus.PENDING, CommentStatus.APPROVED, CommentStatus.WITHDRAWN}
        | _SET_ASIDE - {status}
        for status in _SET_ASIDE
    },
    CommentStatus.WITHDRAWN: set(),
}


@dataclass(frozen=True)
class Verdict:
    """What a moderator can do with a comment: a verb for the button, and where it leads."""

    verb: str
    label: str | Promise
    status: CommentStatus


VERDICTS = {
    verdict.verb: verdict
    for verdict in (
        Verdict("approve", _("Approve"), CommentStatus.APPROVED),
        Verdict("reject", _("Reject"), CommentStatus.REJECTED),
        Verdict("spam", _("Spam"), CommentStatus.SPAM),
        Verdict("trash", _("Trash"), CommentStatus.TRASH),
        Verdict("restore", _("Restore"), CommentStatus.PENDING),
    )
}


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
) -> bool:
    """Give a comment a status, by a person or by a rule; whether anything changed.

    Raises Comment.DoesNotExist, and Refused where `new` may not follow the present status.
    """
    with transaction.atomic():
        comment = Comment.objects.select_for_update().get(pk=comment_id)
        old = CommentStatus(comment.status)
        if old == new:
            return False
        if new not in FOLLOWS[old]:
            raise Refused(
                gettext("A comment that is “%(old)s” cannot become “%(new)s”.")
                % {"old": old.label, "new": new.label}
            )
        comment.status = new
        comment.save(update_fields=["status"])
        Decision.objects.create(comment=comment, old=old, new=new, by=by, rule=rule, reason=reason)
        return True


def withdraw(comment: Comment) -> bool:
    """Take a comment back at its writer's wish; whether anything changed."""
    return decide(comment.pk, CommentStatus.WITHDRAWN, rule=WITHDRAWN_BY_COMMENTER)
