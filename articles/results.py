"""What a list of found stories shows of each: its title and a passage, the found words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
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
    """A found story; `passage` is empty where its text has none of the words.

    `tags` are those of its tags alone that have one.
    """

    article: Article
    title: list[search.Piece]
    passage: list[search.Piece]
    tags: list[list[search.Piece]]


def results_of(keys: Sequence[int], asked: search.Asked) -> list[Result]:
    """The stories with these keys, in this order; three queries, or none for none."""
    if not keys:
        return []
    shown: Any = Article.objects.select_related("category", "byline").only(*_SHOWN)
    read = shown.with_tag_names().annotate(opening=Left("body", _READ_OF_BODY)).in_bulk(keys)
    stories = [read[key] for key in keys if key in read]
    texts = [_texts(story) for story in stories]
    titles = [story.title for story in stories]
    names = [story.tag_names for story in stories]
    marker = search.Marker(asked, chain(titles, *texts, *names))
    return [
        Result(story, marker.mark(story.title), marker.passage(blocks), _found(marker, tags))
        for story, blocks, tags in zip(stories, texts, names, strict=True)
    ]


def _found(marker: search.Marker, names: list[str]) -> list[list[search.Piece]]:
    marked = map(marker.mark, names)
    return [pieces for pieces in marked if any(piece.is_found for piece in pieces)]


def _texts(story: Any) -> list[str]:
    """Where a passage is taken from: the story itself before what introduces it."""
    return [*html.blocks(story.opening), story.excerpt, story.subtitle]
