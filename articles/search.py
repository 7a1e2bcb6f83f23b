"""Full-text search over stories: the weighted index column and the query on it. A leaf."""

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
    vector: models.Expression | None = None
    for field, weight in zip(fields, _WEIGHTS, strict=False):
        text = Left(Coalesce(field, models.Value("")), _INDEXED_LENGTH)
        part = SearchVector(text, config=CONFIGURATION, weight=weight)
        vector = part if vector is None else vector + part
    return models.GeneratedField(
        expression=vector, output_field=SearchVectorField(), db_persist=True, editable=False
    )


def query(text: str) -> SearchQuery:
    """A reader's words as a query: phrases in quotes, `-word` to leave out, `or`."""
    return SearchQuery(text[:QUERY_MAX_LENGTH], config=CONFIGURATION, search_type="websearch")
