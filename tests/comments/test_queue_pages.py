"""The pages of the moderators' queue: how they follow each other, and what they read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import moderation, queue
from comments.models import Comment, CommentStatus
from comments.queue import PAGE_SIZE, Place, Selection
from tests.conftest import many_approved

pytestmark = pytest.mark.django_db


def pages(selection: Selection) -> list[list[int]]:
    """Every page from the first to the last, by the places that each names."""
    page = queue.read_page(selection)
    read = [[comment.pk for comment in page.comments]]
    while page.after:
        page = queue.read_page(selection, after=page.after)
        read.append([comment.pk for comment in page.comments])
    return read


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_repetition(article, oldest_first):
    made = [comment.pk for comment in many_approved(article, 2 * PAGE_SIZE + 3)]
    # Some came in the very same instant: their numbers part them.
    same = Comment.objects.get(pk=made[PAGE_SIZE]).submitted_at
    Comment.objects.filter(pk__in=made[PAGE_SIZE - 5 : PAGE_SIZE + 5]).update(submitted_at=same)
    order = ("submitted_at", "id") if oldest_first else ("-submitted_at", "-id")
    expected = [*Comment.objects.order_by(*order).values_list("pk", flat=True)]

    read = pages(Selection(tab="approved", oldest_first=oldest_first))

    assert [len(page) for page in read] == [PAGE_SIZE, PAGE_SIZE, 3]
    assert [pk for page in read for pk in page] == expected


def test_the_way_back_leads_over_the_same_pages(article):
    many_approved(article, 2 * PAGE_SIZE + 3)
    selection = Selection(tab="approved")
    first = queue.read_page(selection)
    second = queue.read_page(selection, after=first.after)
    third = queue.read_page(selection, after=second.after)

    back_to_second = queue.read_page(selection, before=third.before)
    back_to_first = queue.read_page(selection, before=back_to_second.before)

    assert (first.before, third.after) == (None, None)
    assert back_to_second.comments == second.comments
    assert (back_to_first.comments, back_to_first.before) == (first.comments, None)


def test_a_page_stays_where_it_is_while_comments_come_and_go(article, pending, moderator):
    made = many_approved(article, 2 * PAGE_SIZE)
    selection = Selection(tab="approved")
    first = queue.read_page(selection)
    expected = [comment.pk for comment in queue.read_page(selection, after=first.after).comments]

    moderation.decide(made[-1].pk, CommentStatus.SPAM, by=moderator)
    newer = pending()
    Comment.objects.filter(pk=newer.pk).update(
        submitted_at=made[-1].submitted_at + timedelta(seconds=1)
    )
    moderation.decide(newer.pk, CommentStatus.APPROVED, by=moderator)

    again = queue.read_page(selection, after=first.after)
    assert [comment.pk for comment in again.comments] == expected


@pytest.mark.parametrize("oldest_first", [False, True])
def test_a_small_selection_has_the_same_pages_as_a_large_one(article, oldest_first):
    many_approved(article, PAGE_SIZE + 5)
    selection = Selection(tab="approved", words="تعليق", oldest_first=oldest_first)
    first = queue.read_page(selection)

    def both_ways(**place: Place | None) -> list[queue.Page]:
        return [queue.read_page(selection, number=number, **place) for number in (None, 30)]

    for place in ({}, {"after": first.after}, {"before": first.after}):
        unbounded, small = both_ways(**place)
        assert small == unbounded
        assert small.comments


@pytest.mark.parametrize("count", [1, PAGE_SIZE])
def test_a_page_is_read_in_one_query(article, django_assert_num_queries, count):
    many_approved(article, count)

    with django_assert_num_queries(1):
        page = queue.read_page(Selection(tab="approved"))
        shown = [
            (
                *(comment.name, comment.body, comment.status, comment.commenter.status),
                *(comment.article.title, comment.article.get_absolute_url()),
                *((comment.parent.name, comment.parent.body) if comment.parent else ()),
            )
            for comment in page.comments
        ]

    assert len(shown) == count


def test_a_page_reads_no_column_that_could_tell_of_an_address(approved):
    approved()

    (comment,) = queue.read_page(Selection(tab="approved")).comments

    assert "receipt_digest" in comment.get_deferred_fields()
    assert {"digest", "sealed_address"} <= comment.commenter.get_deferred_fields()


@given(
    at=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),
    pk=st.integers(min_value=0, max_value=10**18 - 1),
)
@settings(deadline=None)
def test_a_place_is_read_as_it_was_written(at, pk):
    if (at - datetime(1970, 1, 1, tzinfo=UTC)) < timedelta(days=365 * 7000):
        assert Place.parse(str(Place(at, pk))) == Place(at, pk)


@given(st.text())
@settings(deadline=None)
def test_what_names_no_place_is_refused(text):
    try:
        place = Place.parse(text)
    except ValueError:
        return
    assert place.pk >= 0


@pytest.mark.parametrize(
    "text", ["", "-", "1", "1-", "-1", "١-٢", "9" * 18 + "-1", "1-" + "9" * 19, "1--1", "1-1-1"]
)
def test_a_damaged_place_is_refused(text):
    with pytest.raises(ValueError, match="no place"):
        Place.parse(text)
