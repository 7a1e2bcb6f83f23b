"""Every change of a comment's status goes through `comments.moderation`."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from comments import editing, moderation
from comments.models import Comment, CommentStatus, Decision
from comments.moderation import Overtaken
from tests.comments.statuses import APPROVED, PENDING, REJECTED, SPAM, TRASH, WITHDRAWN, record
from tests.conftest import staff

# From each status: what may follow, and so what a moderator is offered.
ALLOWED = {
    PENDING: {APPROVED, REJECTED, SPAM, TRASH, WITHDRAWN},
    APPROVED: {PENDING, REJECTED, SPAM, TRASH, WITHDRAWN},
    REJECTED: {PENDING, APPROVED, SPAM, TRASH, WITHDRAWN},
    SPAM: {PENDING, APPROVED, REJECTED, TRASH, WITHDRAWN},
    TRASH: {PENDING, APPROVED, REJECTED, SPAM, WITHDRAWN},
    WITHDRAWN: set(),
}
VERBS = {
    PENDING: ["approve", "reject", "spam", "trash"],
    APPROVED: ["reject", "spam", "trash", "restore"],
    REJECTED: ["approve", "spam", "trash", "restore"],
    SPAM: ["approve", "reject", "trash", "restore"],
    TRASH: ["approve", "reject", "spam", "restore"],
    WITHDRAWN: [],
}


@pytest.mark.parametrize("old", CommentStatus)
@pytest.mark.parametrize("new", CommentStatus)
def test_a_status_follows_another_only_where_the_table_says_so(
    in_status, moderator: User, old, new
):
    comment = in_status(old)
    before = record(comment)

    if new in ALLOWED[old]:
        assert moderation.decide(comment.pk, new, by=moderator, reason="لسبب") is True
        newest = comment.decisions.latest("id")
        assert (newest.old, newest.new, newest.by, newest.rule, newest.reason) == (
            *(old, new, moderator, "", "لسبب"),
        )
        expected = (new, [*before, (old, new)])
    elif new == old:
        assert moderation.decide(comment.pk, new, by=moderator) is False
        expected = (old, before)
    else:
        with pytest.raises(moderation.Refused):
            moderation.decide(comment.pk, new, by=moderator)
        expected = (old, before)

    comment.refresh_from_db()
    assert (comment.status, record(comment)) == expected


@pytest.mark.parametrize("status", CommentStatus)
def test_a_moderator_is_offered_what_may_follow_and_nothing_else(in_status, status):
    offered = moderation.possible_verdicts(in_status(status))

    assert [verdict.verb for verdict in offered] == VERBS[status]
    assert {verdict.status for verdict in offered} == ALLOWED[status] - {WITHDRAWN}


def test_deciding_twice_does_nothing_the_second_time(pending, moderator: User):
    comment = pending()

    assert moderation.decide(comment.pk, APPROVED, by=moderator) is True
    assert moderation.decide(comment.pk, APPROVED, by=moderator) is False
    assert record(comment) == [("pending", "approved")]


@pytest.mark.parametrize("status", CommentStatus)
def test_only_an_approved_comment_is_public(in_status, status):
    comment = in_status(status)

    assert [*Comment.objects.public()] == ([comment] if status == APPROVED else [])


def test_a_withdrawn_comment_stays_withdrawn(approved, moderator: User):
    comment = approved()

    assert moderation.withdraw(comment) is True
    assert moderation.withdraw(comment) is False
    for status in set(CommentStatus) - {WITHDRAWN}:
        with pytest.raises(moderation.Refused):
            moderation.decide(comment.pk, status, by=moderator)
    assert record(comment) == [("pending", "approved"), ("approved", "withdrawn")]
    assert comment.decisions.latest("id").rule == moderation.WITHDRAWN_BY_COMMENTER


def test_a_decision_by_nobody_changes_nothing(pending):
    comment = pending()

    with pytest.raises(Exception, match="decision_by_a_person_or_a_rule"):
        moderation.decide(comment.pk, APPROVED)
    comment.refresh_from_db()
    assert (comment.status, record(comment)) == ("pending", [])


def test_a_decision_on_a_comment_that_never_was_is_an_error(moderator: User):
    with pytest.raises(Comment.DoesNotExist):
        moderation.decide(1, APPROVED, by=moderator)


# What the moderator saw


def test_a_decision_on_a_comment_that_is_no_longer_as_it_was_seen_is_refused(pending, moderator):
    comment, other = pending(), staff("editor")
    moderation.decide(comment.pk, SPAM, by=other)

    with pytest.raises(Overtaken, match="editor") as late:
        moderation.decide(comment.pk, APPROVED, by=moderator, seen=PENDING)

    assert late.value.decision == comment.decisions.get()
    assert record(comment) == [("pending", "spam")]


def test_a_decision_on_another_text_than_the_one_that_was_seen_is_refused(pending, moderator):
    comment = pending()
    editing.edit(comment.pk, "نص آخر", by=staff("editor"))

    with pytest.raises(Overtaken, match="editor"):
        moderation.decide(comment.pk, APPROVED, by=moderator, seen=PENDING, revision=0)

    assert moderation.decide(comment.pk, APPROVED, by=moderator, seen=PENDING, revision=1) is True


def test_what_a_rule_or_the_writer_did_meanwhile_names_nobody(approved, moderator):
    comment = approved()
    moderation.withdraw(comment)

    with pytest.raises(Overtaken) as late:
        moderation.decide(comment.pk, SPAM, by=moderator, seen=APPROVED)

    assert str(WITHDRAWN.label) in str(late.value)


# What the database refuses


@pytest.mark.django_db(transaction=True)
def test_a_status_written_past_the_workflow_is_refused(pending):
    comment = pending()

    with pytest.raises(IntegrityError, match="has no decision"):
        Comment.objects.filter(pk=comment.pk).update(status=APPROVED)
    with pytest.raises(IntegrityError, match="has no decision"), transaction.atomic():
        moderation.decide(comment.pk, APPROVED, rule="test")
        Comment.objects.filter(pk=comment.pk).update(status=SPAM)
    comment.refresh_from_db()
    assert (comment.status, record(comment)) == (PENDING, [])


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_is_not_carried_out_is_refused(pending, moderator):
    comment = pending()

    with pytest.raises(IntegrityError, match="was not carried out"):
        Decision.objects.create(comment=comment, old=PENDING, new=SPAM, by=moderator)
    assert record(comment) == []
