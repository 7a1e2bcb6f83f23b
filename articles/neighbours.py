"""The stories just before and just after a story in its main category."""

from dataclasses import dataclass

from django.db.models import Q

from articles.models import Article


@dataclass(frozen=True)
class Neighbours:
    """The story that came out before and the one that came out after, where there are such."""

    previous: Article | None = None
    next: Article | None = None


def neighbours_of(article: Article) -> Neighbours:
    """The public neighbours of a public story, by moment and key, in one query.

    A story that is not public has none.
    """
    if not article.is_public or article.category_id is None:
        return Neighbours()
    at, key = article.published_at, article.pk
    siblings = (
        Article.objects.public()
        .filter(category=article.category_id)
        .only("title", "slug", "language", "published_at")
    )
    # The moment by itself is what the index is searched for.
    earlier = siblings.filter(published_at__lte=at).exclude(Q(published_at=at) & Q(pk__gte=key))
    later = siblings.filter(published_at__gte=at).exclude(Q(published_at=at) & Q(pk__lte=key))
    found = earlier.newest_first()[:1].union(later.order_by("published_at", "pk")[:1], all=True)
    by_side = {(story.published_at, story.pk) < (at, key): story for story in found}
    return Neighbours(previous=by_side.get(True), next=by_side.get(False))
