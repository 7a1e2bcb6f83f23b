"""The related box: the editors' picks first, then the same main category, then shared tags."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import (
    Case,
    F,
    FloatField,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Extract, RowNumber

from articles.models import Article, ArticleQuerySet, RelatedPost, TaggedArticle

FILLED_UP_TO = 3
MOST_PICKS = 6
_PICKED = 0


def related_articles(
    article: Article,
    *,
    picks: Sequence[int] | None = None,
    tags: Collection[int] | None = None,
    articles: ArticleQuerySet | None = None,
) -> list[Article]:
    """The first six public picks in the editors' order, filled up to three; two queries.

    They are read from `articles` (default: all).

    For a story that is being typed `picks` and `tags` are the keys of what its form holds, in
    place of what is stored; `article` need not be saved then.
    """
    ranked = (_picks(article) if picks is None else _picks_of_a_form(article, picks)).union(
        _newest(article, Q(category=article.category_id), rank=1),
        _newest(article, Q(pk__in=_sharing_a_tag(article, tags)), rank=2),
        all=True,
    )
    chosen: list[int] = []
    # Sorted here: of a union whose other parts are known to be empty Django leaves one without
    # the parentheses that its own order needs.
    for rank, _place, pk in sorted(ranked):
        if pk not in chosen and (rank == _PICKED or len(chosen) < FILLED_UP_TO):
            chosen.append(pk)
    articles = Article.objects.all() if articles is None else articles
    found = articles.public().for_lists().in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]


def _picks(article: Article) -> QuerySet:
    public = Article.objects.public().values("pk")
    return (
        RelatedPost.objects.filter(from_article=article, to_article__in=public)
        .order_by("position", "id")
        .annotate(rank=Value(_PICKED, IntegerField()))
        .annotate(place=Cast(Window(RowNumber(), order_by=["position", "id"]), FloatField()))
        .annotate(article_id=F("to_article"))
        .values_list("rank", "place", "article_id")[:MOST_PICKS]
    )


def _picks_of_a_form(article: Article, picks: Sequence[int]) -> QuerySet:
    places = [When(pk=pk, then=Value(float(place))) for place, pk in enumerate(picks)]
    return (
        Article.objects.public()
        .filter(pk__in=picks)
        .exclude(pk=article.pk)
        .annotate(rank=Value(_PICKED, IntegerField()))
        .annotate(place=Case(*places, default=Value(0.0), output_field=FloatField()))
        .annotate(article_id=F("pk"))
        .order_by("place")
        .values_list("rank", "place", "article_id")[:MOST_PICKS]
    )


def _sharing_a_tag(article: Article, tags: Collection[int] | None) -> QuerySet:
    shared: Any = tags
    if tags is None:
        shared = TaggedArticle.objects.filter(content_object=article).values("tag")
    return TaggedArticle.objects.filter(tag__in=shared).values("content_object")


def _newest(article: Article, condition: Q, *, rank: int) -> QuerySet:
    return (
        Article.objects.public()
        .filter(condition)
        .exclude(pk=article.pk)
        .newest_first()
        .annotate(rank=Value(rank, IntegerField()))
        .annotate(place=-Cast(Extract("published_at", "epoch"), FloatField()))
        .annotate(article_id=F("pk"))
        .values_list("rank", "place", "article_id")[:FILLED_UP_TO]
    )
