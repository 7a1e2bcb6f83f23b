"""What a list of found stories shows of each: its title and a passage, the found words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Left

from articles import html, search
from articles.models import Article

# In characters; a passage is looked for in the beginning of a story's body.
_READ_OF_BODY = 30_000
_SHOWN = (
    *("title", "subtitle", "slug", "excerpt", "language", "published_at"),
    *("category__name", "category__slug", "byline__name"),
)


@dataclass(frozen=True)
class Result:
    """A found story; `passage` is empty where its text has none of the words."""

    article: Article
    title: list[search.Piece]
    passage: list[search.Piece]


def results_of(keys: Sequence[int], asked: search.Asked) -> list[Result]:
    """The stories with these keys, in this order; three queries."""
    read: Any = Article.objects.select_related("category", "byline").only(*_SHOWN)
    stories = read.annotate(opening=Left("body", _READ_OF_BODY)).in_bulk(keys)
    texts = {key: _texts(stories[key]) for key in keys if key in stories}
    titles = [stories[key].title for key in texts]
    marker = search.Marker(asked, [*titles, *(text for each in texts.values() for text in each)])
    return [
        Result(stories[key], marker.mark(stories[key].title), marker.passage(blocks))
        for key, blocks in texts.items()
    ]


def _texts(story: Any) -> list[str]:
    """Where a passage is taken from: the story itself before what introduces it."""
    return [*html.blocks(story.opening), story.excerpt, story.subtitle]
