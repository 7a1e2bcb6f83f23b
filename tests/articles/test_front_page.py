"""The front page as the editors order it: who stands where, what fills up, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing
from articles.front_page import (
    ChosenMeanwhile,
    choose,
    chosen_sections,
    chosen_stories,
    stories_on_top,
)
from articles.models import (
    MOST_ON_TOP,
    MOST_SECTIONS,
    Article,
    Category,
    CategoryTree,
    FrontPage,
    FrontSection,
    FrontStory,
)
from articles.sections import newest_of_sections
from articles.views import ARTICLES_PER_PAGE
from tests.conftest import while_another_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def newest(published) -> list[Article]:
    """Seven stories, the newest first."""
    return [published(f"خبر {number}", minutes_ago=10 + number) for number in range(7)]


def titles(stories) -> list[str]:
    return [story.title for story in stories]


def place(*stories: Article | None, sections: list[Category] | None = None) -> None:
    """Choose these stories for the places from the lead on; None leaves a place to the newest."""
    choose(
        stories={place: story.pk for place, story in enumerate(stories) if story},
        sections=[each.pk for each in sections or []],
        version=FrontPage.load().version,
    )


# The stories on top


def test_where_nothing_is_chosen_the_newest_stand_on_top(newest):
    assert stories_on_top() == newest[:MOST_ON_TOP]


def test_chosen_stories_stand_in_their_places_and_the_newest_in_the_others(newest):
    place(newest[6], None, newest[4])

    assert stories_on_top() == [newest[6], newest[0], newest[4], newest[1], newest[2]]


def test_five_chosen_stories_leave_no_place_to_the_newest(newest, django_assert_num_queries):
    place(*reversed(newest[2:]))

    with django_assert_num_queries(1):
        assert stories_on_top() == newest[:1:-1]


def test_a_story_that_is_no_longer_public_leaves_its_place_to_the_newest(newest):
    place(newest[5], newest[6])
    publishing.retract(newest[5])

    assert stories_on_top() == [newest[0], newest[6], newest[1], newest[2], newest[3]]
    assert chosen_stories() == {0: newest[5].pk, 1: newest[6].pk}


def test_a_scheduled_story_takes_its_place_when_it_comes_out(newest, draft):
    waiting = publishing.schedule(draft("ينتظر"), timezone.now() + timedelta(hours=1))
    place(waiting)
    assert stories_on_top()[0] == newest[0]

    publishing.publish(waiting)

    assert titles(stories_on_top())[:2] == ["ينتظر", "خبر 0"]


def test_a_deleted_story_frees_its_place(newest, draft):
    never_out = draft("لن يخرج")
    place(never_out, newest[6])

    never_out.delete()

    assert chosen_stories() == {1: newest[6].pk}
    assert stories_on_top()[:2] == [newest[0], newest[6]]


def test_a_paper_with_one_chosen_story_alone_leads_with_it(published):
    only = published("وحيد")
    place(None, None, only)

    assert stories_on_top() == [only]


# Choosing


def test_a_choice_replaces_the_one_before_it(newest, category):
    place(newest[0], newest[1], sections=[category])
    place(newest[1], newest[0])

    assert chosen_stories() == {0: newest[1].pk, 1: newest[0].pk}
    assert chosen_sections() == []
    assert FrontPage.load().version == 2


def test_the_same_choice_again_changes_nothing(newest, category):
    place(newest[0], sections=[category])

    assert choose(stories={0: newest[0].pk}, sections=[category.pk], version=0) is False
    assert FrontPage.load().version == 1


@pytest.mark.parametrize("version", [0, 2, None])
def test_no_choice_goes_over_a_newer_one(newest, version):
    place(newest[0])

    with pytest.raises(ChosenMeanwhile):
        choose(stories={0: newest[1].pk}, sections=[], version=version)
    assert chosen_stories() == {0: newest[0].pk}


def test_what_was_deleted_just_now_is_left_out(newest, category):
    choose(stories={0: 10**9, 2: newest[0].pk}, sections=[10**9, category.pk], version=0)

    assert chosen_stories() == {2: newest[0].pk}
    assert chosen_sections() == [category.pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_choices_at_once_the_second_is_told_of_the_first(newest):
    def second() -> str:
        try:
            choose(stories={0: newest[1].pk}, sections=[], version=0)
        except ChosenMeanwhile:
            return "told"
        return "saved"

    assert while_another_waits(lambda: place(newest[0]), second) == (None, "told")
    assert chosen_stories() == {0: newest[0].pk}


# What the database refuses


def refused(row: FrontPage | FrontStory | FrontSection) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_a_story_or_a_place_twice_and_places_that_there_are_not(newest):
    first, second, *_others = newest
    FrontStory.objects.create(article=first, place=0)

    assert refused(FrontStory(article=first, place=1))
    assert refused(FrontStory(article=second, place=0))
    assert refused(FrontStory(article=second, place=MOST_ON_TOP))
    assert refused(FrontStory(article=second, place=-1))
    assert not refused(FrontStory(article=second, place=MOST_ON_TOP - 1))


def test_the_database_refuses_a_section_or_its_place_twice(category):
    other = Category.objects.create(name="أخرى")
    FrontSection.objects.create(category=category, place=0)

    assert refused(FrontSection(category=category, place=1))
    assert refused(FrontSection(category=other, place=0))
    assert refused(FrontSection(category=other, place=MOST_SECTIONS))
    assert not refused(FrontSection(category=other, place=MOST_SECTIONS - 1))


def test_the_database_refuses_a_second_front_page():
    FrontPage(pk=1).save()

    assert refused(FrontPage(pk=2))


# The page


def sections_of(response) -> list[tuple[str, list[str]]]:
    shown = response.context["sections_with_articles"]
    return [(category.name, titles(stories)) for category, stories in shown]


def test_the_page_shows_the_choice(client, newest):
    place(newest[6], newest[5])

    context = client.get("/").context

    assert context["lead"] == newest[6]
    assert context["seconds"] == [newest[5], *newest[:3]]


def test_chosen_sections_stand_in_their_order_be_they_of_the_top_or_not(client, published):
    first, second, third = (Category.objects.create(name=name) for name in ("أول", "ثان", "ثالث"))
    branch = Category.objects.create(name="فرع", parent=first)
    for number in range(MOST_ON_TOP):
        published(f"عاجل {number}", minutes_ago=number)
    for number, category in enumerate([first, second, third, branch]):
        published(category.name, minutes_ago=100 + number, category=category)
    place(sections=[third, branch])

    assert sections_of(client.get("/")) == [("ثالث", ["ثالث"]), ("فرع", ["فرع"])]
    third.articles.update(category=first)
    third.delete()
    assert sections_of(client.get("/")) == [("فرع", ["فرع"])]


def test_no_story_stands_in_two_sections(published):
    first, second = (Category.objects.create(name=name) for name in ("أول", "ثان"))
    for number in range(5):
        story = published(f"في الاثنين {number}", minutes_ago=number, category=second)
        story.further_categories.add(first)
    tree = CategoryTree()

    shown = newest_of_sections(
        tree, [tree.categories[each.pk] for each in (first, second)], without=[]
    )

    assert [(category.name, titles(stories)) for category, stories in shown] == [
        ("أول", ["في الاثنين 0", "في الاثنين 1", "في الاثنين 2"]),
        ("ثان", ["في الاثنين 3", "في الاثنين 4"]),
    ]


def everything_on(response) -> list[str]:
    """The titles of every story of a page, however often it is shown."""
    context = response.context
    shown = [*context["page_obj"]]
    if context["page_obj"].number == 1:
        blocks = [stories for _section, stories in context["sections_with_articles"]]
        shown += [
            context["lead"],
            *context["seconds"],
            *(story for block in blocks for story in block),
        ]
    return titles(shown)


def test_every_story_is_shown_once_over_all_pages_whatever_is_chosen(client, published, category):
    other = Category.objects.create(name="أخرى")
    stories = [
        published(f"خبر {number}", minutes_ago=number + 1, category=(category, other)[number % 2])
        for number in range(2 * ARTICLES_PER_PAGE)
    ]
    stories[3].further_categories.add(category)
    place(stories[-1], None, stories[7], sections=[other, category])

    pages = [client.get("/", {"page": number}) for number in (1, 2)]
    shown = [title for page in pages for title in everything_on(page)]

    assert sorted(shown) == sorted(titles(stories))
    assert titles(pages[1].context["page_obj"]) == titles(stories)[-10:-1]


@pytest.mark.parametrize("count", [1, 3])
def test_a_chosen_front_page_takes_a_bounded_number_of_queries(
    count, client, published, image, django_assert_num_queries
):
    for number in range(6):
        published(f"خبر {number}", image=image)
    place(*Article.objects.order_by("pk")[:count], sections=list(Category.objects.all()))

    with django_assert_num_queries(9):
        client.get("/")
