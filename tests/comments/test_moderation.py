"""Every change of a comment's status goes through `comments.moderation`."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from comments import editing, moderation, queue, reports
from comments.models import Comment, CommentStatus, Decision, Report, ReportReason
from comments.moderation import Outcome, Overtaken
from tests.conftest import many_approved, staff, while_another_waits

PENDING, APPROVED, REJECTED, SPAM, TRASH, WITHDRAWN = CommentStatus

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


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_the_second_is_told_who_decided(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")

    with pytest.raises(Overtaken, match="moderator"):
        while_another_waits(
            lambda: moderation.decide(comment.pk, APPROVED, by=first, seen=PENDING),
            lambda: moderation.decide(comment.pk, SPAM, by=second, seen=PENDING),
        )
    assert record(comment) == [("pending", "approved")]


# Many at once


def test_a_selection_is_decided_as_one_by_one(comment_that_is, moderator):
    comments = [comment_that_is(status) for status in CommentStatus]
    reports.report(comments[1], ReportReason.HATE, network=None)
    batch = uuid4()

    outcome = moderation.decide_all(
        Comment.objects.all(), SPAM, by=moderator, reason="إعلان", batch=batch
    )

    assert outcome == Outcome(changed=4, left=2)
    for comment in comments:
        was = comment.status
        comment.refresh_from_db()
        assert comment.status == (was if was in {SPAM, WITHDRAWN} else SPAM)
    mine = Decision.objects.filter(by=moderator)
    assert {*mine.values_list("new", "reason", "batch")} == {("spam", "إعلان", batch)}
    assert {decision.old for decision in mine} == {PENDING, APPROVED, REJECTED, TRASH}
    assert Report.objects.get().settled is True
    assert queue.counts()["reported"] == 0


def test_a_selection_of_nothing_changes_nothing(moderator):
    assert moderation.decide_all(Comment.objects.all(), SPAM, by=moderator) == Outcome(0, 0)


def test_a_bound_takes_those_that_came_first(article, moderator):
    made = many_approved(article, 5)

    outcome = moderation.decide_all(Comment.objects.public(), TRASH, by=moderator, most=2)

    assert outcome == Outcome(2, 0)
    assert [*Comment.objects.filter(status=TRASH).order_by("id")] == made[:2]


@pytest.mark.parametrize("count", [1, 3])
def test_a_thousand_take_as_many_queries_as_one(
    article, moderator, django_assert_num_queries, count
):
    many_approved(article, count)

    # The keys; then for each thousand, between savepoints: lock, reports, status, decisions.
    with django_assert_num_queries(1 + 2 + 4):
        moderation.decide_all(Comment.objects.public(), SPAM, by=moderator)


@pytest.mark.django_db(transaction=True)
def test_what_leaves_a_selection_while_it_is_waited_for_is_left(pending):
    comment, beside, first, second = pending(), pending(), staff("moderator"), staff("editor")

    done = while_another_waits(
        lambda: moderation.decide(comment.pk, SPAM, by=first),
        lambda: moderation.decide_all(
            queue.Selection(tab="pending").comments(), APPROVED, by=second
        ),
    )

    assert done == (True, Outcome(changed=1, left=1))
    assert record(comment) == [("pending", "spam")]
    assert record(beside) == [("pending", "approved")]


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_on_the_same_selection_at_once_decide_each_comment_once(pending):
    comments, first, second = [pending(), pending()], staff("moderator"), staff("editor")

    done = while_another_waits(
        lambda: moderation.decide_all(Comment.objects.filter(status=PENDING), SPAM, by=first),
        lambda: moderation.decide_all(Comment.objects.filter(status=PENDING), TRASH, by=second),
    )

    assert done == (Outcome(2, 0), Outcome(0, 2))
    assert [record(comment) for comment in comments] == [[("pending", "spam")]] * 2


# Undoing


def test_an_action_is_undone_with_the_reports_that_it_settled(comment_that_is, moderator):
    waiting, shown = comment_that_is(PENDING), comment_that_is(APPROVED)
    reports.report(shown, ReportReason.HATE, network=None)
    reports.report(shown, ReportReason.INSULT, network=None)
    batch = uuid4()
    moderation.decide_all(Comment.objects.all(), SPAM, by=moderator, batch=batch)

    assert moderation.undo(batch, by=moderator) == Outcome(2, 0)

    for comment, old in ((waiting, PENDING), (shown, APPROVED)):
        comment.refresh_from_db()
        assert (comment.status, record(comment)[-2:]) == (old, [(old, "spam"), ("spam", old)])
    assert shown.open_reports == 2
    assert queue.counts()["reported"] == 1


def test_reports_that_an_earlier_action_settled_stay_settled(approved, moderator):
    comment = approved()
    reports.report(comment, ReportReason.HATE, network=None)
    moderation.dismiss_reports(comment.pk, by=moderator, batch=uuid4())
    batch = uuid4()
    moderation.decide(comment.pk, SPAM, by=moderator, batch=batch)

    moderation.undo(batch, by=moderator)

    comment.refresh_from_db()
    assert (comment.status, comment.open_reports) == (APPROVED, 0)


def test_a_dismissal_is_undone(approved, moderator):
    comment, batch = approved(), uuid4()
    reports.report(comment, ReportReason.HATE, network=None)
    assert moderation.dismiss_reports(comment.pk, by=moderator, batch=batch) is True
    assert moderation.dismiss_reports(comment.pk, by=moderator) is False

    assert moderation.undo(batch, by=moderator) == Outcome(1, 0)
    assert moderation.undo(batch, by=moderator) == Outcome(0, 1)

    comment.refresh_from_db()
    assert (comment.status, comment.open_reports) == (APPROVED, 1)
    assert [decision.action for decision in comment.decisions.all()[:2]] == [
        *("reopen_reports", "dismiss_reports")
    ]


def test_undoing_leaves_what_was_decided_since_and_what_is_somebody_elses(pending, moderator):
    first, second, other = pending(), pending(), staff("editor")
    batch = uuid4()
    moderation.decide_all(Comment.objects.all(), SPAM, by=moderator, batch=batch)
    moderation.decide(first.pk, APPROVED, by=other)

    assert moderation.undo(batch, by=other) == Outcome(0, 0)
    assert moderation.undo(batch, by=moderator) == Outcome(changed=1, left=1)
    assert moderation.undo(batch, by=moderator) == Outcome(changed=0, left=2)
    assert moderation.undo(uuid4(), by=moderator) == Outcome(0, 0)
    assert record(first)[-1] == ("spam", "approved")
    assert record(second)[-1] == ("spam", "pending")


@pytest.mark.django_db(transaction=True)
def test_undoing_does_not_overwrite_what_another_decides_at_that_moment(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")
    batch = uuid4()
    moderation.decide(comment.pk, REJECTED, by=second, batch=batch)

    done = while_another_waits(
        lambda: moderation.decide(comment.pk, APPROVED, by=first),
        lambda: moderation.undo(batch, by=second),
    )

    assert done == (True, Outcome(changed=0, left=1))
    assert record(comment) == [("pending", "rejected"), ("rejected", "approved")]


@pytest.mark.django_db(transaction=True)
def test_a_report_that_comes_while_a_comment_is_decided_on_is_not_lost(approved):
    comment, moderator = approved(), staff("moderator")

    done = while_another_waits(
        lambda: moderation.dismiss_reports(comment.pk, by=moderator) or True,
        lambda: reports.report(comment, ReportReason.HATE, network=None),
    )

    comment.refresh_from_db()
    assert (done, comment.open_reports) == ((True, True), 1)


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
