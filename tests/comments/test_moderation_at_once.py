"""Many comments are decided on at once, and two moderators at once leave one clear record."""

from uuid import uuid4

import pytest

from comments import moderation, queue, reports
from comments.models import Comment, CommentStatus, Decision, Report, ReportReason
from comments.moderation import Outcome, Overtaken
from tests.comments.statuses import APPROVED, PENDING, REJECTED, SPAM, TRASH, WITHDRAWN, record
from tests.conftest import many_approved, staff, while_another_waits

# Many at once


def test_a_selection_is_decided_as_one_by_one(in_status, moderator):
    comments = [in_status(status) for status in CommentStatus]
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


def test_a_bound_counts_what_can_be_decided_on_and_gets_to_the_end(article, moderator):
    made = many_approved(article, 5)

    outcomes = [
        moderation.decide_all(Comment.objects.all(), TRASH, by=moderator, most=2) for _run in "1234"
    ]

    assert outcomes == [Outcome(2, 0, 3), Outcome(2, 2, 1), Outcome(1, 4), Outcome(0, 5)]
    assert {each.status for each in Comment.objects.filter(pk__in=[one.pk for one in made])} == {
        TRASH
    }


def test_a_bound_takes_those_that_came_first(article, moderator):
    made = many_approved(article, 5)

    outcome = moderation.decide_all(Comment.objects.public(), TRASH, by=moderator, most=2)

    assert outcome == Outcome(2, 0, later=3)
    assert [*Comment.objects.filter(status=TRASH).order_by("id")] == made[:2]


@pytest.mark.parametrize("count", [1, 3])
def test_a_thousand_take_as_many_queries_as_one(
    article, moderator, django_assert_num_queries, count
):
    many_approved(article, count)

    # The keys, how many; then for each thousand, between savepoints: the lock, which of them
    # still, reports, status, decisions.
    with django_assert_num_queries(2 + 2 + 5):
        moderation.decide_all(Comment.objects.public(), SPAM, by=moderator)


# Two at once


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


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_the_second_is_told_who_decided(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")

    with pytest.raises(Overtaken, match="moderator"):
        while_another_waits(
            lambda: moderation.decide(comment.pk, APPROVED, by=first, seen=PENDING),
            lambda: moderation.decide(comment.pk, SPAM, by=second, seen=PENDING),
        )
    assert record(comment) == [("pending", "approved")]


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
def test_what_is_decided_on_while_a_whole_selection_waits_for_it_is_left(pending):
    comment, beside, first, second = pending(), pending(), staff("moderator"), staff("editor")
    shown = queue.Moment.now().still(queue.Selection(tab="all").comments(), second)

    done = while_another_waits(
        lambda: moderation.decide(comment.pk, SPAM, by=first),
        lambda: moderation.decide_all(shown, APPROVED, by=second),
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


@pytest.mark.django_db(transaction=True)
def test_a_report_that_comes_while_a_comment_is_decided_on_is_not_lost(approved):
    comment, moderator = approved(), staff("moderator")

    done = while_another_waits(
        lambda: moderation.dismiss_reports(comment.pk, by=moderator) or True,
        lambda: reports.report(comment, ReportReason.HATE, network=None),
    )

    comment.refresh_from_db()
    assert (done, comment.open_reports) == ((True, True), 1)
