"""The newest stories of each section, for the front page."""

from django.db.models import IntegerField, Value

from articles.models import Article, Category, CategoryTree

STORIES_PER_SECTION = 3


def newest_of_sections(
    tree: CategoryTree, *, without: list[int], count: int = STORIES_PER_SECTION
) -> list[tuple[Category, list[Article]]]:
    """Each top-level category that has stories, with its newest; two queries for all."""
    queries = [
        Article.objects.public()
        .in_categories(tree.branch(section.pk))
        .exclude(pk__in=without)
        .newest_first()
        .annotate(section=Value(section.pk, IntegerField()))
        .values_list("section", "pk")[:count]
        for section in tree.sections
    ]
    if not queries:
        return []
    pairs = list(queries[0].union(*queries[1:], all=True))
    articles = Article.objects.for_lists().in_bulk([pk for _section, pk in pairs])
    chosen: dict[int, list[Article]] = {}
    for section, pk in pairs:
        chosen.setdefault(section, []).append(articles[pk])
    return [(each, chosen[each.pk]) for each in tree.sections if each.pk in chosen]
