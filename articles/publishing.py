"""The one way to change an article's status.

Each function locks the row, does nothing where the article is in that status already, refuses
what may not follow the present status, and writes the status and its decision in one
transaction. Who may do what is said in `articles.steps`.
"""

import logging
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext
from procrastinate.contrib.django import app
from psycopg.errors import DeadlockDetected

from articles import previews
from articles.models import (
    LATE_AFTER,
    Article,
    ArticleDecision,
    ArticleStatus,
    Refused,
)

FOLLOWS = {
    ArticleStatus.DRAFT: {
        ArticleStatus.IN_REVIEW,
        ArticleStatus.SCHEDULED,
        ArticleStatus.PUBLISHED,
    },
    ArticleStatus.IN_REVIEW: {
        ArticleStatus.DRAFT,
        ArticleStatus.SCHEDULED,
        ArticleStatus.PUBLISHED,
    },
    ArticleStatus.SCHEDULED: {ArticleStatus.DRAFT, ArticleStatus.PUBLISHED},
    ArticleStatus.PUBLISHED: {ArticleStatus.DRAFT, ArticleStatus.RETRACTED},
    ArticleStatus.RETRACTED: {ArticleStatus.PUBLISHED},
}
FURTHEST = timedelta(days=5 * 366)
PUBLISH_SCHEDULED = "articles.publish_scheduled"

logger = logging.getLogger(__name__)


def missing_for_publication(article: Article) -> list[str]:
    """What a story still lacks before readers may see it, in the editor's language."""
    missing = [_name_of_missing(field) for field in article.missing_fields()]
    undescribed = {picture.pk for picture in article.undescribed_pictures()}
    if article.image_id in undescribed:
        missing.append(gettext("the alternative text of its lead picture"))
    if undescribed - {article.image_id}:
        missing.append(gettext("the alternative text of a picture in its body"))
    return missing


def submit(article: Article, *, by: User | None = None, reason: str = "") -> Article:
    """Hand a draft to the editors."""
    with transaction.atomic():
        return _change(_lock(article), ArticleStatus.IN_REVIEW, by=by, reason=reason)


def back_to_draft(article: Article, *, by: User | None = None, reason: str = "") -> Article:
    """Out of review, off the schedule, or off the pages: its address answers 404.

    `reason` is the note that the writer reads.
    """
    with transaction.atomic():
        locked = _lock(article)
        locked.publish_at = None
        return _change(locked, ArticleStatus.DRAFT, by=by, reason=reason)


def schedule(
    article: Article, moment: datetime, *, by: User | None = None, reason: str = ""
) -> Article:
    """Have an article published at a moment to come; or at another one than it was to be.

    Raises Refused for a moment that has passed, and with what is missing when it is not complete.
    """
    with transaction.atomic():
        locked = _lock(article)
        _require_complete(locked)
        require_to_come(moment)
        if locked.status == ArticleStatus.SCHEDULED and locked.publish_at == moment:
            return locked
        locked.publish_at = moment
        changed = _change(locked, ArticleStatus.SCHEDULED, by=by, reason=reason)
        # A job of this very transaction: what is rolled back is never published.
        app.configure_task(PUBLISH_SCHEDULED, schedule_at=moment).defer()
        return changed


def require_to_come(moment: datetime | None) -> None:
    """Raises Refused for a moment that nobody gave, that has passed, or that is too far away."""
    if moment is None:
        raise Refused(gettext("Say when it is to be published: a day and a time."))
    now = timezone.now()
    if moment <= now:
        raise Refused(
            gettext("%s has passed already. Choose a moment to come, or publish it now.")
            % date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
        )
    if moment - now > FURTHEST:
        raise Refused(gettext("That is more than five years away. Choose a nearer moment."))


def publish(
    article: Article,
    *,
    by: User | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Article:
    """Show an article to readers, dated `at` (default: its first publication, or now).

    Raises Refused with what is missing when the story is not complete, and for a date to come.
    """
    with transaction.atomic():
        locked = _lock(article)
        _require_complete(locked)
        if at and at > timezone.now():
            raise Refused(gettext("A story is not published ahead of its date: schedule it."))
        locked.published_at = at or locked.published_at or timezone.now()
        locked.publish_at = None
        return _change(locked, ArticleStatus.PUBLISHED, by=by, reason=reason)


def retract(article: Article, *, by: User | None = None, reason: str = "") -> Article:
    """Withdraw a published article: its address answers 410 from now on, and no preview opens."""
    with transaction.atomic():
        locked = _lock(article)
        previews.withdraw_links(locked)
        return _change(locked, ArticleStatus.RETRACTED, by=by, reason=reason)


def publish_due() -> list[Article]:
    """Publish each scheduled article whose moment has come, by the clock of the database.

    Doing it twice, or in two places at once, publishes each one once. One that cannot be published
    is told in the log and does not keep the others from it.
    """
    keys = Article.objects.due().order_by("publish_at", "pk").values_list("pk", flat=True)
    published = (_publish_one_due(pk) for pk in keys)
    return [article for article in published if article]


def _publish_one_due(pk: int) -> Article | None:
    try:
        with transaction.atomic():
            return _publish_scheduled(pk)
    except OperationalError as error:
        # A deadlock is this story's own; whatever else it is keeps the others too.
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        logger.warning("Article %d is due and was in the way of another change.", pk)
        return None
    except Exception as error:
        # By its number alone: the headline of what is not public belongs in no log.
        logger.error("Article %d is due and cannot be published: %s", pk, type(error).__name__)
        return None


def _publish_scheduled(pk: int) -> Article | None:
    """Publish one that is due; None where another worker has done so, or somebody changed it."""
    article = Article.objects.select_for_update(no_key=True).due().filter(pk=pk).first()
    if article is None:
        return None
    now = timezone.now()
    due, article.publish_at = article.publish_at, None
    assert due
    is_late = now - due > LATE_AFTER
    article.published_at = now if is_late else due
    if is_late:
        logger.warning("Article %d was due at %s: it is published late, now.", pk, due.isoformat())
    return _change(article, ArticleStatus.PUBLISHED, was_due=due)


def _lock(article: Article) -> Article:
    # Weaker than what the key of a pick or a comment needs: those go on meanwhile.
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def _require_complete(article: Article) -> None:
    missing = missing_for_publication(article)
    if missing:
        raise Refused(
            gettext("Before it can be published, the article still needs: %s.")
            % get_text_list(missing, gettext("and"))
        )


def _name_of_missing(field: str) -> str:
    if field == "image":
        return gettext("a lead picture, or the reason why there is none")
    return str(Article._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _change(
    article: Article,
    new: ArticleStatus,
    *,
    by: User | None = None,
    reason: str = "",
    was_due: datetime | None = None,
) -> Article:
    """Write the status of a locked row and the decision that gives it."""
    old = ArticleStatus(article.status)
    if old == new and new != ArticleStatus.SCHEDULED:
        return article
    if old != new and new not in FOLLOWS[old]:
        raise Refused(
            gettext("An article that is “%(old)s” cannot become “%(new)s”.")
            % {"old": old.label, "new": new.label}
        )
    article.status = new
    article.save(update_fields=["status", "published_at", "publish_at", "updated_at"])
    ArticleDecision.objects.create(
        article=article,
        old=old,
        new=new,
        by=by,
        reason=reason,
        publish_at=was_due or article.publish_at,
    )
    return article
