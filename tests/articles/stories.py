"""Stories as one makes them: each step with the decision that gives it, and their picks."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    ArticleDecision,
    ArticleStatus,
    Byline,
    Category,
    RelatedPost,
)

Step = tuple[ArticleStatus, User | None, str]


def story(
    title: str,
    *steps: Step,
    owner: User | None = None,
    publish_at: datetime | None = None,
    minutes_ago: int = 0,
    **fields: Any,
) -> Article:
    """A story after these steps: the status, by whom, and why. `minutes_ago` dates the last one."""
    byline, _created = Byline.objects.get_or_create(name="صدى الحي")
    category, _created = Category.objects.get_or_create(name="محليات", slug="محليات")
    at = timezone.now() - timedelta(minutes=minutes_ago)
    with transaction.atomic():
        article = Article.objects.create(
            **{"byline": byline, "category": category, "body": "<p>نص.</p>", **fields},
            title=title,
            owner=owner,
        )
        old = ArticleStatus.DRAFT
        for new, by, reason in steps:
            ArticleDecision.objects.bulk_create(
                [
                    ArticleDecision(
                        **{"article": article, "old": old, "new": new, "by": by},
                        reason=reason,
                        publish_at=publish_at if new == ArticleStatus.SCHEDULED else None,
                    )
                ]
            )
            old = new
        Article.objects.filter(pk=article.pk).update(
            status=old,
            updated_at=at,
            publish_at=publish_at if old == ArticleStatus.SCHEDULED else None,
            published_at=at if old in {ArticleStatus.PUBLISHED, ArticleStatus.RETRACTED} else None,
        )
    article.refresh_from_db()
    return article


def sent_in(title: str, owner: User, note: str = "", **fields: Any) -> Article:
    """A story that waits for an editor."""
    return story(title, (ArticleStatus.IN_REVIEW, owner, note), owner=owner, **fields)


def sent_back(title: str, owner: User, editor: User, note: str, **fields: Any) -> Article:
    """A draft that an editor has returned to its writer."""
    steps = ((ArticleStatus.IN_REVIEW, owner, ""), (ArticleStatus.DRAFT, editor, note))
    return story(title, *steps, owner=owner, **fields)


def scheduled(title: str, owner: User, editor: User, publish_at: datetime) -> Article:
    steps = ((ArticleStatus.IN_REVIEW, owner, ""), (ArticleStatus.SCHEDULED, editor, ""))
    return story(title, *steps, owner=owner, publish_at=publish_at)


def picks_of(article: Article) -> list[Article]:
    return [each.to_article for each in article.related_posts.all()]


def pick(article: Article, *stories: Article) -> None:
    """Put these stories beside the article, in this order."""
    for position, story in enumerate(stories):
        RelatedPost.objects.create(from_article=article, to_article=story, position=position)


def at(article: Article, *moment: int) -> Article:
    """The story as if it had been published at this moment of the paper's clock."""
    published_at = timezone.make_aware(datetime(*moment))  # type: ignore[arg-type]
    Article.objects.filter(pk=article.pk).update(published_at=published_at)
    article.refresh_from_db()
    return article
