"""The one way to change an article's status.

Each function locks the row, does nothing where the article is in that status already, refuses
what may not follow the present status, and writes the status and its decision in one
transaction.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext

from articles.models import Article, ArticleDecision, ArticleStatus, Refused

FOLLOWS = {
    ArticleStatus.DRAFT: {ArticleStatus.PUBLISHED},
    ArticleStatus.PUBLISHED: {ArticleStatus.DRAFT, ArticleStatus.RETRACTED},
    ArticleStatus.RETRACTED: {ArticleStatus.PUBLISHED},
}


def missing_for_publication(article: Article) -> list[str]:
    """What a story still lacks before readers may see it, in the editor's language."""
    return [
        str(Article._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        for field in article.missing_fields()
    ]


def publish(
    article: Article,
    *,
    by: User | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Article:
    """Show an article to readers, dated `at` (default: now, or its first publication).

    Raises Refused with what is missing when the story is not complete.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        missing = missing_for_publication(locked)
        if missing:
            raise Refused(
                gettext("Before it can be published, the article still needs: %s.")
                % get_text_list(missing, gettext("and"))
            )
        locked.published_at = at or locked.published_at or timezone.now()
        return _change(locked, ArticleStatus.PUBLISHED, by=by, reason=reason)


def retract(article: Article, *, by: User | None = None, reason: str = "") -> Article:
    """Withdraw a published article: its address answers 410 from now on."""
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        return _change(locked, ArticleStatus.RETRACTED, by=by, reason=reason)


def back_to_draft(article: Article, *, by: User | None = None, reason: str = "") -> Article:
    """Take a published article off the pages to work on it; its address answers 404."""
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        return _change(locked, ArticleStatus.DRAFT, by=by, reason=reason)


def _change(article: Article, new: ArticleStatus, *, by: User | None, reason: str) -> Article:
    """Write the status of a locked row and the decision that gives it."""
    old = ArticleStatus(article.status)
    if old == new:
        return article
    if new not in FOLLOWS[old]:
        raise Refused(
            gettext("An article that is “%(old)s” cannot become “%(new)s”.")
            % {"old": old.label, "new": new.label}
        )
    article.status = new
    article.save(update_fields=["status", "published_at", "updated_at"])
    ArticleDecision.objects.create(article=article, old=old, new=new, by=by, reason=reason)
    return article
