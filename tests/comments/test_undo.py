"""An action is undone with all that it did, and nothing that was decided since is lost."""

from uuid import uuid4

import pytest

from comments import moderation, queue, reports
from comments.models import Comment, ReportReason
from comments.moderation import Outcome
from tests.comments.statuses import APPROVED, PENDING, REJECTED, SPAM, record
from tests.conftest import staff, while_another_waits


def test_an_action_is_undone_with_the_reports_that_it_settled(in_status, moderator):
    waiting, shown = in_status(PENDING), in_status(APPROVED)
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
