"""Finding stories: by their words, at the desk and for readers; at the desk by slug and number too.

Where very many are found, the best ones cannot be told without reading the index column of each:
then only the newest of them are given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from articles import search
from articles.models import Article, FormerSlug
from articles.numbers import whole_number

MOST_RANKED = 300

# To match a story PostgreSQL fetches and unpacks its index column, which it takes for free, and of
# words that it does not know it expects too many. Left alone, it reads the whole paper for them.
_NO_COMPILING = "SET LOCAL jit = off;"
_THE_INDEX_OF_WORDS = (
    f"{_NO_COMPILING} SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
)
_WHAT_A_MATCH_COSTS = f"{_NO_COMPILING} SET LOCAL cpu_operator_cost = 2"


def find(stories: QuerySet[Article], typed: str, *, best_first: bool = True) -> QuerySet[Article]:
    """Those of the stories that match what was typed, the best matches first where they are few.

    All words are found in any spelling, in the title, subtitle, tags, excerpt and body; the last
    one also by its beginning. A slug, a former slug or an address is found whole, a number
    (`17`, `#17`) as the story's own. Asks the database once, to know whether they are few.
    """
    words = search.query(typed)
    first, *others = [Article.objects.filter(each).order_by() for each in _ways(words, typed)]
    every = first.values("pk").union(*(each.values("pk") for each in others), all=True)
    keys = {row["pk"] for row in every[: MOST_RANKED + 1]}
    if len(keys) > MOST_RANKED:
        return stories.filter(_any(_ways(words, typed)))
    found = stories.filter(pk__in=keys)
    return found.order_by(_rank(words).desc(), "-created_at", "-pk") if best_first else found


@dataclass(frozen=True)
class Found:
    """The keys of stories that match, the best first, of equals the newest first.

    Where `are_more`, they are those of the newest `MOST_RANKED`.
    """

    keys: list[int]
    are_more: bool = False


def find_keys(stories: QuerySet[Article], words: SearchQuery) -> Found:
    """Those of the stories that match; asks the database up to three times, however many."""
    matching = Article.objects.filter(search_index=words).order_by().values_list("pk", flat=True)
    with _planned_by(_THE_INDEX_OF_WORDS):
        keys = list(matching[: MOST_RANKED + 1])
    if len(keys) <= MOST_RANKED:
        return Found(_ranked(stories.filter(pk__in=keys), words))
    newest = stories.filter(search_index=words).order_by("-published_at", "-pk")
    with _planned_by(_WHAT_A_MATCH_COSTS):
        keys = list(newest.values_list("pk", flat=True)[: MOST_RANKED + 1])
    ranked = _ranked(Article.objects.filter(pk__in=keys[:MOST_RANKED]), words)
    return Found(ranked, are_more=len(keys) > MOST_RANKED)


@contextmanager
def _planned_by(settings: str) -> Iterator[None]:
    # Durable, because the settings last as long as the outermost transaction.
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(settings)
        yield


def _ranked(stories: QuerySet[Article], words: SearchQuery) -> list[int]:
    best = stories.order_by(_rank(words).desc(), "-published_at", "-pk")
    return list(best.values_list("pk", flat=True))


def _rank(words: SearchQuery) -> SearchRank:
    return SearchRank(F("search_index"), words)


def _ways(words: SearchQuery, typed: str) -> Iterator[Q]:
    """Each way in which a story can be meant, as a condition that an index answers."""
    slug = unquote(typed.strip().rstrip("/").rpartition("/")[2]).replace("\0", "")
    number = whole_number(typed.strip().removeprefix("#"))
    yield Q(search_index=words)
    yield Q(slug=slug)
    yield Q(pk__in=FormerSlug.objects.filter(slug=slug).values("article_id"))
    if number is not None:
        yield Q(pk=number)


def _any(ways: Iterator[Q]) -> Q:
    either = Q()
    for way in ways:
        either |= way
    return either
