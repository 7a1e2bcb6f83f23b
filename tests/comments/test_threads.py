"""The order of a discussion: threads as they came, replies under what they answer."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article
from comments import editing, moderation, policy
from comments.models import ArticlePolicy, CommentPolicy, CommentStatus
from comments.pseudonyms import public_pseudonym
from comments.threads import THREADS_PER_PAGE, arrange, page_of, read_discussion
from tests.conftest import many_approved

PAIRS = [(1, None), (2, None), (3, 1), (4, 3), (5, 1), (6, 2), (7, 4), (8, 3)]


def places(pairs, deepest: int) -> list[list[tuple[int, int, int | None, bool]]]:
    """For each thread: the comment, its depth, what it answers, whether its place says so."""
    return [
        [(shape.pk, shape.depth, shape.answers, shape.is_plain) for shape in thread]
        for thread in arrange(pairs, deepest)
    ]


def test_replies_stand_under_what_they_answer_in_the_order_in_which_they_came():
    assert places(PAIRS, 4) == [
        [
            (1, 0, None, True),
            (3, 1, 1, True),
            (4, 2, 3, True),
            (7, 3, 4, True),
            (8, 2, 3, False),
            (5, 1, 1, False),
        ],
        [(2, 0, None, True), (6, 1, 2, True)],
    ]


def test_below_the_depth_of_the_policy_replies_stand_beside_each_other_in_the_same_order():
    assert places(PAIRS, 1) == [
        [
            (1, 0, None, True),
            (3, 1, 1, True),
            (4, 1, 3, False),
            (7, 1, 4, False),
            (8, 1, 3, False),
            (5, 1, 1, False),
        ],
        [(2, 0, None, True), (6, 1, 2, True)],
    ]


def test_without_depth_no_reply_is_set_in_and_each_says_what_it_answers():
    assert places(PAIRS, 0) == [
        [
            (1, 0, None, True),
            (3, 0, 1, False),
            (4, 0, 3, False),
            (7, 0, 4, False),
            (8, 0, 3, False),
            (5, 0, 1, False),
        ],
        [(2, 0, None, True), (6, 0, 2, False)],
    ]


def test_a_reply_to_what_is_not_public_stands_as_a_thread_of_its_own():
    assert places([(1, None), (3, 2), (4, 3)], 4) == [
        [(1, 0, None, True)],
        [(3, 0, None, True), (4, 1, 3, True)],
    ]


def test_nothing_is_arranged_into_nothing():
    assert arrange([], 4) == []


def test_a_chain_of_ten_thousand_replies_is_arranged_in_linear_time():
    chain = [(1, None), *((pk, pk - 1) for pk in range(2, 10_001))]

    started = time.process_time()
    (thread,) = arrange(chain, 4)

    assert [shape.pk for shape in thread] == [*range(1, 10_001)]
    assert [shape.depth for shape in thread] == [0, 1, 2, 3, *[4] * 9_996]
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


@given(discussions(), st.integers(0, 4))
@settings(max_examples=50, deadline=None)
def test_every_public_comment_is_shown_once_and_after_what_it_answers(pairs, deepest):
    parents = dict(pairs)
    threads = arrange(pairs, deepest)
    shown = [shape for thread in threads for shape in thread]
    depths = {shape.pk: shape.depth for shape in shown}

    assert sorted(shape.pk for shape in shown) == sorted(parents)
    for number, shape in enumerate(shown):
        answers = parents[shape.pk] if parents[shape.pk] in parents else None
        above = shown[number - 1] if number else None
        assert shape.answers == answers
        assert shape.depth == (0 if answers is None else min(depths[answers] + 1, deepest))
        assert answers is None or answers in [each.pk for each in shown[:number]]
        assert shape.is_plain == (
            answers is None
            or (above is not None and (above.pk, above.depth) == (answers, shape.depth - 1))
        )
    assert [thread[0].pk for thread in threads] == sorted(thread[0].pk for thread in threads)
    for parent in {shape.answers for shape in shown} - {None}:
        replies = [shape.pk for shape in shown if shape.answers == parent]
        assert replies == sorted(replies)


def test_a_page_of_the_discussion_tells_each_comment_its_depth_and_whom_it_answers(article):
    first, second, third = many_approved(article, 3)

    found = read_discussion(article)

    assert [
        (comment.pk, comment.depth, comment.answered, comment.body) for comment in found.comments
    ] == [
        (first.pk, 0, None, first.body),
        (second.pk, 1, first, second.body),
        (third.pk, 2, second, third.body),
    ]
    assert found.count == 3


@pytest.mark.parametrize("depth", range(5))
def test_threads_are_as_deep_as_the_policy_says(article, depth):
    many_approved(article, 7, thread=7)
    policy.change(CommentPolicy.load(), {"thread_depth": depth})

    found = read_discussion(article)

    assert [each.depth for each in found.comments] == [min(step, depth) for step in range(7)]
    assert [each.is_plain_answer for each in found.comments] == [step <= depth for step in range(7)]


# Names


def test_where_pseudonyms_are_on_no_name_and_no_website_is_shown(article, approved):
    first = approved(name="ليلى", website="https://example.org")
    approved(name="سلمى", email="salma@example.org", parent=first.pk)
    approved(name="ليلى", body="ثانية")
    policy.change(ArticlePolicy(article=article), {"pseudonyms": True})

    shown = read_discussion(Article.objects.get()).comments

    invented = [public_pseudonym(each.pk) for each in shown]
    assert [each.shown_name for each in shown] == invented
    assert [each.shown_website for each in shown] == ["", "", ""]
    assert len({*invented}) == 3
    assert shown[1].answered.shown_name == invented[0]


def test_a_name_that_was_taken_back_is_tied_to_no_pseudonym(article, approved):
    editing.take_name_back(approved(name="ليلى"))
    approved(name="ليلى", body="ثانية")
    policy.change(CommentPolicy.load(), {"pseudonyms": True})

    nameless, other = read_discussion(article).comments

    assert nameless.shown_name == editing.READER
    assert other.shown_name == public_pseudonym(other.pk)


def test_otherwise_the_name_and_the_website_are_shown_as_they_were_sent(article, approved):
    approved(name="ليلى", website="https://example.org")

    (shown,) = read_discussion(article).comments

    assert (shown.shown_name, shown.shown_website) == ("ليلى", "https://example.org")


# What is read


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

    assert [(each.pk, each.depth, each.answered) for each in found.comments] == [
        (reply.pk, 0, None),
        (last.pk, 1, reply),
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
def test_a_discussion_takes_four_queries_two_of_them_for_its_policy(
    article, django_assert_num_queries, count
):
    many_approved(article, count)
    article = Article.objects.get()

    with django_assert_num_queries(4):
        found = read_discussion(article)

    assert (found.count, len(found.comments)) == (count, min(count, 3 * THREADS_PER_PAGE))


def test_a_comment_is_told_its_page_whatever_its_depth(article):
    made = many_approved(article, 2 * THREADS_PER_PAGE + 6, thread=2)

    assert [page_of(made[index]) for index in (0, 99, 100, 101, 105)] == [1, 1, 2, 2, 2]
