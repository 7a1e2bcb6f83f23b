"""Finding stories: by their words, at the desk and for readers; at the desk by slug and number too.

Where very many are found, the best ones cannot be told without reading the index column of each:
then only the newest of them are given.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil, sqrt
from operator import itemgetter
from urllib.parse import unquote

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles import search
from articles.models import Article, ArticleQuerySet, FormerSlug
from articles.numbers import whole_number

MOST_RANKED = 300

# Of a common word enough is found in the months in which so many of the newest stories came out,
# or in a period that is not much longer. A rare one is looked for in all months at once.
_NEWEST = 1000
_MUCH_LONGER = 12
# Longer periods are left to the date alone.
_MOST_MONTHS = 240
# PostgreSQL does not know how common a word is, nor how dear the entries are that it would compute
# of each story on any other way, or where it had no room for the places of all that are found.
_PLANNED = {
    "work_mem": "'64MB'",
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}


def find(stories: QuerySet[Article], typed: str, *, best_first: bool = True) -> QuerySet[Article]:
    """Those of the stories that match what was typed, the best matches first where they are few.

    All words are found in any spelling, in the title, subtitle, tags, excerpt and body; the last
    one also by its beginning. A slug, a former slug or an address is found whole, a number
    (`17`, `#17`) as the story's own. Asks the database twice, to know whether they are few.
    """
    words = search.query(typed)
    keys = _few(typed, *_named(typed))
    if keys is None:
        return stories.filter(_any([Q(search_index=words), *_named(typed)]))
    few = stories.filter(pk__in=keys)
    return few.order_by(_rank(words).desc(), "-created_at", "-pk") if best_first else few


def matching(stories: ArticleQuerySet, typed: str) -> ArticleQuerySet:
    """Those of the stories that have the words; asks the database twice, to know which way."""
    keys = _few(typed)
    if keys is None:
        return stories.filter(search_index=search.query(typed))
    return stories.filter(pk__in=keys)


def _few(typed: str, *others: Q) -> set[int] | None:
    """The keys of all stories that match; None for too many, which are near in any order."""
    asked = search.Asked.read(typed)
    found = Article.objects.found_by(search.entries_of(asked), asked.query())
    ways = [found, *(Article.objects.filter(each) for each in others)]
    first, *more = [each.order_by().values("pk") for each in ways]
    every = first.union(*more, all=True) if more else first
    with _planned_by_the_index_of_words():
        keys = {row["pk"] for row in every[: MOST_RANKED + 1]}
    return None if len(keys) > MOST_RANKED else keys


@dataclass(frozen=True)
class Scope:
    """Where readers look: in all public stories, or in those with one of these categories, of a
    byline, from `since` on and before `until`.
    """

    categories: Sequence[int] = ()
    byline: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def stories(self) -> ArticleQuerySet:
        """All public stories of this time; categories and byline are told by the entries."""
        stories = Article.objects.public()
        if self.since:
            stories = stories.filter(published_at__gte=self.since)
        if self.until:
            stories = stories.filter(published_at__lt=self.until)
        return stories

    def narrow(self, entries: search.Entries) -> search.Entries:
        """Those of these categories and this byline alone."""
        of_byline = [] if self.byline is None else [search.of_byline(self.byline)]
        return entries.with_one_of(map(search.of_category, self.categories)).with_one_of(of_byline)

    def last_months(self, number: int) -> range:
        """So many of its last months; none where that is all of its time, or too many."""
        return range(self._end - number if number < self._length else self._end, self._end)

    def all_months(self) -> range:
        """All months of its time; none for too many."""
        is_long = self._length == _MOST_MONTHS
        return range(self._end if is_long else self._end - self._length, self._end)

    def months_of_the_newest(self) -> range:
        """The last months, in which the newest stories came out; none for too few stories."""
        moments = self.stories().newest_first().values_list("published_at", flat=True)
        months = (search.month_of(at) for at in moments[_NEWEST : _NEWEST + 1] if at)
        return range(next(months, self._end), self._end)

    @property
    def _end(self) -> int:
        return search.month_of(self.until or timezone.now()) + 1

    @property
    def _length(self) -> int:
        first = search.month_of(self.since) if self.since else 0
        return min(self._end - first, _MOST_MONTHS)


EVERYWHERE = Scope()


@dataclass(frozen=True)
class Found:
    """The keys of stories that match, the best first, of equals the newest first.

    Where `are_more`, they are those of the newest `MOST_RANKED`.
    """

    keys: list[int]
    are_more: bool = False


def find_keys(asked: search.Asked, scope: Scope = EVERYWHERE) -> Found:
    """The public stories that match; asks the database up to six times, however many."""
    words, entries = asked.query(), scope.narrow(search.entries_of(asked))
    newest = scope.months_of_the_newest()
    with _planned_by_the_index_of_words():
        if newest and (held := _stories(newest, scope, entries, words).count()):
            # Longer by two standard deviations than it would have to be.
            times = MOST_RANKED / held * (1 + 2 / sqrt(held))
            enough = scope.last_months(ceil(len(newest) * times))
            if enough and times < _MUCH_LONGER:
                found = _newest_of(enough, scope, entries, words)
                if found.are_more:
                    return found
        return _newest_of(scope.all_months(), scope, entries, words)


def _newest_of(months: range, scope: Scope, entries: search.Entries, words: SearchQuery) -> Found:
    newest = _stories(months, scope, entries, words).newest_found(MOST_RANKED + 1)
    ranked = Article.objects.filter(pk__in=newest.values("pk")).newest_first()
    rows = list(ranked.values_list("pk", _rank(words)))
    best = sorted(rows[:MOST_RANKED], key=itemgetter(1), reverse=True)
    return Found([key for key, _rank in best], are_more=len(rows) > MOST_RANKED)


def _stories(
    months: range, scope: Scope, entries: search.Entries, words: SearchQuery
) -> ArticleQuerySet:
    return scope.stories().found_by(entries.with_one_of(search.of_months(months)), words)


@contextmanager
def _planned_by_the_index_of_words() -> Iterator[None]:
    is_within_another = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(";".join(f"SET LOCAL {name} = {value}" for name, value in _PLANNED.items()))
        yield
        if is_within_another:
            cursor.execute(";".join(f"SET LOCAL {name} TO DEFAULT" for name in _PLANNED))


def _rank(words: SearchQuery) -> SearchRank:
    return SearchRank(F("search_index"), words)


def _named(typed: str) -> Iterator[Q]:
    """Each way in which a story can be meant beside its words, that an index answers."""
    slug = unquote(typed.strip().rstrip("/").rpartition("/")[2]).replace("\0", "")
    number = whole_number(typed.strip().removeprefix("#"))
    yield Q(slug=slug)
    yield Q(pk__in=FormerSlug.objects.filter(slug=slug).values("article_id"))
    if number is not None:
        yield Q(pk=number)


def _any(ways: Iterable[Q]) -> Q:
    either = Q()
    for way in ways:
        either |= way
    return either
