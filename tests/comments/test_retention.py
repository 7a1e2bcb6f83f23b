"""An address is destroyed so many days after the last thing that happened with its comments."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from comments import commenters, moderation, posting, retention
from comments.models import Comment, Commenter, CommentStatus, Decision, Standing
from comments.privacy import address_digest, generate_key_pair, seal, unseal
from comments.retention import destroy_old_addresses, kept_until
from tests.conftest import ADDRESS, comment_data, while_another_waits
from tests.newsroom.commands import PRODUCTION, manage

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def happened(comment: Comment) -> datetime:
    """When the comment was decided on."""
    return Decision.objects.filter(comment=comment).latest("id").at


@pytest.fixture
def sent(article, everything_held) -> Callable[..., Comment]:
    """Posts a comment so many days ago."""

    def make(days_ago: float, email: str = ADDRESS) -> Comment:
        at = timezone.now() - days_ago * DAY
        comment = posting.submit(article, comment_data(email=email), at=at).comment
        Commenter.objects.filter(pk=comment.commenter_id, first_seen__gt=at).update(first_seen=at)
        return comment

    return make


def addresses() -> list[bool]:
    """Of each commenter, oldest first, whether an address is kept."""
    kept = Commenter.objects.order_by("pk").values_list("sealed_address", flat=True)
    return [sealed is not None for sealed in kept]


def test_an_address_goes_ninety_days_after_the_decision_and_not_a_second_before(sent):
    comment = sent(20)
    moderation.decide(comment.pk, CommentStatus.APPROVED, rule="test")

    assert destroy_old_addresses(happened(comment) + 90 * DAY - SECOND) == 0
    assert addresses() == [True]
    assert destroy_old_addresses(happened(comment) + 90 * DAY) == 1
    assert addresses() == [False]


def test_a_comment_that_nobody_decides_on_counts_from_when_it_was_sent(sent):
    comment = sent(91)

    assert destroy_old_addresses(comment.submitted_at + 90 * DAY - SECOND) == 0
    assert destroy_old_addresses() == 1
    assert addresses() == [False]


def test_the_newest_of_all_comments_and_decisions_counts(sent):
    for days in (400, 200, 89):
        sent(days)
    for days in (400, 95):
        sent(days, "other@example.org")
    late = sent(300, "late@example.org")
    moderation.decide(late.pk, CommentStatus.SPAM, rule="test")

    assert destroy_old_addresses() == 1
    assert addresses() == [True, False, True]


def test_each_decision_keeps_the_address_for_longer(sent, moderator):
    comment = sent(400)
    for status in (CommentStatus.APPROVED, CommentStatus.TRASH):
        moderation.decide(comment.pk, status, by=moderator)

    assert destroy_old_addresses() == 0
    assert kept_until(comment.commenter) == happened(comment) + 90 * DAY


def test_the_number_of_days_is_the_settings(sent, settings):
    sent(10)
    settings.COMMENT_ADDRESS_DAYS = 11
    assert destroy_old_addresses() == 0
    settings.COMMENT_ADDRESS_DAYS = 10
    assert destroy_old_addresses() == 1


@pytest.mark.parametrize("days", ["0", "-1", "ninety", "36501"])
def test_no_other_number_of_days_is_taken(days):
    ended = manage("check", **PRODUCTION, COMMENT_ADDRESS_DAYS=days)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"COMMENT_ADDRESS_DAYS is {days!r}: give a number from 1 to")


def test_destroying_twice_destroys_nothing_more(sent):
    sent(100)

    assert (destroy_old_addresses(), destroy_old_addresses()) == (1, 0)


def test_nothing_but_the_address_goes(sent):
    comment = sent(100)
    commenters.set_standing(comment.commenter_id, Standing.BANNED)
    before = Commenter.objects.values("pk", "digest", "first_seen", "status").get()

    destroy_old_addresses()

    assert Commenter.objects.values("pk", "digest", "first_seen", "status").get() == before
    assert bytes(before["digest"]) == address_digest(ADDRESS)
    assert Comment.objects.get().name == comment.name


def test_whoever_comments_again_is_recognised_and_sealed_anew(sent, settings):
    private_key, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()
    first = sent(100)
    destroy_old_addresses()
    again = sent(0)

    commenter = Commenter.objects.get()
    assert first.commenter_id == again.commenter_id == commenter.pk
    assert unseal(bytes(commenter.sealed_address), private_key) == ADDRESS
    assert destroy_old_addresses() == 0


def test_a_commenter_without_any_comment_counts_from_when_it_was_made(db):
    made = Commenter.objects.create(digest=b"d" * 32, sealed_address=seal(ADDRESS))

    assert destroy_old_addresses(made.first_seen + 90 * DAY - SECOND) == 0
    assert destroy_old_addresses(made.first_seen + 90 * DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_whose_next_comment_is_just_being_kept_stays(sent, article):
    sent(91)
    newcomer = comment_data(body="تعليق وصل في اللحظة نفسها")

    again, destroyed = while_another_waits(
        lambda: posting.submit(article, newcomer), destroy_old_addresses
    )

    assert (destroyed, addresses()) == (0, [True])
    assert kept_until(again.comment.commenter) == again.comment.submitted_at + 90 * DAY


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_just_being_destroyed_is_sealed_anew_by_the_next_comment(sent, article):
    sent(91)
    newcomer = comment_data(body="تعليق وصل في اللحظة نفسها")

    destroyed, _again = while_another_waits(
        destroy_old_addresses, lambda: posting.submit(article, newcomer)
    )

    assert (destroyed, addresses()) == (1, [True])


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_batches_of_any_size_destroy_the_same(sent, monkeypatch, at_once):
    monkeypatch.setattr(retention, "_AT_ONCE", at_once)
    for number, days in enumerate((100, 1, 120, 2, 3, 95)):
        sent(days, f"reader-{number}@example.org")

    assert destroy_old_addresses() == 3
    assert addresses() == [False, True, False, True, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_takes_the_same_statements_for_one_commenter_and_for_three(
    sent, django_assert_num_queries, count
):
    for number in range(count):
        sent(100, f"reader-{number}@example.org")

    with django_assert_num_queries(7):
        assert destroy_old_addresses() == count


def test_it_is_said_until_when_an_address_is_kept(sent):
    comment = sent(30)

    assert kept_until(Commenter.objects.get()) == comment.submitted_at + 90 * DAY
    destroy_old_addresses(timezone.now() + 365 * DAY)
    assert kept_until(Commenter.objects.get()) is None
