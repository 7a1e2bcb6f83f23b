"""The one way to change a commenter's standing: ordinary, trusted, banned."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from comments import moderation, networks
from comments.models import Comment, Commenter, CommenterDecision, CommentStatus, Standing
from comments.moderation import Overtaken


def set_standing(
    commenter_id: int,
    new: Standing,
    *,
    by: User | None = None,
    reason: str = "",
    seen: str = "",
    batch: UUID | None = None,
) -> bool:
    """Give a commenter a standing, with its decision; whether anything changed.

    `seen` is the standing that the moderator had before their eyes. Raises Overtaken where it is
    another one by now, and Commenter.DoesNotExist.
    """
    with transaction.atomic():
        commenter = _locked(commenter_id)
        old = commenter.status
        if old == new:
            return False
        if seen and seen != old:
            raise _overtaken(commenter)
        commenter.status = new
        commenter.save(update_fields=["status"])
        CommenterDecision.objects.create(
            commenter=commenter, old=old, new=new, by=by, reason=reason, batch=batch
        )
        return True


@dataclass(frozen=True)
class Banned:
    """Whether the standing was another one, and how many comments that waited are rejected."""

    changed: bool
    rejected: int


def ban_and_reject(
    commenter_id: int, *, by: User, reason: str = "", seen: str = "", batch: UUID | None = None
) -> Banned:
    """Ban a commenter and reject all that waits from them, or neither. Raises as `set_standing`."""
    decision: dict[str, Any] = {"by": by, "reason": reason, "batch": batch}
    with transaction.atomic():
        changed = set_standing(commenter_id, Standing.BANNED, seen=seen, **decision)
        waiting = Comment.objects.filter(commenter=commenter_id, status=CommentStatus.PENDING)
        rejected = moderation.decide_all(waiting, CommentStatus.REJECTED, **decision)
        return Banned(changed, rejected.changed)


def undo_standing(batch: UUID, *, by: User) -> bool:
    """Take back a standing that this moderator gave in one action; whether anything changed.

    Nothing changes where somebody has given the commenter another standing since.
    """
    with transaction.atomic():
        mine = CommenterDecision.objects.filter(batch=batch, by=by).first()
        if mine is None:
            return False
        commenter = _locked(mine.commenter_id)
        if commenter.decisions.first() != mine:
            return False
        return set_standing(commenter.pk, Standing(mine.old), by=by, reason=gettext("undone"))


def _locked(commenter_id: int) -> Commenter:
    """The commenter, held until the transaction ends, after what is being posted under the address.

    So no comment that was judged by the old standing comes after the new one.
    """
    digest = Commenter.objects.values_list("digest", flat=True).get(pk=commenter_id)
    networks.one_at_a_time(bytes(digest))
    return Commenter.objects.select_for_update().get(pk=commenter_id)


def _overtaken(commenter: Commenter) -> Overtaken:
    decision = commenter.decisions.select_related("by").first()
    told = gettext("%(moderator)s has decided on this commenter, who is “%(standing)s” by now.")
    return Overtaken(
        told
        % {
            "moderator": decision.by.username if decision and decision.by else "—",
            "standing": commenter.get_status_display(),
        },
        decision,
    )
