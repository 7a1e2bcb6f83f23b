"""Before and after a story in its category, and the way there at its end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article, Category
from articles.neighbours import Neighbours, neighbours_of

pytestmark = pytest.mark.django_db


def test_the_neighbours_are_the_nearest_public_ones_of_the_main_category(published, draft):
    category, other = (Category.objects.create(name=name) for name in ("محلي", "رياضة"))
    oldest, older, story, newer, newest = (
        published(f"خبر {number}", minutes_ago=100 - number, category=category)
        for number in (1, 3, 5, 7, 9)
    )
    published("قسم آخر", minutes_ago=94, category=other).further_categories.add(category)
    publishing.retract(published("سحب", minutes_ago=94, category=category))
    draft("مسودة", category=category)
    publishing.schedule(draft("غداً", category=category), timezone.now() + timedelta(days=1))

    assert neighbours_of(story) == Neighbours(previous=older, next=newer)
    assert neighbours_of(oldest) == Neighbours(previous=None, next=older)
    assert neighbours_of(newest) == Neighbours(previous=newer, next=None)


def test_of_stories_of_one_moment_the_key_decides(published):
    at = timezone.now() - timedelta(hours=1)
    first, second, third = (published(f"خبر {number}") for number in range(3))
    Article.objects.update(published_at=at)
    for story in (first, second, third):
        story.refresh_from_db()

    assert neighbours_of(second) == Neighbours(previous=first, next=third)
    assert neighbours_of(first) == Neighbours(previous=None, next=second)


def test_a_story_that_is_not_public_has_none(published, draft):
    published("منشور")

    assert neighbours_of(draft("مسودة")) == Neighbours()


@pytest.mark.parametrize("count", [1, 3])
def test_they_are_found_in_one_query(count, published, django_assert_num_queries):
    stories = [published(f"خبر {number}", minutes_ago=number + 1) for number in range(count)]

    with django_assert_num_queries(1):
        neighbours_of(stories[count // 2])


def test_the_page_leads_to_both(client, published):
    older, story, newer = (
        published(title, minutes_ago=10 - number)
        for number, title in enumerate(["<السابق>", "هذا", "<التالي>"])
    )

    page = client.get(story.get_absolute_url()).content.decode()
    nav = page.partition('<nav class="neighbours"')[2].partition("</nav>")[0]

    assert f'rel="prev" href="{older.get_absolute_url()}"' in nav
    assert f'rel="next" href="{newer.get_absolute_url()}"' in nav
    assert ("&lt;السابق&gt;" in nav, "<التالي>" in nav) == (True, False)


def test_a_story_alone_in_its_category_leads_nowhere(client, article):
    assert 'class="neighbours"' not in client.get(article.get_absolute_url()).content.decode()
