"""Whoever comes near an address leaves a record; whoever wishes is forgotten, or told all."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from comments import addresses, commenters, editing, moderation, posting, reports
from comments.models import (
    AddressAccess,
    Comment,
    Commenter,
    CommentPolicy,
    CommentStatus,
    Mode,
    ReportReason,
    Standing,
)
from comments.policy import change
from comments.privacy import address_digest, generate_key_pair
from comments.retention import kept_until
from tests.conftest import ADDRESS, comment_data, while_another_waits

pytestmark = pytest.mark.django_db

REASON = "أمر قضائي رقم ١٧"


@pytest.fixture
def private_key(settings) -> str:
    """The private half of the pair that the settings hold the public half of."""
    private, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()
    return private


def record() -> list[tuple]:
    """Who came near which commenter's address and why, oldest first."""
    rows = AddressAccess.objects.order_by("pk")
    return [*rows.values_list("kind", "commenter", "by__username", "reason")]


# Looking up


@pytest.mark.parametrize("spelling", [ADDRESS, ADDRESS.upper(), f" {ADDRESS} "])
def test_the_exact_address_finds_its_commenter_and_leaves_a_record(pending, editor, spelling):
    comment = pending()
    pending(email="other@example.org")

    assert addresses.look_up(spelling, by=editor, reason=REASON) == comment.commenter
    assert record() == [("look_up", comment.commenter_id, "editor", REASON)]


@pytest.mark.parametrize("near", ["layla.privat@example.org", "layla.private@example.com", "layla"])
def test_no_other_address_finds_anybody_and_that_is_recorded_too(pending, editor, near):
    pending()

    assert addresses.look_up(near, by=editor, reason=REASON) is None
    assert record() == [("look_up", None, "editor", REASON)]


def test_what_is_no_address_is_not_looked_up(editor):
    with pytest.raises(ValueError):
        addresses.look_up("layla@-", by=editor, reason=REASON)
    assert record() == []


def test_a_look_up_takes_one_query_beside_its_record(pending, editor, django_assert_num_queries):
    pending()

    # The savepoint's two, the look-up, the record.
    with django_assert_num_queries(4):
        addresses.look_up(ADDRESS, by=editor, reason=REASON)


# Disclosing


def test_the_private_key_discloses_the_address_and_leaves_a_record(private_key, pending, editor):
    comment = pending()

    assert addresses.disclose(comment.commenter_id, private_key, by=editor, reason=REASON) == (
        ADDRESS
    )
    assert record() == [("disclosure", comment.commenter_id, "editor", REASON)]


@pytest.mark.parametrize(
    "wrong",
    [*generate_key_pair(), "", "short", "لا شيء", "A" * 500],
    ids=["another private key", "a public key", "empty", "short", "in Arabic", "too long"],
)
def test_a_wrong_key_discloses_nothing_and_leaves_a_record(private_key, pending, editor, wrong):
    comment = pending()

    with pytest.raises(addresses.WrongKey) as refused:
        addresses.disclose(comment.commenter_id, wrong, by=editor, reason=REASON)

    assert record() == [("failed_disclosure", comment.commenter_id, "editor", REASON)]
    assert not wrong or wrong not in str(refused.value)


def test_a_destroyed_address_cannot_be_disclosed(private_key, pending, editor):
    comment = pending()
    Commenter.objects.update(sealed_address=None)

    with pytest.raises(addresses.Destroyed):
        addresses.disclose(comment.commenter_id, private_key, by=editor, reason=REASON)
    assert record() == []


@pytest.mark.django_db(transaction=True)
def test_a_disclosure_is_on_record_before_anybody_learns_of_the_address(
    private_key, pending, editor
):
    """It refuses to run in a transaction that could still be taken back."""
    commenter = pending().commenter

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        addresses.disclose(commenter.pk, private_key, by=editor, reason=REASON)
    assert record() == []


# Forgetting


@pytest.fixture
def past(approved, pending, published, moderator) -> Callable[[], list[Comment]]:
    """Three comments under the address, approved, pending, rejected, and one of somebody else."""

    def make() -> list[Comment]:
        public = approved(website="https://layla.example/")
        waiting = pending(on=published("غيره"), name="ل.", body="أكتب من شارع الأمين.")
        rejected = pending(body="رأي ثالث")
        moderation.decide(rejected.pk, CommentStatus.REJECTED, by=moderator, reason="حاد")
        approved(email="other@example.org", name="سعاد")
        return [public, waiting, rejected]

    return make


def shown(*fields: str) -> list[tuple]:
    return [*Comment.objects.order_by("pk").values_list(*fields)]


def test_a_forgotten_commenter_loses_name_website_and_address(past):
    commenter = past()[0].commenter

    done = addresses.forget(commenter.pk, reason="بطلبها")

    assert (done.comments, done.renamed, done.erased, done.withdrawn) == (3, 3, 0, 0)
    assert shown("name", "website", "body", "status") == [
        ("قارئ", "", "شكراً على هذا التقرير.", "approved"),
        ("قارئ", "", "أكتب من شارع الأمين.", "pending"),
        ("قارئ", "", "رأي ثالث", "rejected"),
        ("سعاد", "", "شكراً على هذا التقرير.", "approved"),
    ]
    kept = Commenter.objects.get(pk=commenter.pk)
    assert kept.sealed_address is None
    assert bytes(kept.digest) != address_digest(ADDRESS)
    assert record() == [("forgetting", commenter.pk, None, "بطلبها")]


