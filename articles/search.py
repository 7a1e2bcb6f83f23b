"""Full-text search over stories: the weighted index column and the query on it. A leaf.

Both are normalised by the one table of `articles.arabic`, so that a word is found in whatever
spelling either was typed; the database does for the index what Python does for the query. Then
come the article and the plurals, which PostgreSQL's stemmer knows on some forms of a word only:
by itself it finds مدرسة in المدرسة, but neither in والمدرسة nor in المدرسه.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce, Left

from articles.arabic import (
    LIGHT_STEMS,
    REMOVED_PATTERN,
    TYPED_CHARACTERS,
    WRITTEN_CHARACTERS,
    lighten,
    normalise,
)

CONFIGURATION = "arabic"
QUERY_MAX_LENGTH = 300
# PostgreSQL refuses a text-search vector beyond one megabyte.
_INDEXED_LENGTH = 200_000
_WEIGHTS = "ABCD"
# PostgreSQL's parser takes these for letters of the word before or behind them.
_SIGNS = "،؛؟۔«»“”‘’„•–—"
_BLANKS = " " * len(_SIGNS)
_SIGNS_TO_BLANKS = str.maketrans(_SIGNS, _BLANKS)
_WORD = re.compile(r"[^\W_]+")


def index_column(*fields: str, weights: str = _WEIGHTS) -> models.GeneratedField:
    """A column that the database keeps: the named fields, by default the first weighing most.

    `weights` has a letter for each field, from A, the heaviest, to D.
    HTML needs no stripping: PostgreSQL's parser tells tags from words.
    """
    vectors = [
        SearchVector(
            Left(
                as_indexed(Left(Coalesce(field, models.Value("")), _INDEXED_LENGTH)),
                _INDEXED_LENGTH,
            ),
            config=CONFIGURATION,
            weight=weight,
        )
        for field, weight in zip(fields, weights, strict=False)
    ]
    return models.GeneratedField(
        expression=reduce(add, vectors),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def query(text: str) -> SearchQuery:
    """A reader's words as a query: phrases in quotes, `-word` to leave out, `or`."""
    words = as_searched(text[:QUERY_MAX_LENGTH])
    return SearchQuery(words, config=CONFIGURATION, search_type="websearch")


def as_typed(text: str) -> SearchQuery:
    """An editor's words as a query: as above, and the last one also by its beginning."""
    words = words_of(text[:QUERY_MAX_LENGTH])
    if not words:
        return query(text)
    begun = " & ".join([*words[:-1], f"{words[-1]}:*"])
    return query(text) | _of_operators(begun)


def any_of(words: Sequence[str]) -> SearchQuery:
    """At least one of these words, each as `words_of` gives it."""
    return _of_operators(" | ".join(words))


def any_two_of(words: Sequence[str]) -> SearchQuery:
    """At least two of these words; of a single one, that one."""
    if len(words) < 2:
        return any_of(words)
    pairs = (f"({word} & ({' | '.join(words[n:])}))" for n, word in enumerate(words[:-1], start=1))
    return _of_operators(" | ".join(pairs))


def words_of(text: str) -> list[str]:
    """The words of a text in the spelling of the index: letters and digits alone."""
    return _WORD.findall(as_searched(text))


def _of_operators(words: str) -> SearchQuery:
    return SearchQuery(words, config=CONFIGURATION, search_type="raw")


def as_searched(text: str) -> str:
    """The text in the spelling that the index holds."""
    return lighten(normalise(text).translate(_SIGNS_TO_BLANKS))


def as_indexed(text: models.expressions.Combinable) -> models.Func:
    """What `as_searched` makes of a text, made by the database; immutable functions only.

    Whole patterns are written out, so that a change of the table asks for a migration.
    """
    apart = models.Func(
        _replaced(text, REMOVED_PATTERN, ""),
        function="normalize",
        template="%(function)s(%(expressions)s, NFKD)",
        output_field=models.TextField(),
    )
    written: models.Func = models.Func(
        _replaced(apart, REMOVED_PATTERN, ""),
        models.Value(TYPED_CHARACTERS + _SIGNS),
        models.Value(WRITTEN_CHARACTERS + _BLANKS),
        function="translate",
        output_field=models.TextField(),
    )
    return reduce(lambda so_far, rule: _replaced(so_far, *rule), LIGHT_STEMS, written)


def _replaced(text: models.expressions.Combinable, pattern: str, written: str) -> models.Func:
    return models.Func(
        text,
        models.Value(pattern),
        models.Value(written),
        models.Value("g"),
        function="regexp_replace",
        output_field=models.TextField(),
    )
