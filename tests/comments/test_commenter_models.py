"""What must never be in the tables of commenters, networks and accesses is refused."""

import secrets
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from comments.models import Commenter, NetworkSalt, RecentPost, Standing
from comments.networks import digest_of
from comments.privacy import address_digest, seal
from comments.pseudonyms import pseudonym
from tests.comments.tables import insert, refused, unchangeable
from tests.conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def commenter_row(db: None) -> dict[str, Any]:
    return {
        "digest": address_digest(ADDRESS),
        "sealed_address": seal(ADDRESS),
        "first_seen": timezone.now(),
        "status": "ordinary",
    }


@pytest.fixture
def commenter(commenter_row) -> Commenter:
    return Commenter.objects.get(pk=insert("comments_commenter", commenter_row))


# Commenters


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"sealed_address": ADDRESS.encode()}, "commenter_address_is_sealed"),
        ({"sealed_address": b""}, "commenter_address_is_sealed"),
        ({"sealed_address": b"s" * 303}, "commenter_address_is_sealed"),
        ({"sealed_address": b"s" * 305}, "commenter_address_is_sealed"),
        ({"digest": ADDRESS.encode()}, "commenter_digest_is_keyed_digest"),
        ({"digest": b""}, "commenter_digest_is_keyed_digest"),
        ({"digest": None}, '"digest"'),
        ({"status": "unknown"}, "commenter_status_known"),
        ({"status": ""}, "commenter_status_known"),
        ({"status": "trusted"}, "has no decision"),
        ({"status": "banned"}, "has no decision"),
    ],
)
def test_a_commenter_with_an_open_address_or_an_undecided_standing_is_refused(
    commenter_row, changed, by
):
    refused({**commenter_row, **changed}, by, "comments_commenter")
    assert Commenter.objects.count() == 0


def test_a_commenter_may_be_without_an_address(commenter_row):
    insert("comments_commenter", {**commenter_row, "sealed_address": None})

    assert Commenter.objects.get().sealed_address is None


def test_a_mailbox_has_one_commenter(commenter_row, commenter):
    refused({**commenter_row, "sealed_address": seal(ADDRESS)}, "digest", "comments_commenter")


def test_the_name_of_a_commenter_is_a_pseudonym(commenter):
    assert str(commenter) == pseudonym(commenter.pk)


def test_a_standing_without_a_decision_is_refused_at_commit(commenter):
    with pytest.raises(IntegrityError, match="has no decision"), transaction.atomic():
        Commenter.objects.update(status=Standing.BANNED)
        connection.check_constraints()

    assert Commenter.objects.get().status == "ordinary"


# Decisions on commenters


@pytest.fixture
def decision_row(commenter, moderator) -> dict[str, Any]:
    return {
        "commenter_id": commenter.pk,
        "old": "ordinary",
        "new": "banned",
        "by_id": moderator.pk,
        "reason": "",
        "at": timezone.now(),
    }


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"old": "unknown"}, "commenterdecision_old_known"),
        ({"new": "unknown"}, "commenterdecision_new_known"),
        ({"new": "ordinary"}, "commenterdecision_changes_something"),
        ({"commenter_id": None}, '"commenter_id"'),
        ({}, "was not carried out|has no decision"),
    ],
)
def test_a_decision_on_a_commenter_that_nothing_follows_is_refused(decision_row, changed, by):
    refused({**decision_row, **changed}, by, "comments_commenterdecision")


def test_decisions_on_commenters_can_be_neither_changed_nor_deleted(commenter, decision_row):
    insert("comments_commenterdecision", decision_row)
    Commenter.objects.update(status=Standing.BANNED)
    connection.check_constraints()

    unchangeable("comments_commenterdecision")


# Accesses to addresses


@pytest.fixture
def access_row(commenter, editor) -> dict[str, Any]:
    return {
        "kind": "disclosure",
        "commenter_id": commenter.pk,
        "by_id": editor.pk,
        "reason": "طلب قضائي رقم ١٢",
        "at": timezone.now(),
    }


@pytest.mark.parametrize("kind", ["disclosure", "failed_disclosure"])
@pytest.mark.parametrize("missing", [{"by_id": None}, {"commenter_id": None}, {"reason": ""}])
def test_a_disclosure_by_nobody_of_nobody_or_without_a_reason_is_refused(access_row, kind, missing):
    refused(
        {**access_row, "kind": kind, **missing},
        "addressaccess_disclosure_has_person_and_reason",
        "comments_addressaccess",
    )


@pytest.mark.parametrize("kind", ["look_up", "export", "forgetting"])
def test_a_look_up_may_find_nobody_and_a_command_may_do_the_rest(access_row, kind):
    row = {**access_row, "kind": kind, "by_id": None, "commenter_id": None, "reason": ""}

    assert insert("comments_addressaccess", row) > 0


def test_an_access_of_an_unknown_kind_is_refused(access_row):
    refused({**access_row, "kind": "glance"}, "addressaccess_kind_known", "comments_addressaccess")


def test_accesses_to_addresses_can_be_neither_changed_nor_deleted(access_row):
    insert("comments_addressaccess", access_row)

    unchangeable("comments_addressaccess")


def test_neither_whoever_came_near_an_address_nor_its_commenter_can_be_deleted(
    access_row, commenter, editor
):
    insert("comments_addressaccess", access_row)

    for deleted in (commenter, editor):
        with pytest.raises(IntegrityError), transaction.atomic():
            deleted.delete()


# Networks


@pytest.mark.parametrize("column", ["network", "sender", "text"])
@pytest.mark.parametrize("value", [b"203.0.113.7", b"", b"d" * 31, b"d" * 33, None])
def test_a_recent_post_holds_keyed_digests_alone(column, value):
    row = {name: secrets.token_bytes(32) for name in ("network", "sender", "text")}
    by = f'"{column}"' if value is None else "recentpost_holds_keyed_digests"

    refused({**row, "at": timezone.now(), column: value}, by, "comments_recentpost")
    assert RecentPost.objects.count() == 0


def test_there_is_one_salt(db):
    digest_of("203.0.113.7")

    with pytest.raises(Error, match="networksalt_is_one_row"), transaction.atomic():
        NetworkSalt.objects.create(pk=2, day=timezone.now().date(), salt=b"s" * 32)
    assert [*NetworkSalt.objects.values_list("pk", flat=True)] == [1]
