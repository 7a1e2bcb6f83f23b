"""The policy in force for an article, and the record of every change of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import Error, transaction

from articles.models import Article
from comments import policy, posting
from comments.models import ArticlePolicy, CommentPolicy, Mode, PolicyChange
from comments.policy import Policy, policy_of
from comments.rules.discussion import DiscussionState
from tests.conftest import comment_data, while_another_waits

pytestmark = pytest.mark.django_db

OPEN, CLOSED, FROZEN = DiscussionState.OPEN, DiscussionState.CLOSED, DiscussionState.FROZEN


def of_the_site(**values: Any) -> None:
    policy.change(CommentPolicy.load(), values)


def of_the_article(article: Article, **values: Any) -> None:
    policy.change(ArticlePolicy(article=article), values)


def in_force(article: Article) -> Policy:
    return policy_of(Article.objects.get(pk=article.pk))


def record() -> list[tuple]:
    """What was changed, oldest first."""
    rows = PolicyChange.objects.order_by("id")
    return [*rows.values_list("article", "field", "old", "new", "by", "reason")]


# In force


def test_without_any_row_the_policy_is_the_one_that_it_comes_with(article):
    held = in_force(article)

    assert (held.mode, held.closes_after_days, held.frozen, held.pseudonyms) == (
        *("newcomers", None, False, False),
    )
    assert held.site == CommentPolicy(pk=1)
    assert held.is_open
    assert CommentPolicy.objects.count() == ArticlePolicy.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "site", "own", "expected"),
    [
        ("mode", "everything", "", "everything"),
        ("mode", "everything", "rules", "rules"),
        ("mode", "closed", "rules", "rules"),
        ("mode", "rules", "closed", "closed"),
        ("closes_after_days", 7, None, 7),
        ("closes_after_days", 7, 30, 30),
        ("closes_after_days", 7, 0, 0),
        ("closes_after_days", None, 30, 30),
        ("frozen", True, False, True),
        ("frozen", False, True, True),
        ("frozen", False, False, False),
        ("pseudonyms", True, False, True),
        ("pseudonyms", False, True, True),
        ("pseudonyms", False, False, False),
    ],
)
def test_an_article_has_its_own_policy_where_it_has_one_and_a_freeze_from_either(
    article, name, site, own, expected
):
    of_the_site(**{name: site})
    of_the_article(article, **{name: own})

    assert getattr(in_force(article), name) == expected


def test_the_policy_of_an_article_is_in_force_for_it_alone(article, published):
    other = published("غيره")
    of_the_article(article, mode=Mode.CLOSED, frozen=True)

    assert (in_force(article).state(), in_force(other).state()) == (FROZEN, OPEN)


@pytest.mark.parametrize(
    ("site", "own", "switched_on", "expected"),
    [
        ({}, {}, True, OPEN),
        ({}, {}, False, CLOSED),
        ({"mode": "closed"}, {}, True, CLOSED),
        ({"mode": "closed"}, {"mode": "newcomers"}, True, OPEN),
        ({"mode": "closed"}, {"mode": "newcomers"}, False, CLOSED),
        ({}, {"mode": "closed"}, True, CLOSED),
        ({"frozen": True}, {}, True, FROZEN),
        ({"frozen": True}, {"mode": "closed"}, False, FROZEN),
        ({}, {"frozen": True}, True, FROZEN),
        ({"pseudonyms": True}, {}, True, OPEN),
    ],
)
def test_a_discussion_takes_comments_as_the_policies_say(article, site, own, switched_on, expected):
    of_the_site(**site)
    of_the_article(article, **own)
    Article.objects.filter(pk=article.pk).update(comments_open=switched_on)

    assert in_force(article).state() == expected
    assert in_force(article).is_open == (expected == OPEN)


@pytest.mark.parametrize("closing", [of_the_site, of_the_article])
def test_a_discussion_closes_so_many_days_after_publication_at_the_very_second(article, closing):
    closing(*([article] if closing is of_the_article else []), closes_after_days=14)
    end = article.published_at + timedelta(days=14)
    last_moment = end - timedelta(microseconds=1)

    assert in_force(article).state(last_moment) == OPEN
    assert in_force(article).state(end) == CLOSED

    kept = posting.submit(article, comment_data(), at=last_moment).comment
    with pytest.raises(posting.DiscussionClosed) as refused:
        posting.submit(article, comment_data(), at=end)
    assert refused.value.state == CLOSED
    assert [*article.comments.all()] == [kept]


def test_whoever_comes_to_a_frozen_discussion_is_told_that_it_is_for_the_time_being(article):
    of_the_article(article, frozen=True)

    with pytest.raises(posting.DiscussionClosed) as refused:
        posting.submit(Article.objects.get(pk=article.pk), comment_data())

    assert refused.value.state == FROZEN
    assert str(refused.value) == str(posting.FROZEN) != str(posting.CLOSED)
    assert article.comments.count() == 0


def test_the_policy_is_read_in_two_queries_and_in_none_where_it_was_read(
    article, django_assert_num_queries
):
    of_the_site(mode=Mode.RULES)
    of_the_article(article, frozen=True)
    unread = Article.objects.get(pk=article.pk)
    site = CommentPolicy.load()
    read = Article.objects.select_related("comment_policy").get(pk=article.pk)

    with django_assert_num_queries(2):
        assert policy_of(unread).frozen
    with django_assert_num_queries(0):
        assert policy_of(read, site).frozen


# The record


def test_each_value_that_differs_is_recorded_once(moderator: User):
    changed = policy.change(
        CommentPolicy.load(),
        {"mode": Mode.EVERYTHING, "longest": 1000, "shortest": 2, "closes_after_days": 30},
        by=moderator,
        reason="هجوم منظم",
    )

    assert record() == [
        (None, "mode", "newcomers", "everything", moderator.pk, "هجوم منظم"),
        (None, "longest", "5000", "1000", moderator.pk, "هجوم منظم"),
        (None, "closes_after_days", "", "30", moderator.pk, "هجوم منظم"),
    ]
    assert changed == [*PolicyChange.objects.order_by("id")]
    stored = CommentPolicy.objects.get()
    assert (stored.mode, stored.longest, stored.shortest, stored.closes_after_days) == (
        *("everything", 1000, 2, 30),
    )


def test_an_article_is_named_in_the_record_of_its_own_policy(article):
    policy.change(ArticlePolicy(article=article), {"frozen": True, "mode": ""})

    assert record() == [(article.pk, "frozen", "False", "True", None, "")]
    assert [*ArticlePolicy.objects.values_list("article", "frozen", "mode")] == [
        (article.pk, True, "")
    ]


def test_where_nothing_differs_nothing_is_recorded(article, moderator: User):
    values = {"mode": Mode.RULES, "closes_after_days": 7, "frozen": True}
    policy.change(CommentPolicy.load(), values)
    policy.change(ArticlePolicy(article=article), values)
    before = record()

    assert policy.change(CommentPolicy.load(), values, by=moderator) == []
    assert policy.change(ArticlePolicy(article=article), values, by=moderator) == []
    assert policy.change(CommentPolicy.load(), {}) == []
    assert (len(before), record()) == (6, before)


def test_a_change_is_measured_by_what_is_stored_not_by_what_was_on_the_screen():
    on_the_screen = CommentPolicy.load()
    of_the_site(longest=1000)

    policy.change(on_the_screen, {"longest": 1000, "most_links": 3})

    assert [row[1:4] for row in record()] == [
        ("longest", "5000", "1000"),
        ("most_links", "1", "3"),
    ]
    assert (on_the_screen.longest, on_the_screen.most_links) == (1000, 3)


def test_what_is_not_given_stays_as_it_is(article):
    of_the_site(mode=Mode.RULES, longest=1000)
    of_the_article(article, mode=Mode.CLOSED, closes_after_days=3)

    of_the_site(most_links=0)
    of_the_article(article, frozen=True)

    held = in_force(article)
    assert (held.site.mode, held.site.longest, held.site.most_links) == ("rules", 1000, 0)
    assert (held.mode, held.closes_after_days, held.frozen) == ("closed", 3, True)


def test_many_values_are_written_in_a_steady_number_of_queries(django_assert_num_queries):
    of_the_site(most_links=2)
    loaded = CommentPolicy.load()

    with django_assert_num_queries(7):
        policy.change(loaded, {"most_links": 3})
    with django_assert_num_queries(7):
        policy.change(loaded, {"most_links": 4, "longest": 900, "per_hour": 9, "frozen": True})
    with django_assert_num_queries(6):
        policy.change(loaded, {"most_links": 4, "longest": 900, "per_hour": 9, "frozen": True})


@pytest.mark.parametrize("values", [{"mode": "anything"}, {"shortest": 60, "longest": 50}])
def test_what_the_database_refuses_is_not_recorded_either(values):
    of_the_site(most_links=2)
    before = record()

    with pytest.raises(Error), transaction.atomic():
        policy.change(CommentPolicy.load(), {"most_links": 3, **values})

    assert record() == before
    assert CommentPolicy.load().most_links == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_value_at_once_are_recorded_one_after_the_other():
    of_the_site(most_links=2)

    while_another_waits(lambda: of_the_site(most_links=3), lambda: of_the_site(most_links=4))

    assert [row[1:4] for row in record()] == [
        ("most_links", "1", "2"),
        ("most_links", "2", "3"),
        ("most_links", "3", "4"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_first_change_at_once_leave_one_policy(article):
    while_another_waits(
        lambda: of_the_article(article, frozen=True),
        lambda: of_the_article(article, pseudonyms=True),
    )

    assert [*ArticlePolicy.objects.values_list("frozen", "pseudonyms")] == [(True, True)]
    assert [row[1] for row in record()] == ["frozen", "pseudonyms"]
