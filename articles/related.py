"""The related box: the editors' picks first, then the same main category, then shared tags."""

from django.db.models import F, FloatField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Extract

from articles.models import Article, RelatedPost, TaggedArticle

RELATED_COUNT = 4


def related_articles(article: Article, count: int = RELATED_COUNT) -> list[Article]:
    """Up to `count` public articles for an article's box, in two queries."""
    ranked = _picks(article, count).union(
        _of_category(article, count), _of_tags(article, count), all=True
    )
    ids = dict.fromkeys(pk for _rank, _place, pk in ranked.order_by("rank", "place"))
    chosen = list(ids)[:count]
    articles = Article.objects.public().for_lists().in_bulk(chosen)
    return [articles[pk] for pk in chosen if pk in articles]


def _picks(article: Article, count: int) -> QuerySet:
    public = Article.objects.public().values("pk")
    return _ranked(
        RelatedPost.objects.filter(from_article=article, to_article__in=public)
        .order_by("position", "id")
        .annotate(rank=Value(0, IntegerField()), place=Cast("position", FloatField()))
        .annotate(article_id=F("to_article")),
        count,
    )


def _of_category(article: Article, count: int) -> QuerySet:
    return _newest(article, Q(category=article.category_id), rank=1, count=count)


def _of_tags(article: Article, count: int) -> QuerySet:
    tags = TaggedArticle.objects.filter(content_object=article).values("tag")
    tagged = TaggedArticle.objects.filter(tag__in=tags).values("content_object")
    return _newest(article, Q(pk__in=tagged), rank=2, count=count)


def _newest(article: Article, condition: Q, *, rank: int, count: int) -> QuerySet:
    return _ranked(
        Article.objects.public()
        .filter(condition)
        .exclude(pk=article.pk)
        .newest_first()
        .annotate(rank=Value(rank, IntegerField()))
        .annotate(place=-Cast(Extract("published_at", "epoch"), FloatField()))
        .annotate(article_id=F("pk")),
        count,
    )


def _ranked(articles: QuerySet, count: int) -> QuerySet:
    return articles.values_list("rank", "place", "article_id")[:count]
