"""The related box: the editors' picks first, then the same main category, then shared tags."""

from django.db.models import F, FloatField, IntegerField, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, Extract, RowNumber

from articles.models import Article, RelatedPost, TaggedArticle

FILLED_UP_TO = 3
MOST_PICKS = 6
_PICKED = 0


def related_articles(article: Article) -> list[Article]:
    """The first six public picks in the editors' order, filled up to three; two queries."""
    ranked = _picks(article).union(
        _newest(article, Q(category=article.category_id), rank=1),
        _newest(article, Q(pk__in=_sharing_a_tag(article)), rank=2),
        all=True,
    )
    chosen: list[int] = []
    for rank, _place, pk in ranked.order_by("rank", "place"):
        if pk not in chosen and (rank == _PICKED or len(chosen) < FILLED_UP_TO):
            chosen.append(pk)
    articles = Article.objects.public().for_lists().in_bulk(chosen)
    return [articles[pk] for pk in chosen if pk in articles]


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


def _sharing_a_tag(article: Article) -> QuerySet:
    tags = TaggedArticle.objects.filter(content_object=article).values("tag")
    return TaggedArticle.objects.filter(tag__in=tags).values("content_object")


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
