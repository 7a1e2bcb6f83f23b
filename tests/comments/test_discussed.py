"""Which stories readers talk about: public comments of the last days on public stories."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from comments.discussed import most_discussed
from comments.models import Comment
from tests.conftest import many_approved

pytestmark = pytest.mark.django_db


def told(stories) -> list[tuple[str, int]]:
    return [(each.article.title, each.comments) for each in stories]


def test_the_stories_with_the_most_public_comments_stand_first(published, pending):
    quiet, loud = published("هادئ"), published("صاخب")
    many_approved(quiet, 2)
    many_approved(loud, 5)
    pending(on=quiet)
    published("بلا تعليق")

    assert told(most_discussed()) == [("صاخب", 5), ("هادئ", 2)]
    assert told(most_discussed(most=1)) == [("صاخب", 5)]


def test_old_comments_do_not_count(published):
    article = published("قديم النقاش")
    many_approved(article, 3)
    newest = Comment.objects.latest("pk")
    long_ago = timezone.now() - timedelta(days=8)
    Comment.objects.exclude(pk=newest.pk).update(submitted_at=long_ago)

    assert told(most_discussed()) == [("قديم النقاش", 1)]


def test_a_story_that_was_retracted_is_not_talked_about(published):
    article = published("سحب")
    many_approved(article, 3)
    publishing.retract(article)

    assert most_discussed() == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_two_queries(count, published, django_assert_num_queries):
    for number in range(count):
        many_approved(published(f"خبر {number}"), 2)

    with django_assert_num_queries(2):
        assert len(told(most_discussed())) == count
