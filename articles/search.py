"""Full-text search over stories: the weighted index column and the query on it. A leaf."""

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce, Left

CONFIGURATION = "arabic"
QUERY_MAX_LENGTH = 300
# PostgreSQL refuses a text-search vector beyond one megabyte.
_INDEXED_LENGTH = 200_000
_WEIGHTS = "ABCD"


def index_column(*fields: str) -> models.GeneratedField:
    """A column that the database keeps: the named fields, the first weighing most.

    HTML needs no stripping: PostgreSQL's parser tells tags from words.
    """
    vectors = [
        SearchVector(
            Left(Coalesce(field, models.Value("")), _INDEXED_LENGTH),
            config=CONFIGURATION,
            weight=weight,
        )
        for field, weight in zip(fields, _WEIGHTS, strict=False)
    ]
    return models.GeneratedField(
        expression=reduce(add, vectors),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def query(text: str) -> SearchQuery:
    """A reader's words as a query: phrases in quotes, `-word` to leave out, `or`."""
    return SearchQuery(text[:QUERY_MAX_LENGTH], config=CONFIGURATION, search_type="websearch")
