"""The related box: picks first in their order, then the category, then shared tags."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Category, RelatedPost
from articles.related import related_articles


@pytest.fixture
def elsewhere(db) -> Category:
    return Category.objects.create(name="ثقافة", slug="ثقافة")


def pick(article, *stories):
    for position, story in enumerate(stories):
        RelatedPost.objects.create(from_article=article, to_article=story, position=position)


def test_picks_come_first_in_their_order_then_the_category_then_tags(article, published, elsewhere):
    article.tags.add("أرصفة")
    picked = published("مختار", category=elsewhere, minutes_ago=900)
    of_category = published("القسم نفسه", minutes_ago=500)
    tagged = published("وسم مشترك", category=elsewhere, minutes_ago=2)
    tagged.tags.add("أرصفة")
    published("لا صلة له", category=elsewhere, minutes_ago=1).tags.add("غيره")
    pick(article, picked)

    assert related_articles(article) == [picked, of_category, tagged]


def test_every_pick_is_shown_in_the_order_of_the_editors(article, published, elsewhere):
    stories = [published(f"خبر {number}", category=elsewhere) for number in range(4)]
    published("من القسم، ولا مكان له")
    order = [stories[2], stories[0], stories[3], stories[1]]
    pick(article, *order)

    assert related_articles(article) == order


def test_picks_without_a_position_of_their_own_stand_as_they_were_picked(article, published):
    stories = [published(f"خبر {number}", minutes_ago=number) for number in (3, 1, 2)]
    for story in stories:
        RelatedPost.objects.create(from_article=article, to_article=story)

    assert related_articles(article) == stories


def test_the_newest_of_the_category_stand_first(article, published):
    oldest, newest = published("قديم", minutes_ago=300), published("جديد", minutes_ago=3)
    middle = published("بينهما", minutes_ago=30)

    assert related_articles(article) == [newest, middle, oldest]


def test_a_story_that_is_picked_and_of_the_category_and_tagged_stands_once(article, published):
    article.tags.add("أرصفة", "موازنة")
    all_three = published("مرة واحدة")
    all_three.tags.add("أرصفة", "موازنة")
    pick(article, all_three)

    assert related_articles(article) == [all_three]


def test_a_story_is_never_related_to_itself(article):
    article.tags.add("أرصفة")

    assert related_articles(article) == []


def test_what_readers_may_not_see_is_in_no_box(article, draft, published):
    article.tags.add("أرصفة")
    hidden = [
        draft("مسودة"),
        publishing.retract(published("مسحوب")),
        publishing.back_to_draft(published("عاد مسودة")),
        publishing.schedule(draft("غداً"), timezone.now() + timedelta(days=1)),
    ]
    for story in hidden:
        story.tags.add("أرصفة")
    pick(article, *hidden)
    seen = published("ظاهر")

    assert related_articles(article) == [seen]


def test_the_box_is_filled_even_where_picks_category_and_tags_overlap(
    article, published, elsewhere
):
    article.tags.add("أرصفة")
    of_category = published("من القسم")
    tagged = [
        published(f"وسم {number}", category=elsewhere, minutes_ago=number) for number in (3, 4)
    ]
    for story in [of_category, *tagged]:
        story.tags.add("أرصفة")
    pick(article, tagged[1])

    assert related_articles(article) == [tagged[1], of_category, tagged[0]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_box_takes_two_queries(count, article, published, image, django_assert_num_queries):
    stories = [published(f"خبر {number}", image=image) for number in range(count)]

    with django_assert_num_queries(2):
        box = related_articles(article)
        shown = [(each.summary, each.byline.name, each.image.url) for each in box]

    assert len(shown) == len(stories) == count
