"""A story as its own index holds it: its words, and besides them what saves opening the story.

PostgreSQL's index of words keeps no places. To find a phrase it opens each story that has its
words, to find a beginning it reads every word that begins so, and the newest stories are no nearer
than the oldest. So the function `articles_search_entries` adds for each story, beside its words:
each pair of neighbours (`مجلس بلد`), the beginnings of each word (`مجل *`), and its categories,
its byline, the year and the month in which it came out (`month=24312`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models
from django.db.backends.ddl_references import Statement

from articles.search.asked import Asked

# Made by the migration `0013_entries_of_stories`, whose limits stand here once more.
STORY_ENTRIES = models.Func(
    *("search_index", "category_id", "indexed_categories", "byline_id", "published_at"),
    function="articles_search_entries",
    output_field=SearchVectorField(),
)
_BEGINNINGS = range(2, 9)
# As PostgreSQL writes a query: a word with its signs, and the words of a phrase.
_WORD = r"'(?:[^']|'')*'(?::\*?[A-D]*)?"
_CHAIN = re.compile(rf"{_WORD}(?: <-> {_WORD})*")
_BEGUN = ":*"
_NEXT_TO = " <-> "


class StoryIndex(GinIndex):
    """The index of the entries; for no statistics does the database compute them."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        made = super().create_sql(model, schema_editor, using=using, **kwargs)
        unread = "; ALTER INDEX %(name)s ALTER COLUMN 1 SET STATISTICS 0"
        return Statement(made.template + unread, **made.parts)


class _AsWritten(SearchQuery):
    """A query in PostgreSQL's own writing, of whose words no stem is taken."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True, slots=True)
class Entries:
    """What a story's entries have to hold, in PostgreSQL's own writing; nothing matches ''.

    Where it `is_exact`, no other story has them; else the words themselves tell.
    """

    text: str
    is_exact: bool = True

    @property
    def query(self) -> SearchQuery:
        """As a condition on `STORY_ENTRIES`."""
        return _AsWritten(self.text, search_type="raw")

    def with_one_of(self, entries: Iterable[str]) -> "Entries":
        """These, and one of those where there are any."""
        either = " | ".join(f"'{entry}'" for entry in entries)
        if not either or not self.text:
            return self
        return replace(self, text=f"( {self.text} ) & ( {either} )")


def entries_of(asked: Asked) -> Entries:
    """What is asked for; asks the database once for the stems."""
    terms = [term for way in asked.terms for term in way]
    written = iter(_as_written([query for term in terms for query in term.queries]))
    ways = [
        [(term.is_left_out, [next(written) for _query in term.queries]) for term in way]
        for way in asked.terms
    ]
    return Entries(
        " | ".join(f"( {text} )" for text in map(_all_of, ways) if text),
        is_exact=all(_is_exact(texts) for way in ways for _is_left_out, texts in way),
    )


def _all_of(way: list[tuple[bool, list[str]]]) -> str:
    """Every word that is to be found, and no word of those left out that entries tell exactly."""
    wanted = [_one_of(texts) for is_left_out, texts in way if not is_left_out and any(texts)]
    left_out = [
        f"!{_one_of(texts)}"
        for is_left_out, texts in way
        if is_left_out and any(texts) and _is_exact(texts)
    ]
    return " & ".join(wanted + left_out) if wanted else ""


def _one_of(texts: list[str]) -> str:
    return f"( {' | '.join(_CHAIN.sub(_entries, text) for text in texts if text)} )"


def of_category(key: int) -> str:
    return f"category={key}"


def of_byline(key: int) -> str:
    return f"byline={key}"


def of_months(months: range) -> Iterator[str]:
    """One for each whole year and for each month beside, counted as `month_of` does."""
    month = months.start
    while month < months.stop:
        is_year = month % 12 == 0 and month + 12 <= months.stop
        yield f"year={month // 12}" if is_year else f"month={month}"
        month += 12 if is_year else 1


def month_of(moment: datetime) -> int:
    """The months up to the one of this moment, by the clock of UTC."""
    moment = moment.astimezone(UTC)
    return moment.year * 12 + moment.month - 1


def _as_written(queries: list[tuple[str, str]]) -> list[str]:
    """Each query, with its configuration before it, as PostgreSQL understands it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsquery(configuration::regconfig, words)::text"
            " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(configuration, words, n)"
            " ORDER BY n",
            [[each for each, _words in queries], [words for _each, words in queries]],
        )
        return [text for (text,) in cursor.fetchall()]


def _is_exact(texts: list[str]) -> bool:
    """Whether entries tell as much as the words themselves."""
    chains = [chain[0].split(_NEXT_TO) for text in texts for chain in _CHAIN.finditer(text)]
    return all(len(words) == 1 or _is_pair(words) for words in chains)


def _is_pair(words: list[str]) -> bool:
    return len(words) == 2 and not any(map(_is_beginning, words))


def _entries(chain: re.Match[str]) -> str:
    """A word, a beginning or a phrase as entries that each story with them has."""
    words = chain[0].split(_NEXT_TO)
    if len(words) == 1 or any(map(_is_beginning, words)):
        return " & ".join(map(_entry, words))
    pairs = (f"'{word[1:-1]} {neighbour[1:-1]}'" for word, neighbour in pairwise(words))
    return f"( {' & '.join(pairs)} )"


def _is_beginning(word: str) -> bool:
    return word.endswith(_BEGUN)


def _entry(word: str) -> str:
    letters = word.removesuffix(_BEGUN)[1:-1]
    if _is_beginning(word) and len(letters) in _BEGINNINGS:
        return f"'{letters} *'"
    return word
