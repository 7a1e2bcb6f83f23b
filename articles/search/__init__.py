"""Full-text search: the index column, the query on it, the found words marked. A leaf."""

from articles.search.asked import (
    QUERY_MAX_LENGTH,
    Asked,
    any_of,
    any_two_of,
    query,
    words_of,
)
from articles.search.entries import (
    STORY_ENTRIES,
    Entries,
    StoryIndex,
    entries_of,
    month_of,
    of_byline,
    of_category,
    of_months,
)
from articles.search.index import CONFIGURATION, as_indexed, as_searched, index_column
from articles.search.marking import Marker, Piece

__all__ = [
    "CONFIGURATION",
    "QUERY_MAX_LENGTH",
    "STORY_ENTRIES",
    "Asked",
    "Entries",
    "Marker",
    "Piece",
    "StoryIndex",
    "any_of",
    "any_two_of",
    "as_indexed",
    "as_searched",
    "entries_of",
    "index_column",
    "month_of",
    "of_byline",
    "of_category",
    "of_months",
    "query",
    "words_of",
]
