"""What must never be in the tables of comments is refused by the database itself."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article
from comments import moderation
from comments.models import Comment, CommentStatus, Decision
from comments.privacy import address_digest, seal
from tests.comments.tables import insert, refused
from tests.conftest import ADDRESS

BLANKS = {
    "empty": "",
    "spaces": "   ",
    "tabs and lines": "\t\r\n",
    "no-break spaces": "\u00a0\u202f",
    "zero width": "\u200b\u200c\u200d\ufeff",
    "direction marks": "\u200e\u200f\u061c\u202e",
    "tatweel": "ـــ",
    "soft hyphen": "\u00ad",
    "marks without letters": "\u064b\u064c",
    "missing": None,
}


@pytest.fixture
def commenter_row(db: None) -> dict[str, Any]:
    return {
        "digest": address_digest(ADDRESS),
        "sealed_address": seal(ADDRESS),
        "first_seen": timezone.now(),
        "status": "ordinary",
    }


@pytest.fixture
def row(article: Article, commenter_row: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """A row that the table takes, with what a test changes in it."""
    commenter = insert("comments_commenter", commenter_row)

    def make(**changed: Any) -> dict[str, Any]:
        return {
            "article_id": article.pk,
            "parent_id": None,
            "commenter_id": commenter,
            "name": "ليلى",
            "website": "",
            "body": "شكراً على هذا التقرير.",
            "status": "pending",
            "submitted_at": timezone.now(),
            "receipt_digest": secrets.token_bytes(32),
            "held_by": "",
            "findings": "[]",
            "open_reports": 0,
            "revision": 0,
            "original_body": "",
            **changed,
        }

    return make


def test_a_complete_comment_is_taken(row):
    pk = insert("comments_comment", row())
    connection.check_constraints()

    assert Comment.objects.get().pk == pk


@pytest.mark.parametrize("column", ["name", "body"])
@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS.keys())
def test_a_comment_whose_name_or_text_cannot_be_seen_is_refused(row, column, blank):
    by = f'"{column}"' if blank is None else f"comment_{column}_not_blank"

    refused(row(**{column: blank}), by)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("column", ["article_id", "commenter_id", "submitted_at", "status"])
def test_a_comment_without_one_of_its_parts_is_refused(row, column):
    refused(row(**{column: None}), f'"{column}"')


@pytest.mark.parametrize("column", ["article_id", "commenter_id", "parent_id"])
def test_a_comment_that_points_at_nothing_is_refused(row, column):
    refused(row(**{column: 10**9}), "foreign key|a reply belongs to the article")


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"website": "javascript:alert(1)"}, "comment_website_on_the_web"),
        ({"website": "ftp://example.org/"}, "comment_website_on_the_web"),
        ({"body": "ن" * 5001}, "comment_body_length"),
        ({"name": "ن" * 81}, "too long"),
        ({"status": "published"}, "comment_status_known"),
        ({"status": ""}, "comment_status_known"),
        ({"receipt_digest": b"short"}, "comment_receipt_is_a_digest"),
        ({"receipt_digest": None}, '"receipt_digest"'),
        ({"open_reports": -1}, "open_reports"),
    ],
)
def test_a_comment_with_a_value_out_of_bounds_is_refused(row, changed, by):
    refused(row(**changed), by)


def test_the_longest_name_and_text_are_taken(row):
    insert("comments_comment", row(name="ن" * 80, body="ن" * 5000))

    assert Comment.objects.count() == 1


def test_two_comments_never_share_a_receipt(row):
    insert("comments_comment", row(receipt_digest=b"r" * 32))

    refused(row(receipt_digest=b"r" * 32), "receipt_digest")


# Threads


def test_a_reply_to_a_comment_on_the_same_article_is_taken(row):
    parent = insert("comments_comment", row())
    reply = insert("comments_comment", row(parent_id=parent))

    assert Comment.objects.get(pk=reply).parent_id == parent


def test_a_reply_to_a_comment_on_another_article_is_refused(row, published):
    elsewhere = insert("comments_comment", row(article_id=published("غيره").pk))

    refused(row(parent_id=elsewhere), "a reply belongs to the article")


def test_neither_a_reply_nor_what_it_answers_moves_to_another_article_alone(row, published):
    other = published("غيره")
    parent = insert("comments_comment", row())
    reply = insert("comments_comment", row(parent_id=parent))

    for moved in (parent, reply):
        with pytest.raises(Error, match=r"a reply belongs to|Cannot update"), transaction.atomic():
            Comment.objects.filter(pk=moved).update(article=other)
    assert {*Comment.objects.values_list("article", flat=True)} == {row()["article_id"]}


def test_no_comments_answer_each_other_in_a_circle(row):
    first = insert("comments_comment", row())
    second = insert("comments_comment", row(parent_id=first))

    for parent in (first, second):
        with pytest.raises(Error, match="Cannot update"), transaction.atomic():
            Comment.objects.filter(pk=first).update(parent=parent)
    assert [*Comment.objects.order_by("id").values_list("parent", flat=True)] == [None, first]


# Statuses and decisions


@pytest.mark.parametrize("status", sorted(set(CommentStatus.values) - {"pending"}))
def test_a_comment_that_arrives_decided_is_refused(row, status):
    refused(row(status=status), "has no decision")


@pytest.mark.django_db(transaction=True)
def test_a_status_without_a_decision_is_refused_at_commit_for_one_and_for_many(pending):
    first, second = pending(), pending()

    with pytest.raises(IntegrityError, match="has no decision"):
        Comment.objects.filter(pk=first.pk).update(status=CommentStatus.APPROVED)
    with pytest.raises(IntegrityError, match="has no decision"):
        Comment.objects.update(status=CommentStatus.APPROVED)
    first.status = CommentStatus.SPAM
    with pytest.raises(IntegrityError, match="has no decision"):
        Comment.objects.bulk_update([first, second], ["status"])
    with pytest.raises(IntegrityError, match="has no decision"):
        first.save()
    assert [*Comment.objects.values_list("status", flat=True)] == ["pending", "pending"]


def test_a_status_that_is_not_the_one_decided_last_is_refused(approved):
    comment = approved()

    with pytest.raises(IntegrityError, match="has no decision"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(status=CommentStatus.PENDING)
        connection.check_constraints()


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"by_id": None, "rule": ""}, "decision_by_a_person_or_a_rule"),
        ({"rule": "both"}, "decision_by_a_person_or_a_rule"),
        ({"old": "spam", "new": "spam"}, "decision_changes_something"),
        ({"old": "unknown"}, "decision_old_known"),
        ({"new": "unknown"}, "decision_new_known"),
        ({"comment_id": None}, '"comment_id"'),
        ({"action": "unknown"}, "decision_action_known|decision_changes_something"),
        ({"action": "edit"}, "decision_changes_something"),
    ],
)
def test_a_decision_by_nobody_or_of_nothing_is_refused(pending, moderator, changed, by):
    complete = {
        "comment_id": pending().pk,
        "action": "status",
        "old": "pending",
        "new": "spam",
        "by_id": moderator.pk,
        "rule": "",
        "reason": "",
        "at": timezone.now(),
    }

    refused({**complete, **changed}, by, "comments_decision")
    assert insert("comments_decision", complete) == Decision.objects.get().pk
    Comment.objects.update(status="spam")


def test_a_decision_can_be_neither_changed_nor_deleted(approved):
    decision = approved().decisions.get()

    for change in (
        lambda: Decision.objects.update(reason="غيره"),
        lambda: decision.delete(),
        lambda: Decision.objects.all()._raw_delete(using="default"),
    ):
        with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
            change()
    assert [*Decision.objects.values_list("pk", "reason")] == [(decision.pk, "")]


def test_neither_a_comment_with_decisions_nor_its_moderator_can_be_deleted(
    pending, moderator: User
):
    comment = pending()
    moderation.decide(comment.pk, CommentStatus.APPROVED, by=moderator)

    for deleted in (comment, comment.commenter, comment.article, moderator):
        with pytest.raises(IntegrityError), transaction.atomic():
            deleted.delete()
    assert Comment.objects.get() == comment
