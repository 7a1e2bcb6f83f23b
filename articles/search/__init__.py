"""Full-text search: the index column, the query on it, the found words marked. A leaf."""

from articles.search.asked import (
    QUERY_MAX_LENGTH,
    Asked,
    any_of,
    any_two_of,
    query,
    words_of,
)
from articles.search.index import CONFIGURATION, as_indexed, as_searched, index_column
from articles.search.marking import Marker, Piece

__all__ = [
    "CONFIGURATION",
    "QUERY_MAX_LENGTH",
    "Asked",
    "Marker",
    "Piece",
    "any_of",
    "any_two_of",
    "as_indexed",
    "as_searched",
    "index_column",
    "query",
    "words_of",
]
