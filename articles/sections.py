"""The newest stories of each section, for the front page."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Value

from articles.models import Article, Category, CategoryTree

STORIES_PER_SECTION = 3
# So many sections may have the same newest stories, and each shows its full count. To read more
# would mean a long way back in a section with few stories.
_MOST_OVERLAPPING = 3


def newest_of_sections(
    tree: CategoryTree,
    sections: Sequence[Category],
    *,
    without: Collection[int],
    count: int = STORIES_PER_SECTION,
) -> list[tuple[Category, list[Article]]]:
    """Each of the sections that has stories, with its newest; two queries for all.

    No story stands in two of them: the first one takes it.
    """
    queries = [
        Article.objects.public()
        .in_categories(tree.branch(section.pk))
        .exclude(pk__in=without)
        .newest_first()
        .annotate(place=Value(place, IntegerField()))
        .values_list("place", "published_at", "pk")[: count * min(place + 1, _MOST_OVERLAPPING)]
        for place, section in enumerate(sections)
    ]
    if not queries:
        return []
    found: list[Any] = sorted(queries[0].union(*queries[1:], all=True), reverse=True)
    chosen = _each_once(found, count=count, places=len(sections))
    articles = Article.objects.for_lists().in_bulk([pk for keys in chosen for pk in keys])
    return [
        (section, [articles[pk] for pk in keys])
        for section, keys in zip(sections, chosen, strict=True)
        if keys
    ]


def _each_once(
    found: list[tuple[int, datetime, int]], *, count: int, places: int
) -> list[list[int]]:
    """For each place the keys of its newest that no place before it has; newest are found first."""
    chosen: list[list[int]] = []
    taken: set[int] = set()
    for place in range(places):
        own = [pk for found_for, _at, pk in found if found_for == place and pk not in taken]
        chosen.append(own[:count])
        taken.update(own[:count])
    return chosen
