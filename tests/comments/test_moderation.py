"""Every change of a comment's status goes through `comments.moderation`."""

import pytest
from django.contrib.auth.models import User

from comments import moderation
from comments.models import Comment, CommentStatus, Decision
from tests.conftest import staff, while_another_waits

PENDING, APPROVED, REJECTED, SPAM, TRASH, WITHDRAWN = CommentStatus

# From each status: what may follow, and so what a moderator is offered.
ALLOWED = {
    PENDING: {APPROVED, REJECTED, SPAM, TRASH, WITHDRAWN},
    APPROVED: {REJECTED, SPAM, TRASH, WITHDRAWN},
    REJECTED: {PENDING, APPROVED, SPAM, TRASH, WITHDRAWN},
    SPAM: {PENDING, APPROVED, REJECTED, TRASH, WITHDRAWN},
    TRASH: {PENDING, APPROVED, REJECTED, SPAM, WITHDRAWN},
    WITHDRAWN: set(),
}
VERBS = {
    PENDING: ["approve", "reject", "spam", "trash"],
    APPROVED: ["reject", "spam", "trash"],
    REJECTED: ["approve", "spam", "trash", "restore"],
    SPAM: ["approve", "reject", "trash", "restore"],
    TRASH: ["approve", "reject", "spam", "restore"],
    WITHDRAWN: [],
}


@pytest.fixture
def comment_that_is(pending):
    """Makes a comment with this status."""

    def make(status: CommentStatus) -> Comment:
        comment = pending()
        if status != PENDING:
            moderation.decide(comment.pk, status, rule="test")
        comment.refresh_from_db()
        return comment

    return make


def record(comment: Comment) -> list[tuple[str, str]]:
    """The changes of a comment's status, oldest first."""
    return [*comment.decisions.order_by("id").values_list("old", "new")]


@pytest.mark.parametrize("old", CommentStatus)
@pytest.mark.parametrize("new", CommentStatus)
def test_a_status_follows_another_only_where_the_table_says_so(
    comment_that_is, moderator: User, old, new
):
    comment = comment_that_is(old)
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
def test_a_moderator_is_offered_what_may_follow_and_nothing_else(comment_that_is, status):
    offered = moderation.possible_verdicts(comment_that_is(status))

    assert [verdict.verb for verdict in offered] == VERBS[status]
    assert {verdict.status for verdict in offered} == ALLOWED[status] - {WITHDRAWN}


def test_deciding_twice_does_nothing_the_second_time(pending, moderator: User):
    comment = pending()

    assert moderation.decide(comment.pk, APPROVED, by=moderator) is True
    assert moderation.decide(comment.pk, APPROVED, by=moderator) is False
    assert record(comment) == [("pending", "approved")]


@pytest.mark.parametrize("status", CommentStatus)
def test_only_an_approved_comment_is_public(comment_that_is, status):
    comment = comment_that_is(status)

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


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_decide_the_same_at_once_leave_one_decision(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")

    changed = while_another_waits(
        lambda: moderation.decide(comment.pk, SPAM, by=first),
        lambda: moderation.decide(comment.pk, SPAM, by=second),
    )

    assert changed == (True, False)
    assert [*Decision.objects.values_list("old", "new", "by")] == [("pending", "spam", first.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_moderator_who_comes_second_decides_on_what_the_first_has_left(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")

    changed = while_another_waits(
        lambda: moderation.decide(comment.pk, APPROVED, by=first),
        lambda: moderation.decide(comment.pk, SPAM, by=second),
    )

    assert changed == (True, True)
    assert record(comment) == [("pending", "approved"), ("approved", "spam")]


@pytest.mark.django_db(transaction=True)
def test_a_moderator_who_comes_after_the_withdrawal_is_refused(pending):
    comment, moderator = pending(), staff("moderator")

    with pytest.raises(moderation.Refused):
        while_another_waits(
            lambda: moderation.withdraw(comment),
            lambda: moderation.decide(comment.pk, APPROVED, by=moderator),
        )
    assert record(comment) == [("pending", "withdrawn")]
