"""The weighted index column, and the one spelling that it holds.

It is normalised by the table of `articles.arabic`, as the query is, so that a word is found in
whatever spelling either was typed; the database does for the index what Python does for the
query. Then come the article and the plurals, which PostgreSQL's stemmer knows on some forms of a
word only: by itself it finds مدرسة in المدرسة, but neither in والمدرسة nor in المدرسه.
"""

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector, SearchVectorField
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
# Words as they are written, without their stem.
UNSTEMMED = "simple"
# PostgreSQL refuses a text-search vector beyond one megabyte.
_INDEXED_LENGTH = 200_000
_BEGINNINGS_LENGTH = 30_000
_WEIGHTS = "ABCD"
# PostgreSQL's parser takes these for letters of the word before or behind them.
_SIGNS = "،؛؟۔«»“”‘’„•–—"
_BLANKS = " " * len(_SIGNS)
_SIGNS_TO_BLANKS = str.maketrans(_SIGNS, _BLANKS)


def index_column(
    *fields: str, weights: str = _WEIGHTS, beginnings: bool = False
) -> models.GeneratedField:
    """A column that the database keeps: the named fields, by default the first weighing most.

    `weights` has a letter for each field, from A, the heaviest, to D. `beginnings`: words are
    found by their beginning too, of which a stem may have lost a letter (برنامج has رنامج).
    HTML needs no stripping: PostgreSQL's parser tells tags from words.
    """
    weighed = list(zip(fields, weights, strict=False))
    vectors = [_vector(*each, CONFIGURATION, _INDEXED_LENGTH) for each in weighed]
    if beginnings:
        vectors += [_vector(*each, UNSTEMMED, _BEGINNINGS_LENGTH) for each in weighed]
    return models.GeneratedField(
        expression=reduce(add, vectors),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def _vector(field: str, weight: str, configuration: str, length: int) -> SearchVector:
    """At most so many characters of the field, also where they grow when they are spelled out."""
    read = Left(Coalesce(field, models.Value("")), length)
    return SearchVector(Left(as_indexed(read), length), config=configuration, weight=weight)


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
