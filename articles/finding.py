"""The desk's search for stories: by their words and tags, by slug, and by number."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q, QuerySet

from articles import search
from articles.models import Article, FormerSlug, TaggedArticle
from articles.numbers import whole_number

# Where more are found, the best ones cannot be told without reading the index column of each.
MOST_RANKED = 500


def find(stories: QuerySet[Article], typed: str, *, best_first: bool = True) -> QuerySet[Article]:
    """Those of the stories that match what was typed, the best matches first where they are few.

    All words are found in any spelling, in the title, subtitle, excerpt, body and tags; the last
    one also by its beginning. A slug, a former slug or an address is found whole, a number
    (`17`, `#17`) as the story's own. Asks the database once, to know whether they are few.
    """
    words = search.as_typed(typed)
    first, *others = [Article.objects.filter(each).order_by() for each in _ways(words, typed)]
    every = first.values("pk").union(*(each.values("pk") for each in others), all=True)
    keys = {row["pk"] for row in every[: MOST_RANKED + 1]}
    if len(keys) > MOST_RANKED:
        return stories.filter(_any(_ways(words, typed)))
    found = stories.filter(pk__in=keys)
    if best_first:
        rank = SearchRank(F("search_index"), words)
        found = found.order_by(rank.desc(), "-created_at", "-pk")
    return found


def _ways(words: Any, typed: str) -> Iterator[Q]:
    """Each way in which a story can be meant, as a condition that an index answers."""
    slug = unquote(typed.strip().rstrip("/").rpartition("/")[2]).replace("\0", "")
    number = whole_number(typed.strip().removeprefix("#"))
    tagged = TaggedArticle.objects.filter(tag__search_index=words)
    yield Q(search_index=words)
    yield Q(pk__in=tagged.values("content_object_id"))
    yield Q(slug=slug)
    yield Q(pk__in=FormerSlug.objects.filter(slug=slug).values("article_id"))
    if number is not None:
        yield Q(pk=number)


def _any(ways: Iterator[Q]) -> Q:
    either = Q()
    for way in ways:
        either |= way
    return either
