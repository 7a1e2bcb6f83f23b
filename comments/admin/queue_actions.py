"""What a moderator can do from the queue: each form's verb, read strictly and carried out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.utils.translation import gettext, ngettext

from articles.models import Refused
from articles.numbers import whole_number
from comments import commenters, editing, moderation
from comments.admin.queue_forms import Posted
from comments.models import Comment, CommentStatus, Decision, Standing
from comments.moderation import VERDICTS, Outcome, Overtaken, Verdict
from comments.queue import PAGE_SIZE

# What one confirmed action decides on at most; the rest is left for the next one.
MOST_AT_ONCE = 20_000


@dataclass(frozen=True)
class Done:
    """What was done: the message, and the batch by which it can be undone.

    `comment` is the one that was acted on; None where there may be several.
    """

    message: str
    comment: int | None = None
    undo: UUID | None = None
    level: int = messages.SUCCESS


def do(posted: Posted) -> Done:
    """Carry out what a form asks for.

    Raises BadRequest for a form that is not ours, and what the workflow raises: Refused,
    Overtaken, Comment.DoesNotExist.
    """
    action = ACTIONS.get(posted.data.get("do", ""))
    if action is None:
        raise BadRequest("no such action")
    return action(posted)


def _decide(verdict: Verdict, posted: Posted) -> Done:
    batch: UUID | None = uuid4()
    try:
        moderation.decide(
            posted.comment,
            verdict.status,
            by=posted.by,
            reason=posted.reason,
            seen=posted.seen,
            revision=posted.number("revision"),
            batch=batch,
        )
    except Overtaken as late:
        if not late.is_own(posted.by, verdict.status):
            raise
        assert late.decision is not None
        batch = _alone(late.decision.batch)
    return Done(_now(1, verdict), posted.comment, batch)


def _alone(batch: UUID | None) -> UUID | None:
    """The batch of one decision; None for one of many, which this button would undo as well."""
    return batch if Decision.objects.filter(batch=batch)[:2].count() == 1 else None


def _dismiss(posted: Posted) -> Done:
    batch = uuid4()
    changed = moderation.dismiss_reports(
        posted.comment,
        by=posted.by,
        reason=posted.reason,
        seen=posted.seen,
        reports=posted.number("reports"),
        batch=batch,
    )
    if not changed:
        return Done(gettext("No report of this comment is open any more."), posted.comment)
    return Done(gettext("The comment stands; its reports are settled."), posted.comment, batch)


def _edit(posted: Posted) -> Done:
    changed = editing.edit(
        posted.comment,
        posted.text("body"),
        by=posted.by,
        reason=posted.reason,
        seen=posted.seen,
        revision=posted.number("revision"),
    )
    told = gettext("The comment is changed, and marked as edited.")
    return Done(told if changed else _unchanged(), posted.comment)


def _redact(posted: Posted) -> Done:
    phrase = posted.text("phrase").strip()
    if not phrase:
        raise Refused(gettext("Write or select the words to black out."))
    changed = editing.redact_phrase(
        posted.comment,
        phrase,
        by=posted.by,
        reason=posted.reason,
        seen=posted.seen,
        revision=posted.number("revision"),
    )
    if not changed:
        raise Refused(gettext("These words do not stand in the comment just so."))
    return Done(gettext("The words are blacked out, and no copy is kept."), posted.comment)


def _redact_and_publish(posted: Posted) -> Done:
    batch = uuid4()
    editing.redact_and_publish(
        posted.comment,
        by=posted.by,
        reason=posted.reason,
        seen=posted.seen,
        revision=posted.number("revision"),
        batch=batch,
    )
    told = gettext("The comment is published without what endangers its writer.")
    return Done(told, posted.comment, batch)


def _stand(standing: Standing, posted: Posted) -> Done:
    """Give the writer of a comment a standing; with a ban, reject what waits where asked to."""
    commenter = Comment.objects.select_related("commenter").get(pk=posted.comment).commenter
    batch = uuid4()
    decision: dict[str, Any] = {
        **{"by": posted.by, "reason": posted.reason},
        **{"seen": posted.standing, "batch": batch},
    }
    told = gettext("%(commenter)s is now: %(standing)s.")
    told %= {"commenter": commenter, "standing": standing.label}
    if standing == Standing.BANNED and "also_reject" in posted.data:
        banned = commenters.ban_and_reject(commenter.pk, **decision)
        told = f"{told} {_now(banned.rejected, VERDICTS['reject'])}"
        return Done(told, undo=batch if banned.changed or banned.rejected else None)
    changed = commenters.set_standing(commenter.pk, standing, **decision)
    return Done(told, undo=batch if changed else None)


def _bulk(posted: Posted) -> Done:
    verb, batch = posted.verb, uuid4()
    chosen = posted.all_comments if posted.is_on_all else _ticked(posted)
    decision: dict[str, Any] = {
        **{"by": posted.by, "reason": posted.reason},
        **{"batch": batch, "most": MOST_AT_ONCE},
    }
    if verdict := VERDICTS.get(verb):
        outcome = moderation.decide_all(chosen, verdict.status, **decision)
        said = _now(outcome.changed, verdict)
    else:
        outcome = moderation.dismiss_all_reports(chosen, **decision)
        said = _stand_now(outcome.changed)
    told = [said, *_left(outcome)]
    level = messages.SUCCESS if outcome.changed else messages.INFO
    return Done(" ".join(told), undo=batch if outcome.changed else None, level=level)


def _ticked(posted: Posted) -> Any:
    """The comments whose boxes were ticked, as long as they are as the moderator saw them."""
    ticked = posted.data.getlist("selected")
    if not ticked:
        raise Refused(gettext("Select at least one comment."))
    if len(ticked) > PAGE_SIZE:
        raise BadRequest("more boxes than a page has")
    chosen = Q(pk__in=[])
    for each in ticked:
        pk, status, revision = (*each.split(":"), "", "")[:3]
        numbers = whole_number(pk), whole_number(revision)
        if None in numbers or status not in CommentStatus.values:
            raise BadRequest("no such box")
        chosen |= Q(pk=numbers[0], status=status, revision=numbers[1])
    return Comment.objects.filter(chosen)


def _undo(posted: Posted) -> Done:
    standing = commenters.undo_standing(posted.batch, by=posted.by)
    outcome = moderation.undo(posted.batch, by=posted.by)
    if not outcome.changed and not standing:
        return Done(gettext("There is nothing to undo any more."), level=messages.WARNING)
    told = []
    if outcome.changed:
        told.append(
            ngettext(
                "Undone: %(count)s comment is as it was.",
                "Undone: %(count)s comments are as they were.",
                outcome.changed,
            )
            % {"count": f"{outcome.changed:,}"}
        )
    if standing:
        told.append(gettext("Undone: the commenter's standing is as it was."))
    return Done(" ".join([*told, *_left(outcome)]))


def _now(count: int, verdict: Verdict) -> str:
    told = ngettext(
        "%(count)s comment is now “%(status)s”.", "%(count)s comments are now “%(status)s”.", count
    )
    return told % {"count": f"{count:,}", "status": verdict.status.label}


def _stand_now(count: int) -> str:
    told = ngettext(
        "%(count)s comment stands; its reports are settled.",
        "%(count)s comments stand; their reports are settled.",
        count,
    )
    return told % {"count": f"{count:,}"}


def _left(outcome: Outcome) -> Iterator[str]:
    if outcome.left:
        told = ngettext(
            "%(count)s was left as it is: somebody has decided on it, or it cannot become so.",
            "%(count)s were left as they are: somebody has decided on them, or they cannot "
            "become so.",
            outcome.left,
        )
        yield told % {"count": f"{outcome.left:,}"}
    if outcome.later:
        told = ngettext(
            "%(count)s more is waiting for the same: do it once more.",
            "%(count)s more are waiting for the same: do it once more.",
            outcome.later,
        )
        yield told % {"count": f"{outcome.later:,}"}


def _unchanged() -> str:
    return gettext("Nothing was changed.")


ACTIONS: dict[str, Callable[[Posted], Done]] = {
    **{verb: partial(_decide, verdict) for verb, verdict in VERDICTS.items()},
    "dismiss": _dismiss,
    "edit": _edit,
    "redact": _redact,
    "redact_and_publish": _redact_and_publish,
    "ban": partial(_stand, Standing.BANNED),
    "trust": partial(_stand, Standing.TRUSTED),
    "ordinary": partial(_stand, Standing.ORDINARY),
    "bulk": _bulk,
    "undo": _undo,
}
