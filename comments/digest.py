"""Mail to the moderators: how much waits in the queue, at the interval of the policy.

It holds counts and a link: no text of a comment, nobody's name, nobody's address. Each moderator
gets a mail of their own.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from comments import queue
from comments.models import Comment, CommentPolicy
from comments.queue import TABS

# Asked for a little early, a mail does not slip by a quarter of an hour every day.
_EARLY = timedelta(minutes=5)
_SERVER_PATIENCE = 20  # seconds
_WAITING = ("pending", "suspect", "newcomers", "reported")

logger = logging.getLogger(__name__)


def send(at: datetime | None = None) -> int:
    """Tell the moderators what waits, where it is time to (default: now); how many mails were sent.

    Whoever could not be reached, or had not been when a call was cut short, is tried again at the
    next call, and the others are not written to twice. Only one call at a time does anything.
    """
    at = at or timezone.now()
    with transaction.atomic():
        if not _nobody_else_sends():
            return 0
        policy = CommentPolicy.load()
        recipients = list(_recipients(policy, at))
        counts = queue.counts() if recipients else {}
        if not any(counts.get(name) for name in _WAITING):
            return 0
        new = _new(policy, at)
        _owe_all(recipients, policy, at)
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = _text(counts, new)
    return sum(_settle(user, subject, body) for user in recipients)


def moderators() -> QuerySet[User]:
    """Every active user who may decide on comments and has an address."""
    return User.objects.with_perm("comments.moderate_comment").exclude(email="").order_by("pk")


def _recipients(policy: CommentPolicy, at: datetime) -> QuerySet[User]:
    if not policy.digest_every_hours:
        return User.objects.none()
    if _is_due(policy, at):
        return moderators()
    return moderators().filter(pk__in=policy.digest_missed_by)


def _is_due(policy: CommentPolicy, at: datetime) -> bool:
    last = policy.digest_sent_at
    return last is None or at >= last + _interval(policy) - _EARLY


def _interval(policy: CommentPolicy) -> timedelta:
    return timedelta(hours=policy.digest_every_hours)


def _owe_all(recipients: list[User], policy: CommentPolicy, at: datetime) -> None:
    """Note, before the first mail goes out, who is to be written to."""
    changed: dict[str, object] = {"digest_missed_by": [user.pk for user in recipients]}
    if _is_due(policy, at):
        changed["digest_sent_at"] = at
    CommentPolicy.objects.update_or_create(pk=1, defaults=changed)


def _settle(user: User, subject: str, body: str) -> bool:
    """Write to one moderator who has not been written to, and note it; whether it was sent."""
    # The lock is nobody else's: whoever freezes the site does not wait for a mail server.
    with transaction.atomic():
        if not _nobody_else_sends() or user.pk not in CommentPolicy.load().digest_missed_by:
            return False
        if not _sent(user, subject, body):
            return False
        missed = [pk for pk in CommentPolicy.load().digest_missed_by if pk != user.pk]
        CommentPolicy.objects.filter(pk=1).update(digest_missed_by=missed)
        return True


def _nobody_else_sends() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('comments.digest'))")
        return bool(cursor.fetchone()[0])


def _new(policy: CommentPolicy, at: datetime) -> int:
    """How many of those that wait have come since the last mail."""
    since = at - _interval(policy)
    if policy.digest_sent_at:
        since = min(since, policy.digest_sent_at)
    return Comment.objects.filter(TABS["pending"].comments, submitted_at__gt=since).count()


def _text(counts: dict[str, int], new: int) -> tuple[str, str]:
    """Subject and body, in the language that is active."""
    number = counts["pending"] + counts["reported"]
    waits = ngettext("%(count)d comment waits", "%(count)d comments wait", number)
    lines = [
        gettext("What waits in the comments of %(site)s:") % {"site": settings.SITE_NAME},
        "",
        *(f"- {TABS[name].label}: {counts[name]}" for name in _WAITING),
        "",
        gettext("Since the last mail: %(count)d new.") % {"count": new},
        "",
        gettext("The queue:"),
        settings.SITE_URL + reverse("admin:comments_comment_changelist"),
    ]
    return f"{settings.SITE_NAME}: {waits % {'count': number}}", "\n".join(lines) + "\n"


def _sent(user: User, subject: str, body: str) -> bool:
    """Whether the mail server took the mail to one moderator."""
    message = EmailMessage(
        subject,
        body,
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=_SERVER_PATIENCE),
    )
    try:
        return bool(message.send())
    except (OSError, ValueError) as error:
        # Without its message: mail servers quote addresses in theirs.
        logger.error(
            "The mail to the moderator with the number %d was not sent: %s",
            *(user.pk, type(error).__name__),
        )
        return False
