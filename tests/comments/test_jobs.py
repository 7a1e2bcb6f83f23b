"""What the worker does for the comments: each job does its work, and the schedule knows it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django import app

from comments import jobs, queue
from comments.models import Comment, Commenter, RecentPost, Tally
from comments.privacy import DIGEST_SIZE

pytestmark = pytest.mark.django_db


def test_tallies_are_added_up_and_the_counts_stay(pending):
    for _each in range(3):
        pending()
    counts = queue.counts()
    assert (counts["pending"], Tally.objects.count()) == (3, 3)

    jobs.compact_tallies(timestamp=0)
    assert (queue.counts(), Tally.objects.count()) == (counts, 1)


def test_what_flood_limits_need_no_longer_is_dropped():
    digest = bytes(DIGEST_SIZE)
    for hours in (0, 3):
        at = timezone.now() - timedelta(hours=hours)
        RecentPost.objects.create(network=digest, sender=digest, text=digest, at=at)

    jobs.forget_networks(timestamp=0)
    assert RecentPost.objects.count() == 1


def test_the_moderators_are_written_to_once(moderator, pending):
    moderator.email = "moderator@paper.example"
    moderator.save()
    pending()

    for _twice in range(2):
        jobs.send_digest(timestamp=0)
    assert [message.to for message in mail.outbox] == [["moderator@paper.example"]]


def test_addresses_are_destroyed_when_their_time_is_over(pending):
    old, new = pending(email="old@example.org"), pending(email="new@example.org")
    long_ago = timezone.now() - timedelta(days=settings.COMMENT_ADDRESS_DAYS + 1)
    Comment.objects.filter(pk=old.pk).update(submitted_at=long_ago)
    Commenter.objects.filter(pk=old.commenter_id).update(first_seen=long_ago)

    jobs.destroy_old_addresses(timestamp=0)
    kept = Commenter.objects.filter(sealed_address__isnull=False)
    assert [*kept.values_list("pk", flat=True)] == [new.commenter_id]


def test_the_schedule_knows_every_job():
    schedule = {
        task.task.name: task.cron
        for task in app.periodic_registry.periodic_tasks.values()
        if task.task.name.startswith("comments.")
    }
    assert schedule == {
        "comments.jobs.compact_tallies": "*/5 * * * *",
        "comments.jobs.forget_networks": "*/15 * * * *",
        "comments.jobs.forget_texts": "50 * * * *",
        "comments.jobs.send_digest": "3-59/15 * * * *",
        "comments.jobs.destroy_old_addresses": "20 3 * * *",
    }


def test_no_job_waits_twice():
    names = [f"comments.{name}" for name in ("compact_tallies", "forget_networks", "send_digest")]
    names.append("comments.destroy_old_addresses")
    assert [
        app.tasks[f"comments.jobs.{name.removeprefix('comments.')}"].queueing_lock for name in names
    ] == names
