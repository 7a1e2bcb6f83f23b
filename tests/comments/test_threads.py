"""The order of a discussion: threads as they came, replies under what they answer."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import moderation
from comments.models import CommentStatus
from comments.threads import THREADS_PER_PAGE, Shape, arrange, read_discussion
from tests.conftest import many_approved


def test_replies_stand_under_what_they_answer_in_the_order_in_which_they_came():
    pairs = [(1, None), (2, None), (3, 1), (4, 3), (5, 1), (6, 2), (7, 4), (8, 3)]

    assert arrange(pairs) == [
        [
            Shape(1, 0, None),
            Shape(3, 1, 1),
            Shape(4, 2, 3),
            Shape(7, 3, 4),
            Shape(8, 2, 3),
            Shape(5, 1, 1),
        ],
        [Shape(2, 0, None), Shape(6, 1, 2)],
    ]


def test_a_reply_to_what_is_not_public_stands_as_a_thread_of_its_own():
    assert arrange([(1, None), (3, 2), (4, 3)]) == [
        [Shape(1, 0, None)],
        [Shape(3, 0, None), Shape(4, 1, 3)],
    ]


def test_nothing_is_arranged_into_nothing():
    assert arrange([]) == []


def test_a_chain_of_ten_thousand_replies_is_arranged_in_linear_time():
    chain = [(1, None), *((pk, pk - 1) for pk in range(2, 10_001))]

    started = time.process_time()
    (thread,) = arrange(chain)

    assert [shape.depth for shape in thread] == [*range(10_000)]
    assert time.process_time() - started < 2  # seconds; a walk to the root for each takes far more


@st.composite
def discussions(draw) -> list[tuple[int, int | None]]:
    """Public comments with the one each answers; what is answered may be hidden."""
    size = draw(st.integers(0, 40))
    parents = [
        draw(st.none() | st.integers(1, pk - 1)) if pk > 1 else None for pk in range(1, size + 1)
    ]
    hidden = draw(st.sets(st.integers(1, max(size, 1))))
    return [(pk, parent) for pk, parent in enumerate(parents, 1) if pk not in hidden]


@given(discussions())
@settings(max_examples=50, deadline=None)
def test_every_public_comment_is_shown_once_and_after_what_it_answers(pairs):
    parents = dict(pairs)
    threads = arrange(pairs)
    shown = [shape for thread in threads for shape in thread]
    depths = {shape.pk: shape.depth for shape in shown}

    assert sorted(shape.pk for shape in shown) == sorted(parents)
    for number, shape in enumerate(shown):
        answers = parents[shape.pk] if parents[shape.pk] in parents else None
        assert shape.answers == answers
        assert shape.depth == (0 if answers is None else depths[answers] + 1)
        assert answers is None or answers in [each.pk for each in shown[:number]]
    assert [thread[0].pk for thread in threads] == sorted(thread[0].pk for thread in threads)
    for parent in {shape.answers for shape in shown} - {None}:
        replies = [shape.pk for shape in shown if shape.answers == parent]
        assert replies == sorted(replies)


def test_a_page_of_the_discussion_tells_each_comment_its_depth_and_whom_it_answers(article):
    first, second, third = many_approved(article, 3)

    found = read_discussion(article)

    assert [
        (comment.pk, comment.depth, comment.replies_to, comment.body) for comment in found.comments
    ] == [
        (first.pk, 0, "", first.body),
        (second.pk, 1, first.name, second.body),
        (third.pk, 2, second.name, third.body),
    ]
    assert found.count == 3


def test_only_public_comments_of_this_article_are_read(article, published, pending):
    shown = many_approved(article, 1)
    many_approved(published("غيره"), 2)
    for status in CommentStatus:
        hidden = pending()
        if status not in {CommentStatus.PENDING, CommentStatus.APPROVED}:
            moderation.decide(hidden.pk, status, rule="test")

    found = read_discussion(article)

    assert (found.count, found.comments) == (1, shown)


def test_a_reply_to_a_comment_that_was_taken_away_stays_without_naming_it(article):
    parent, reply, last = many_approved(article, 3)
    moderation.decide(parent.pk, CommentStatus.TRASH, rule="test")

    found = read_discussion(article)

    assert [(each.pk, each.depth, each.replies_to) for each in found.comments] == [
        (reply.pk, 0, ""),
        (last.pk, 1, reply.name),
    ]


def test_threads_are_paged_whole(article):
    made = many_approved(article, 2 * THREADS_PER_PAGE + 2, thread=2)

    first, second = read_discussion(article, 1), read_discussion(article, 2)

    assert first.count == second.count == len(made)
    assert first.comments == made[: 2 * THREADS_PER_PAGE]
    assert second.comments == made[2 * THREADS_PER_PAGE :]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2", 2),
        ("1", 1),
        ("3", 2),
        ("0", 2),
        ("-1", 2),
        ("x", 1),
        ("", 1),
        (None, 1),
        ("9" * 99, 2),
    ],
)
def test_a_page_that_is_not_there_is_the_nearest_one(article, asked, shown):
    many_approved(article, THREADS_PER_PAGE + 1, thread=1)

    assert read_discussion(article, asked).page.number == shown


@pytest.mark.parametrize("count", [3, 300])
def test_a_discussion_takes_two_queries(article, django_assert_num_queries, count):
    many_approved(article, count)

    with django_assert_num_queries(2):
        found = read_discussion(article)

    assert (found.count, len(found.comments)) == (count, min(count, 3 * THREADS_PER_PAGE))
