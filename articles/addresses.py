"""What an address answers: the story, its new address, that it is gone, or nothing.

A tag or a byline that only drafts carry answers nothing either: it would tell of them.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, ArticleQuerySet, Byline, Tag


@dataclass(eq=False)
class Moved(Exception):
    """The story has another address now."""

    article: Article


class Gone(Exception):
    """The story was retracted."""


def find_public(slug: str, articles: ArticleQuerySet | None = None) -> Article:
    """The public article at this address, read from `articles` (default: all).

    Raises Moved for a former address, Gone for a retracted story, and Article.DoesNotExist for
    all else, whether there is a draft of that name or nothing at all.
    """
    articles = Article.objects.all() if articles is None else articles
    found = articles.public().filter(slug=slug).first()
    if found:
        return found
    if Article.objects.retracted().filter(slug=slug).exists():
        raise Gone
    moved = Article.objects.public().filter(former_slugs__slug=slug).first()
    if moved:
        raise Moved(moved)
    if Article.objects.retracted().filter(former_slugs__slug=slug).exists():
        raise Gone
    raise Article.DoesNotExist


def public_tags() -> QuerySet[Tag]:
    """The tags that a public story carries."""
    return Tag.objects.filter(Exists(Article.objects.public().filter(tags=OuterRef("pk"))))


def public_bylines() -> QuerySet[Byline]:
    """The bylines that a public story is signed with."""
    return Byline.objects.filter(Exists(Article.objects.public().filter(byline=OuterRef("pk"))))
