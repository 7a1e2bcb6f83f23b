"""Mail to moderators: counts of what waits, to each alone, at an interval, and nothing besides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone, translation

from comments import digest, moderation, policy, reports
from comments.models import Comment, CommentPolicy, CommentStatus, PolicyChange, ReportReason
from tests.conftest import ADDRESS, many_approved

pytestmark = pytest.mark.django_db

NOW = timezone.now()
REFUSED = "refused@paper.example"


class RefusingBackend(EmailBackend):
    """A mail server that does not take mail for one address, and says which in its answer."""

    def send_messages(self, messages: Any) -> int:
        messages = list(messages)
        if any(REFUSED in message.to for message in messages):
            raise ConnectionRefusedError(f"no such user: {REFUSED}")
        return super().send_messages(messages)


class DyingBackend(EmailBackend):
    """The end of the process, as the second mail is about to go out."""

    def send_messages(self, messages: Any) -> int:
        if mail.outbox:
            raise SystemExit
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"


@pytest.fixture
def addressed(moderator: User) -> User:
    moderator.email = "moderator@paper.example"
    moderator.save()
    return moderator


def another(name: str, email: str, **fields: Any) -> User:
    user = User.objects.create_user(name, email, is_staff=True, **fields)
    user.groups.add(Group.objects.get(name="moderator"))
    return user


def after(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def sent_to() -> list[list[str]]:
    return [message.to for message in mail.outbox]


# What, and to whom


def test_each_moderator_with_an_address_gets_a_mail_of_their_own(addressed, editor, pending):
    pending()
    another("second", "second@paper.example")
    another("no-address", "")
    another("gone", "gone@paper.example", is_active=False)
    editor.email = "editor@paper.example"
    editor.save()
    User.objects.create_superuser("chief", "chief@paper.example")

    assert digest.send(NOW) == 3
    assert sorted(sent_to()) == [
        *(["chief@paper.example"], ["moderator@paper.example"], ["second@paper.example"]),
    ]
    for message in mail.outbox:
        assert (message.cc, message.bcc, message.reply_to) == ([], [], [])
        assert message.message()["Reply-To"] is None
        assert message.message()["Auto-Submitted"] == "auto-generated"


def test_the_mail_has_the_counts_and_the_link_in_the_papers_language(addressed, pending, settings):
    held = [pending() for _each in range(3)]
    Comment.objects.filter(pk=held[0].pk).update(held_by="words")
    Comment.objects.filter(pk=held[1].pk).update(held_by="newcomer")
    shown = pending()
    moderation.decide(shown.pk, CommentStatus.APPROVED, rule="test")
    reports.report(shown, ReportReason.HATE, network=None)

    with translation.override("en"):
        digest.send(NOW)

    (message,) = mail.outbox
    lines = message.body.splitlines()
    numbers = [line.rpartition(": ")[2] for line in lines if line.startswith("- ")]
    assert numbers == ["3", "1", "1", "1"]
    with translation.override("ar"):
        labels = [line[2:].rpartition(": ")[0] for line in lines if line.startswith("- ")]
        assert labels == [
            str(digest.TABS[name].label) for name in ("pending", "suspect", "newcomers", "reported")
        ]
    assert lines[-1] == f"{settings.SITE_URL}/admin/comments/comment/"
    assert message.subject.startswith(f"{settings.SITE_NAME}: ")
    assert message.message().get_content_type() == "text/plain"


def test_the_mail_holds_nothing_of_comments_and_commenters(addressed, pending):
    comment = pending(name="ليلى الساحلية", body="نص التعليق كما كتب", website="https://a.example")

    digest.send(NOW)

    (message,) = mail.outbox
    whole = message.message().as_string() + message.subject + message.body
    hidden = [comment.name, comment.body, comment.website, ADDRESS, comment.article.title]
    assert [each for each in hidden if each in whole] == []


def test_what_is_new_since_the_last_mail_is_counted(addressed, pending):
    old, new = pending(), pending()
    Comment.objects.filter(pk=old.pk).update(submitted_at=after(-30))
    Comment.objects.filter(pk=new.pk).update(submitted_at=after(-20))
    policy.change(CommentPolicy.load(), {"digest_every_hours": 1})

    for sent_at, counted in ((None, 0), (after(-25), 1), (after(-40), 2)):
        CommentPolicy.objects.update(digest_sent_at=sent_at)
        digest.send(NOW)
        with translation.override(site.LANGUAGE_CODE):
            said = translation.gettext("Since the last mail: %(count)d new.") % {"count": counted}
        assert mail.outbox.pop().body.splitlines()[7] == said


# When


def test_nothing_is_sent_where_nothing_waits(addressed, article):
    many_approved(article, 3)
    assert (digest.send(NOW), mail.outbox) == (0, [])


def test_a_reported_comment_alone_is_reason_enough(addressed, approved):
    reports.report(approved(), ReportReason.DANGER, network=None)
    assert digest.send(NOW) == 1


def test_the_interval_of_the_policy_is_kept(addressed, pending):
    pending()
    policy.change(CommentPolicy.load(), {"digest_every_hours": 6})

    sent = [digest.send(after(hours)) for hours in (0, 0, 1, 5.8, 6, 6.25, 12.1)]
    assert sent == [1, 0, 0, 0, 1, 0, 1]


def test_a_mail_asked_for_a_moment_early_is_sent_and_does_not_slip(addressed, pending):
    pending()
    assert [digest.send(after(hours)) for hours in (0, 23.95, 47.9)] == [1, 1, 1]


def test_an_interval_of_nought_is_no_mail(addressed, pending):
    pending()
    policy.change(CommentPolicy.load(), {"digest_every_hours": 0})
    assert digest.send(NOW) == 0


def test_after_a_quiet_time_the_first_comment_is_told_at_once(addressed, pending):
    assert digest.send(NOW) == 0
    pending()
    assert digest.send(after(0.25)) == 1


def test_sending_leaves_no_row_in_the_record(addressed, pending):
    pending()
    before = PolicyChange.objects.count()
    digest.send(NOW)
    assert PolicyChange.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends(transactional_db, addressed, pending):
    pending()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        first = digest.send(NOW)
        second = pool.submit(_in_a_thread, NOW).result(timeout=30)

    assert (first, second, digest.send(NOW)) == (1, 0, 0)
    assert sent_to() == [["moderator@paper.example"]]


def _in_a_thread(at: datetime) -> int:
    try:
        return digest.send(at)
    finally:
        connection.close()


# Where the mail server fails


def test_whoever_cannot_be_reached_is_tried_again_and_nobody_else(addressed, pending, refusing):
    pending()
    unlucky = another("unlucky", REFUSED)

    assert digest.send(NOW) == 1
    assert digest.send(after(0.25)) == 0
    unlucky.email = "mended@paper.example"
    unlucky.save()
    assert digest.send(after(0.5)) == 1
    assert digest.send(after(0.75)) == 0
    assert sent_to() == [["moderator@paper.example"], ["mended@paper.example"]]
    assert digest.send(after(24)) == 2


def test_a_failure_is_logged_without_address_and_contents(addressed, pending, refusing, caplog):
    comment = pending(body="نص التعليق كما كتب")
    unlucky = another("unlucky", REFUSED)

    digest.send(NOW)

    (record,) = caplog.records
    assert record.getMessage() == (
        f"The mail to the moderator with the number {unlucky.pk} was not sent:"
        " ConnectionRefusedError"
    )
    assert record.exc_info is None
    assert comment.body not in caplog.text


def test_an_address_with_a_line_break_keeps_nobody_else_from_their_mail(addressed, pending):
    pending()
    another("forged", "a@paper.example\nBcc: b@paper.example")

    assert digest.send(NOW) == 1
    assert sent_to() == [["moderator@paper.example"]]


def test_a_server_that_is_not_there_fails_nothing(addressed, pending, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    pending()

    assert digest.send(NOW) == 0
    assert CommentPolicy.load().digest_missed_by == [addressed.pk]
    assert [record.name for record in caplog.records] == ["comments.digest"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_takes_the_same_queries_for_one_comment_and_for_three(
    addressed, pending, django_assert_num_queries, count
):
    for _each in range(count):
        pending()
    with django_assert_num_queries(17):
        assert digest.send(NOW) == 1


def test_a_call_that_is_cut_short_leaves_the_others_to_the_next_one(addressed, pending, settings):
    second = another("second", "second@paper.example")
    pending()

    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DyingBackend"
    with pytest.raises(SystemExit):
        digest.send(NOW)
    settings.EMAIL_BACKEND = before
    assert CommentPolicy.load().digest_missed_by == [second.pk]

    assert digest.send(after(0.25)) == 1
    assert sent_to() == [[addressed.email], [second.email]]
    assert digest.send(after(0.5)) == 0
