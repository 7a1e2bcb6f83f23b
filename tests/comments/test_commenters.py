"""Every change of a commenter's standing goes through `comments.commenters`."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from comments import commenters, moderation, posting
from comments.commenters import Banned
from comments.models import Comment, Commenter, CommenterDecision, CommentStatus, Standing
from comments.moderation import Outcome, Overtaken
from tests.conftest import comment_data, staff, while_another_waits

pytestmark = pytest.mark.django_db

ORDINARY, TRUSTED, BANNED = Standing


@pytest.fixture
def commenter(pending) -> Commenter:
    return pending().commenter


def record(commenter: Commenter) -> list[tuple[str, str]]:
    return [*commenter.decisions.order_by("id").values_list("old", "new")]


@pytest.mark.parametrize("new", [TRUSTED, BANNED])
def test_a_standing_is_given_with_its_decision(commenter, moderator: User, new):
    assert commenters.set_standing(commenter.pk, new, by=moderator, reason="لسبب") is True
    assert commenters.set_standing(commenter.pk, new, by=moderator) is False

    commenter.refresh_from_db()
    decision = commenter.decisions.get()
    assert commenter.status == new
    assert (decision.old, decision.new, decision.by, decision.reason) == (
        *(ORDINARY, new, moderator, "لسبب"),
    )


def test_a_standing_for_nobody_is_an_error(moderator):
    with pytest.raises(Commenter.DoesNotExist):
        commenters.set_standing(1, BANNED, by=moderator)


def test_a_standing_that_is_no_longer_as_it_was_seen_is_not_overwritten(commenter, moderator):
    commenters.set_standing(commenter.pk, TRUSTED, by=staff("editor"))

    with pytest.raises(Overtaken, match="editor"):
        commenters.set_standing(commenter.pk, BANNED, by=moderator, seen=ORDINARY)

    assert record(commenter) == [(ORDINARY, TRUSTED)]


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_the_second_is_told_who_decided(pending):
    commenter, first, second = pending().commenter, staff("moderator"), staff("editor")

    with pytest.raises(Overtaken, match="moderator"):
        while_another_waits(
            lambda: commenters.set_standing(commenter.pk, TRUSTED, by=first, seen=ORDINARY),
            lambda: commenters.set_standing(commenter.pk, BANNED, by=second, seen=ORDINARY),
        )
    assert record(commenter) == [(ORDINARY, TRUSTED)]


def test_all_that_waits_from_a_commenter_is_rejected_and_nothing_else(pending, approved, moderator):
    waiting, shown = [pending(), pending()], approved()
    other = pending(email="another@example.net")

    banned = commenters.ban_and_reject(waiting[0].commenter_id, by=moderator, reason="سيل")

    assert banned == Banned(changed=True, rejected=2)
    assert [Comment.objects.get(pk=each.pk).status for each in (*waiting, shown, other)] == [
        *("rejected", "rejected", "approved", "pending")
    ]
    assert waiting[0].decisions.get().reason == "سيل"


def test_a_ban_that_comes_too_late_rejects_nothing(pending, moderator):
    comment = pending()
    commenters.set_standing(comment.commenter_id, TRUSTED, by=moderator)

    with pytest.raises(Overtaken):
        commenters.ban_and_reject(comment.commenter_id, by=staff("editor"), seen="ordinary")

    comment.refresh_from_db()
    assert comment.status == CommentStatus.PENDING
    assert record(comment.commenter) == [(ORDINARY, TRUSTED)]


def test_a_ban_and_its_rejections_are_undone_by_one_batch(pending, moderator):
    comment, batch = pending(), uuid4()
    commenters.ban_and_reject(comment.commenter_id, by=moderator, batch=batch)

    assert commenters.undo_standing(batch, by=moderator) is True
    assert moderation.undo(batch, by=moderator) == Outcome(1, 0)

    comment.refresh_from_db()
    assert (comment.status, comment.commenter.status) == (CommentStatus.PENDING, ORDINARY)
    assert record(comment.commenter) == [(ORDINARY, BANNED), (BANNED, ORDINARY)]


def test_undoing_twice_or_what_is_somebody_elses_changes_nothing(commenter, moderator):
    batch = uuid4()
    commenters.set_standing(commenter.pk, BANNED, by=moderator, batch=batch)

    assert commenters.undo_standing(batch, by=staff("editor")) is False
    assert commenters.undo_standing(uuid4(), by=moderator) is False
    assert commenters.undo_standing(batch, by=moderator) is True
    assert commenters.undo_standing(batch, by=moderator) is False
    assert record(commenter) == [(ORDINARY, BANNED), (BANNED, ORDINARY)]


def test_a_standing_that_somebody_has_given_since_is_not_undone(commenter, moderator):
    batch = uuid4()
    commenters.set_standing(commenter.pk, BANNED, by=moderator, batch=batch)
    commenters.set_standing(commenter.pk, TRUSTED, by=staff("editor"))

    assert commenters.undo_standing(batch, by=moderator) is False
    assert record(commenter)[-1] == (BANNED, TRUSTED)


@pytest.mark.django_db(transaction=True)
def test_undoing_waits_for_whoever_decides_at_that_moment(pending):
    commenter, first, second = pending().commenter, staff("moderator"), staff("editor")
    batch = uuid4()
    commenters.set_standing(commenter.pk, BANNED, by=second, batch=batch)

    done = while_another_waits(
        lambda: commenters.set_standing(commenter.pk, TRUSTED, by=first),
        lambda: commenters.undo_standing(batch, by=second),
    )

    assert done == (True, False)
    assert record(commenter) == [(ORDINARY, BANNED), (BANNED, TRUSTED)]


@pytest.mark.django_db(transaction=True)
def test_a_standing_written_past_the_workflow_is_refused(pending):
    commenter = pending().commenter

    with pytest.raises(IntegrityError, match="has no decision"):
        Commenter.objects.filter(pk=commenter.pk).update(status=BANNED)
    with pytest.raises(Exception, match="was not carried out"):
        CommenterDecision.objects.create(
            commenter=commenter, old=ORDINARY, new=BANNED, by=staff("moderator")
        )
    commenter.refresh_from_db()
    assert (commenter.status, record(commenter)) == (ORDINARY, [])


@pytest.mark.django_db(transaction=True)
def test_a_ban_waits_for_a_comment_that_is_being_sent_and_finds_it(article, everything_held):
    first = posting.submit(article, comment_data()).comment
    sarah = staff("moderator")

    def send_another() -> Comment:
        return posting.submit(article, comment_data(body="تعليق ثانٍ.")).comment

    _second, banned = while_another_waits(
        send_another, lambda: commenters.ban_and_reject(first.commenter_id, by=sarah)
    )

    assert banned == Banned(changed=True, rejected=2)