def test_with_the_texts_nothing_that_was_written_is_left_and_nothing_is_shown(past, moderator):
    comments = past()
    editing.edit(comments[0].pk, "شكراً.", by=moderator)

    done = addresses.forget(comments[0].commenter_id, texts=True)

    assert (done.comments, done.renamed, done.erased, done.withdrawn) == (3, 0, 3, 2)
    assert shown("name", "website", "body", "original_body", "status")[:3] == [
        ("قارئ", "", editing.ERASED, "", "withdrawn"),
        ("قارئ", "", editing.ERASED, "", "withdrawn"),
        ("قارئ", "", editing.ERASED, "", "rejected"),
    ]
    assert shown("name", "body", "status")[3] == ("سعاد", "شكراً على هذا التقرير.", "approved")


def test_nothing_leads_from_the_address_to_whoever_was_forgotten(past, article, editor):
    change(CommentPolicy.load(), {"mode": Mode.NEWCOMERS})
    commenter = past()[0].commenter
    commenters.set_standing(commenter.pk, Standing.BANNED)
    addresses.forget(commenter.pk)

    assert addresses.look_up(ADDRESS, by=editor, reason=REASON) is None
    again = posting.submit(article, comment_data(body="أعود بعد غياب.")).comment
    assert again.commenter_id != commenter.pk
    assert (again.status, again.held_by) == ("pending", "newcomer")
    assert Commenter.objects.get(pk=commenter.pk).status == "banned"


def test_forgetting_twice_changes_nothing_more(past):
    commenter = past()[0].commenter
    addresses.forget(commenter.pk)
    before = shown("name", "body", "status", "revision")

    done = addresses.forget(commenter.pk)

    assert (done.comments, done.renamed) == (3, 0)
    assert shown("name", "body", "status", "revision") == before


@pytest.mark.django_db(transaction=True)
def test_a_comment_that_is_sent_while_its_writer_is_forgotten_is_a_newcomers(pending, article):
    commenter = pending().commenter

    _done, accepted = while_another_waits(
        lambda: addresses.forget(commenter.pk),
        lambda: posting.submit(article, comment_data(name="ليلى", body="وهذا بعده.")),
    )

    assert accepted.comment.commenter_id != commenter.pk
    assert [*commenter.comments.values_list("name", flat=True)] == ["قارئ"]


# Exporting


def test_an_export_tells_all_that_is_kept(past, moderator, editor):
    public, waiting, rejected = past()
    reports.report(public, ReportReason.INSULT, note="جاري أبو فادي", network="203.0.113.7")
    editing.edit(public.pk, "شكراً.", by=moderator, reason="اختصار")
    commenters.set_standing(public.commenter_id, Standing.TRUSTED, by=moderator, reason="دقيقة")
    addresses.look_up(ADDRESS, by=editor, reason=REASON)

    exported = addresses.export(public.commenter, reason="بطلبها")

    assert exported["standing"] == "trusted" == Commenter.objects.get(pk=public.commenter_id).status
    assert exported["sealed_address_kept_until"] == kept_until(public.commenter)
    assert [(each["from"], each["to"], each["reason"]) for each in exported["decisions"]] == [
        ("ordinary", "trusted", "دقيقة")
    ]
    assert [(each["what"], each["reason"]) for each in exported["accesses_to_the_address"]] == [
        ("look_up", REASON),
        ("export", "بطلبها"),
    ]
    told = [
        (each["id"], each["name"], each["text"], each["status"]) for each in exported["comments"]
    ]
    assert told == [
        (public.pk, "ليلى", "شكراً.", "approved"),
        (waiting.pk, "ل.", "أكتب من شارع الأمين.", "pending"),
        (rejected.pk, "ليلى", "رأي ثالث", "rejected"),
    ]
    first = exported["comments"][0]
    assert first["text_as_sent"] == "شكراً على هذا التقرير."
    assert first["article"] == {"title": public.article.title, "slug": public.article.slug}
    assert first["website"] == "https://layla.example/"
    assert [each["reason"] for each in first["reports"]] == ["insult"]
    decided = [(each["what"], each["from"], each["to"], each["by"]) for each in first["decisions"]]
    assert decided == [
        ("status", "pending", "approved", "test"),
        ("edit", "approved", "approved", "moderator"),
    ]
    assert record()[-1] == ("export", public.commenter_id, None, "بطلبها")


def test_an_export_holds_no_digest_no_address_and_no_other_persons_name(past, moderator):
    User.objects.filter(pk=moderator.pk).update(username="hamza-the-moderator")
    public = past()[0]
    reports.report(public, ReportReason.INSULT, note="جاري أبو فادي", network="203.0.113.7")

    commenter = Commenter.objects.get(pk=public.commenter_id)
    text = json.dumps(addresses.export(commenter), cls=DjangoJSONEncoder, ensure_ascii=False)

    secrets = [bytes(commenter.digest), bytes(public.receipt_digest)]
    hidden = [ADDRESS, "hamza", "أبو فادي", "سعاد", *(each.hex() for each in secrets)]
    assert [each for each in hidden if each in text] == []
    assert "ليلى" in text


@pytest.mark.parametrize("count", [1, 3])
def test_an_export_takes_the_same_queries_for_one_comment_and_for_three(
    pending, django_assert_num_queries, count
):
    comments = [pending(body=f"تعليق رقم {number}") for number in range(count)]

    with django_assert_num_queries(11):
        exported = addresses.export(Commenter.objects.get(pk=comments[0].commenter_id))
    assert len(exported["comments"]) == count
    assert exported["first_seen"] <= timezone.now()
