"""What waits for whom at the desk: short lists, each in the order of its work, in one query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Case, OuterRef, Subquery, Value, When
from django.utils import timezone

from articles.models import Article, ArticleDecision, ArticleQuerySet, ArticleStatus

MOST_LISTED = 8
_LATE_IS_TOLD = timedelta(days=7)

Account = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Line:
    """A story in a list: since or from when it is there, by whom, and what they said.

    `since` is the moment that was missed.
    """

    article: Article
    at: datetime
    by: str = ""
    note: str = ""
    is_urgent: bool = False
    since: datetime | None = None

    @property
    def days_ago(self) -> int:
        """0 for today in the paper's time zone, 1 for yesterday, less than 0 for a later day."""
        return (timezone.localdate() - timezone.localdate(self.at)).days


def my_drafts(account: Account, most: int = MOST_LISTED) -> list[Line]:
    """The drafts of an account: those that were sent back first, then the last changed ones."""
    sent_back = Case(When(decided_from=ArticleStatus.IN_REVIEW, then=Value(0)), default=Value(1))
    drafts = _decided(_of(account, ArticleStatus.DRAFT))
    return [
        Line(each, each.decided_at, each.decided_by or "", each.decided_why, is_urgent=True)
        if each.decided_from == ArticleStatus.IN_REVIEW
        else Line(each, each.updated_at)
        for each in drafts.order_by(sent_back, "-updated_at", "-pk")[:most]
    ]


def in_review(owner: Account | None = None, most: int = MOST_LISTED) -> list[Line]:
    """What waits for an editor, the longest first; of one account, or of all."""
    waiting = _decided(_of(owner, ArticleStatus.IN_REVIEW)).order_by("decided_at", "pk")
    return [
        Line(each, each.decided_at, each.decided_by or "", each.decided_why)
        for each in waiting[:most]
    ]


def going_out(owner: Account | None = None, most: int = MOST_LISTED) -> list[Line]:
    """What is scheduled, the next first; urgent is what should have gone out already."""
    now = timezone.now()
    scheduled = _of(owner, ArticleStatus.SCHEDULED).filter(publish_at__isnull=False)
    return [
        Line(each, each.publish_at, is_urgent=each.publish_at <= now)
        for each in scheduled.order_by("publish_at", "pk")[:most]
        if each.publish_at
    ]


def came_out_late(most: int = MOST_LISTED) -> list[Line]:
    """What the schedule published in the last seven days after its moment, the last one first."""
    since = timezone.now() - _LATE_IS_TOLD
    late = ArticleDecision.objects.came_out_late().filter(at__gt=since).select_related("article")
    return [
        Line(each.article, each.at, since=each.publish_at) for each in late.order_by("-pk")[:most]
    ]


def last_published(most: int = MOST_LISTED) -> list[Line]:
    newest = _shown(Article.objects.public()).newest_first()
    return [Line(each, each.published_at) for each in newest[:most] if each.published_at]


def _of(owner: Account | None, status: ArticleStatus) -> ArticleQuerySet:
    stories = _shown(Article.objects.filter(status=status))
    return stories.filter(owner=owner.pk) if owner else stories


def _shown(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With what a line shows, and none of the long columns."""
    return articles.only("title", "slug", "updated_at", "published_at", "publish_at")


def _decided(articles: ArticleQuerySet) -> Any:
    """With what the newest decision on each says."""
    newest = ArticleDecision.objects.filter(article=OuterRef("pk")).order_by("-pk")
    return articles.annotate(
        decided_at=Subquery(newest.values("at")[:1]),
        decided_by=Subquery(newest.values("by__username")[:1]),
        decided_from=Subquery(newest.values("old")[:1]),
        decided_why=Subquery(newest.values("reason")[:1]),
    )
