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


def test_a_story_may_be_left_out(published):
    own, other = published("هذا"), published("غيره")
    many_approved(own, 3)
    many_approved(other, 1)

    assert told(most_discussed(without=own)) == [("غيره", 1)]


def box_of(page: str) -> str:
    """The box of the most discussed stories on a page for readers; empty where there is none."""
    return page.partition('<aside class="discussed"')[2].partition("</aside>")[0]


def test_readers_see_five_stories_at_most_and_how_many_comments_they_have(client, published):
    for number in range(6):
        many_approved(published(f"<خبر {number}>"), number + 1)

    box = box_of(client.get("/").content.decode())

    places = [box.find(f"&lt;خبر {number}&gt;") for number in (5, 4, 3, 2, 1)]
    assert sorted(places) == places
    assert places[0] > 0
    assert "خبر 0" not in box


def test_readers_of_a_story_are_led_to_other_ones(client, published):
    own, other = published("هذا المقال"), published("غيره")
    many_approved(own, 3)
    many_approved(other, 1)

    box = box_of(client.get(own.get_absolute_url()).content.decode())

    assert f"{other.get_absolute_url()}#comments" in box
    assert own.title not in box


def test_where_nobody_discusses_there_is_no_box(client, article, pending):
    pending()

    for address in ("/", article.get_absolute_url()):
        assert box_of(client.get(address).content.decode()) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_two_queries(count, published, django_assert_num_queries):
    for number in range(count):
        many_approved(published(f"خبر {number}"), 2)

    with django_assert_num_queries(2):
        assert len(told(most_discussed())) == count
