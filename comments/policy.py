"""The policy in force for an article: its own where it has one, the site's for the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article
from comments.models import ArticlePolicy, CommentPolicy, PolicyChange
from comments.rules.discussion import Discussion, DiscussionState, state

_LONGEST_VALUE = 50
# Between those who post, who share it, and whoever changes a policy, who waits to be alone.
_DOOR = "comments.door"


@dataclass(frozen=True)
class Policy:
    """What holds for one article's discussion."""

    article: Article
    mode: str
    closes_after_days: int | None
    frozen: bool
    pseudonyms: bool
    site: CommentPolicy

    def state(self, at: datetime | None = None) -> DiscussionState:
        """Whether the discussion takes comments (default: now)."""
        discussion = Discussion(
            switched_on=self.article.comments_open,
            mode=self.mode,
            frozen=self.frozen,
            published_at=self.article.published_at,
            closes_after_days=self.closes_after_days,
        )
        return state(discussion, at or timezone.now())

    @property
    def is_open(self) -> bool:
        return self.state() == DiscussionState.OPEN


def policy_of(article: Article, site: CommentPolicy | None = None) -> Policy:
    """The policy in force for an article; two queries, fewer where its parts were read before."""
    return _in_force(article, getattr(article, "comment_policy", None), site)


def hold_the_door(article: Article) -> Policy:
    """The policy in force for an article, as it stays until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared")
    return _in_force(article, ArticlePolicy.objects.filter(article=article).first())


def _in_force(
    article: Article, own: ArticlePolicy | None, site: CommentPolicy | None = None
) -> Policy:
    own, site = own or ArticlePolicy(article=article), site or CommentPolicy.load()
    days = own.closes_after_days
    return Policy(
        article=article,
        mode=own.mode or site.mode,
        closes_after_days=site.closes_after_days if days is None else days,
        frozen=own.frozen or site.frozen,
        pseudonyms=own.pseudonyms or site.pseudonyms,
        site=site,
    )


def change(
    policy: CommentPolicy | ArticlePolicy,
    values: dict[str, Any],
    *,
    by: User | None = None,
    reason: str = "",
) -> list[PolicyChange]:
    """Give a policy these values and record each one that differs, in one transaction.

    What is given already is no change. Answers the rows of the record. Comments that are being
    kept meanwhile are waited for, so that none comes after this which the policy would not take.
    """
    with transaction.atomic():
        _lock("pg_advisory_xact_lock")
        stored = _locked(policy)
        changes = [
            PolicyChange(
                article=getattr(stored, "article", None),
                field=name,
                old=_as_text(getattr(stored, name)),
                new=_as_text(value),
                by=by,
                reason=reason,
            )
            for name, value in values.items()
            if _as_text(getattr(stored, name)) != _as_text(value)
        ]
        for name, value in values.items():
            setattr(stored, name, value)
            setattr(policy, name, value)
        stored.save()
        policy.pk = stored.pk
        return PolicyChange.objects.bulk_create(changes)


def _locked(policy: CommentPolicy | ArticlePolicy) -> CommentPolicy | ArticlePolicy:
    """The policy as it is stored, held until the transaction ends; made where there is none."""
    if isinstance(policy, CommentPolicy):
        CommentPolicy.objects.get_or_create(pk=1)
        return CommentPolicy.objects.select_for_update().get(pk=1)
    ArticlePolicy.objects.get_or_create(article_id=policy.article_id)
    return ArticlePolicy.objects.select_for_update().get(article_id=policy.article_id)


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext(%s))", [_DOOR])


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)[:_LONGEST_VALUE]
