"""What an address answers: the story, its new address, that it is gone, or nothing.

A tag or a byline that only drafts carry answers nothing either: it would tell of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import get_resolver

from articles.models import ArchiveImage, Article, ArticleQuerySet, Byline, Tag


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


def public_images() -> QuerySet[ArchiveImage]:
    """The pictures that a public story shows, above its text or in it."""
    public = Article.objects.public()
    return ArchiveImage.objects.filter(
        Exists(public.filter(image=OuterRef("pk")))
        | Exists(public.filter(body_pictures__image=OuterRef("pk")))
    )


def begins_another_address(slug: str) -> bool:
    """Whether other pages or files of the site lie at or below this word, in whatever case."""
    others = (settings.STATIC_URL, settings.MEDIA_URL, *settings.PROBES)
    words = {each.strip("/").partition("/")[0] for each in others}
    return slug.lower() in words.union(_first_words(get_resolver().url_patterns))


def _first_words(patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        word = str(each.pattern).lstrip("^").partition("/")[0]
        if word:
            yield word
        else:
            yield from _first_words(getattr(each, "url_patterns", []))
