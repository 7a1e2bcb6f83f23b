"""The front page as the editors order it, filled up with the newest stories."""

from collections.abc import Collection, Mapping, Sequence

from django.db import models, transaction
from django.db.models import F

from articles.locks import one_at_a_time
from articles.models import (
    MOST_ON_TOP,
    Article,
    Category,
    CategoryTree,
    FrontPage,
    FrontSection,
    FrontStory,
)


class ChosenMeanwhile(Exception):
    """Somebody else chose anew after the version that was changed here."""


def stories_on_top() -> list[Article]:
    """The lead and the stories beside it: the chosen ones in their places, else the newest.

    A chosen story that readers may not see leaves its place to the newest. Two queries.
    """
    public = Article.objects.public()
    chosen = public.for_lists().annotate(place=F("front_story__place")).filter(place__isnull=False)
    by_place = {story.place: story for story in chosen}
    keys = [story.pk for story in by_place.values()]
    newest = public.newest_first().exclude(pk__in=keys).for_lists()
    others = iter(newest[: MOST_ON_TOP - len(keys)])
    places = (by_place.get(place) or next(others, None) for place in range(MOST_ON_TOP))
    return [story for story in places if story]


def chosen_stories() -> dict[int, int]:
    """The keys of the chosen stories, public or not, by their places."""
    return dict(FrontStory.objects.values_list("place", "article"))


def chosen_sections() -> list[int]:
    """The keys of the chosen sections in their order; empty where none is chosen."""
    return list(FrontSection.objects.values_list("category", flat=True))


def sections_shown(tree: CategoryTree) -> list[Category]:
    """The chosen sections in their order; the top level of the tree where none is chosen."""
    chosen = [tree.categories[key] for key in chosen_sections() if key in tree.categories]
    return chosen or tree.sections


def choose(*, stories: Mapping[int, int], sections: Sequence[int], version: int | None) -> bool:
    """Put these stories into their places and these sections in this order.

    All of them by key; one that was deleted just now is left out. `version` is that of the choice
    which is changed, None where nobody knows. False where all of it is so already.
    Raises ChosenMeanwhile.
    """
    with transaction.atomic():
        one_at_a_time(FrontPage)
        if chosen_stories() == dict(stories) and chosen_sections() == list(sections):
            return False
        present = FrontPage.load().version
        if present != version:
            raise ChosenMeanwhile
        FrontStory.objects.all().delete()
        FrontSection.objects.all().delete()
        left = _held(Article, stories.values())
        FrontStory.objects.bulk_create(
            FrontStory(article_id=key, place=place) for place, key in stories.items() if key in left
        )
        left = _held(Category, sections)
        FrontSection.objects.bulk_create(
            FrontSection(category_id=key, place=place)
            for place, key in enumerate(sections)
            if key in left
        )
        FrontPage(pk=1, version=present + 1).save()
        return True


def _held(model: type[models.Model], keys: Collection[int]) -> set[int]:
    """Those of the keys that there are; nobody deletes these rows before we are done."""
    rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))
