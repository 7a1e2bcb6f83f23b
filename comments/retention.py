"""How long an address is kept: until some time after the last thing that happened.

What happens is that a comment is sent or decided on. One that nobody ever decides on counts from
when it was sent, so that nothing is kept for ever by neglect. The keyed digest stays: bans and
trust hang on it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from comments.models import Comment, Commenter, Decision

_AT_ONCE = 5000


def destroy_old_addresses(at: datetime | None = None) -> int:
    """Destroy the sealed addresses that are kept no longer (default: now); how many those were.

    Five thousand commenters are looked at at a time, so that nobody waits for all.
    """
    before = (at or timezone.now()) - kept_for()
    kept = Commenter.objects.filter(sealed_address__isnull=False, first_seen__lte=before)
    keys = kept.order_by("pk").values_list("pk", flat=True)
    destroyed, done = 0, 0
    while batch := list(keys.filter(pk__gt=done)[:_AT_ONCE]):
        destroyed += _destroy(kept.filter(pk__gt=done, pk__lte=batch[-1]), before)
        done = batch[-1]
    return destroyed


def _destroy(kept: QuerySet[Commenter], before: datetime) -> int:
    due = kept.alias(last_event=last_event()).filter(last_event__lte=before)
    with transaction.atomic():
        locked = Commenter.objects.filter(pk__in=list(due.values_list("pk", flat=True)))
        held = list(
            locked.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
        )
        # Asked again after the lock: a comment that was waited for counts.
        return due.filter(pk__in=held).update(sealed_address=None)


def kept_for() -> timedelta:
    """How long an address is kept after the last thing that happened."""
    return timedelta(days=settings.COMMENT_ADDRESS_DAYS)


def kept_until(commenter: Commenter) -> datetime | None:
    """When a commenter's address will be destroyed; None where it is already."""
    if commenter.sealed_address is None:
        return None
    sent = commenter.comments.order_by("-submitted_at").values_list("submitted_at", flat=True)
    decided = Decision.objects.filter(comment__commenter=commenter).order_by("-pk")
    # One row of each, where `last_event` would read all of a busy commenter's.
    events = [commenter.first_seen, *sent[:1], *decided.values_list("at", flat=True)[:1]]
    return max(events) + kept_for()


def last_event() -> Greatest:
    """For a query of commenters: when one of their comments was last sent or decided on."""
    sent = Comment.objects.filter(commenter=OuterRef("pk"))
    decided = Decision.objects.filter(comment__commenter=OuterRef("pk"))
    # PostgreSQL's GREATEST passes over what is NULL.
    return Greatest(
        F("first_seen"),
        _latest(sent, "commenter", "submitted_at"),
        _latest(decided, "comment__commenter", "at"),
    )


def _latest(rows: QuerySet, group: str, field: str) -> Subquery:
    """The newest value of a field, without the order that would be grouped by too."""
    return Subquery(rows.order_by().values(group).annotate(latest=Max(field)).values("latest"))
