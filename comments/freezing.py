"""The emergency brake: suspend a discussion, or the whole site's, and take the names out of sight.

Each function takes one article, or None for the whole site, and answers the rows of the record:
none where everything was so already. The reason has at most 500 characters.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from articles.models import Article
from comments import policy
from comments.models import ArticlePolicy, CommentPolicy, PolicyChange


def freeze(
    article: Article | None, *, by: User | None = None, reason: str = "", pseudonyms: bool = False
) -> list[PolicyChange]:
    """Take no comments for the time being; with `pseudonyms`, hide the names as well.

    Names that are hidden already stay so.
    """
    return _set(article, {"frozen": True} | _names(True, pseudonyms), by, reason)


def thaw(
    article: Article | None, *, by: User | None = None, reason: str = "", pseudonyms: bool = False
) -> list[PolicyChange]:
    """Take comments again; with `pseudonyms`, show the commenters' own names again as well.

    An article stays frozen as long as the whole site is, and the other way round.
    """
    return _set(article, {"frozen": False} | _names(False, pseudonyms), by, reason)


def hide_names(
    article: Article | None, *, by: User | None = None, reason: str = ""
) -> list[PolicyChange]:
    """Show an invented name in place of each commenter's own; the discussion goes on."""
    return _set(article, {"pseudonyms": True}, by, reason)


def show_names(
    article: Article | None, *, by: User | None = None, reason: str = ""
) -> list[PolicyChange]:
    """Show the commenters' own names again."""
    return _set(article, {"pseudonyms": False}, by, reason)


def under_a_freeze() -> QuerySet[ArticlePolicy]:
    """The articles that are frozen or without names by themselves, newest policy first."""
    return (
        ArticlePolicy.objects.filter(Q(frozen=True) | Q(pseudonyms=True))
        .select_related("article")
        .only("article__title", "article__slug", "frozen", "pseudonyms")
    )


def _names(hidden: bool, too: bool) -> dict[str, bool]:
    return {"pseudonyms": hidden} if too else {}


def _set(
    article: Article | None, values: dict[str, Any], by: User | None, reason: str
) -> list[PolicyChange]:
    target = CommentPolicy(pk=1) if article is None else ArticlePolicy(article=article)
    return policy.change(target, values, by=by, reason=reason)
