"""Networks: a digest of the day in place of an IP address, and limits that hold under haste."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from comments import networks, policy, posting
from comments.models import Comment, CommentPolicy, NetworkSalt, RecentPost
from comments.privacy import DIGEST_SIZE
from tests.conftest import comment_data, while_another_waits

pytestmark = pytest.mark.django_db

ADDRESS = "192.0.2.7"
NOW = timezone.now()


def digest(address: str = ADDRESS, *parts: str) -> bytes:
    made = networks.digest_of(address, *parts)
    assert made is not None
    return made


def post(article: Article, **sent: Any) -> posting.Accepted:
    fields = {name: sent.pop(name) for name in [*sent] if name in comment_data()}
    return posting.submit(article, comment_data(**fields), **{"network": ADDRESS, **sent})


def came(seconds_ago: float, network: bytes, own: bytes, text: bytes) -> RecentPost:
    at = NOW - timedelta(seconds=seconds_ago)
    return RecentPost.objects.create(network=network, sender=own, text=text, at=at)


# Digests


def test_a_network_has_one_digest_all_day():
    assert digest() == digest()
    assert len(digest()) == DIGEST_SIZE
    assert NetworkSalt.objects.count() == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("2001:db8:1:2::1", "2001:0DB8:0001:0002:0000:0000:0000:0001"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_addresses_of_one_line_are_one_network(one, other):
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("192.0.2.7", "192.0.2.8"),
        ("192.0.2.7", "::192.0.2.7"),
    ],
)
def test_addresses_of_two_lines_are_two_networks(one, other):
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "address", [None, "", "unix:", "192.0.2", "192.0.2.7:80", "localhost", "\0", "١٩٢.0.2.7"]
)
def test_what_is_no_ip_address_has_no_digest(address):
    assert networks.digest_of(address) is None
    assert NetworkSalt.objects.count() == 0


def test_what_came_from_a_network_has_a_digest_of_its_own():
    made = [digest(), digest(ADDRESS, "a"), digest(ADDRESS, "a", "b"), digest(ADDRESS, "ab")]

    assert len({*made}) == 4


def test_the_salt_of_yesterday_is_overwritten_and_its_digests_cannot_be_made_again():
    before = digest()
    salt = bytes(NetworkSalt.objects.get().salt)
    NetworkSalt.objects.update(day=timezone.now().date() - timedelta(days=1))

    after = digest()

    (row,) = NetworkSalt.objects.all()
    assert (row.day, len(row.salt)) == (timezone.now().date(), 32)
    assert bytes(row.salt) != salt
    assert after != before
    assert digest() == after


@pytest.mark.parametrize("key", ["A" * 43 + "=", "B" * 42 + "A="])
def test_without_the_servers_key_the_salt_is_worth_nothing(settings, key):
    before = digest()

    settings.COMMENT_INDEX_KEY = key

    assert digest() != before


@pytest.mark.django_db(transaction=True)
def test_two_who_need_the_first_salt_at_once_are_given_the_same():
    first, second = while_another_waits(digest, digest)

    assert first == second
    assert NetworkSalt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_need_a_new_salt_at_once_are_given_the_same():
    yesterday = digest()
    NetworkSalt.objects.update(day=timezone.now().date() - timedelta(days=1))

    first, second = while_another_waits(digest, digest)

    assert first == second != yesterday


def test_the_salt_of_a_server_that_is_past_midnight_already_is_taken():
    ahead = timezone.now().date() + timedelta(days=1)
    first = digest()
    NetworkSalt.objects.update(day=ahead)

    assert digest() == first
    assert NetworkSalt.objects.get().day == ahead


# What is remembered


def test_no_ip_address_is_stored(article):
    post(article, network="203.0.113.77")

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM comments_recentpost t")
        (row,) = cursor.fetchone()
    assert "203.0.113" not in row
    assert b"203.0.113".hex() not in row
    (remembered,) = RecentPost.objects.all()
    for kept in (remembered.network, remembered.sender, remembered.text):
        assert len(kept) == DIGEST_SIZE


def test_a_post_from_nowhere_is_not_remembered(article):
    post(article, network=None)
    post(article, network="unix:", body="نص آخر")

    assert Comment.objects.count() == 2
    assert RecentPost.objects.count() == 0


def test_what_came_in_the_past_hour_is_told_apart_by_who_sent_it_and_what():
    mine, elsewhere = b"m" * 32, b"e" * 32
    me, other, me_elsewhere = b"i" * 32, b"o" * 32, b"j" * 32
    said, said_else = b"t" * 32, b"u" * 32
    rows = [
        came(3599, mine, me, said),
        came(60, mine, other, said),
        came(30, mine, me, said_else),
        came(1, mine, me, said),
    ]
    came(3600, mine, me, said)
    came(1, elsewhere, me_elsewhere, said)

    sender = networks.sender_of(mine, me, said, NOW, most=10)

    assert sender.network == tuple(row.at for row in rows)
    assert sender.own == (rows[0].at, rows[2].at, rows[3].at)
    assert sender.same_text == 2


def test_no_more_is_read_than_the_highest_limit_counts():
    mine, me, said = b"m" * 32, b"i" * 32, b"t" * 32
    rows = [came(100 - number, mine, me, said) for number in range(60)]

    sender = networks.sender_of(mine, me, said, NOW, most=5)

    assert sender.network == sender.own == tuple(row.at for row in rows[55:])
    assert sender.same_text == 60
    assert networks.sender_of(mine, me, said, NOW).network == ()


def test_what_is_an_hour_old_is_forgotten():
    old = [came(seconds, b"m" * 32, b"i" * 32, b"t" * 32) for seconds in (3600, 7200)]
    young = came(3599, b"m" * 32, b"i" * 32, b"t" * 32)

    assert networks.forget_networks(NOW) == len(old)
    assert [*RecentPost.objects.all()] == [young]
    assert networks.forget_networks(NOW) == 0


def test_forgetting_overwrites_the_salt_of_yesterday_where_nobody_came_since():
    before = digest()
    NetworkSalt.objects.update(day=timezone.now().date() - timedelta(days=1))

    networks.forget_networks()

    assert NetworkSalt.objects.get().day == timezone.now().date()
    assert digest() != before


def test_other_things_from_a_network_are_counted_for_an_hour():
    mine, other = b"m" * 32, b"o" * 32
    for seconds_ago in (3600, 600, 60):
        networks.remember(mine, NOW - timedelta(seconds=seconds_ago))

    assert networks.wait_of(mine, NOW, most=2) == timedelta(seconds=3000)
    assert networks.wait_of(mine, NOW, most=3) == timedelta(0)
    assert networks.wait_of(other, NOW, most=1) == timedelta(0)


# Limits


def refused_for(article: Article, **sent: Any) -> int:
    """The seconds to wait; 0 where the comment was taken."""
    try:
        post(article, **sent)
    except posting.TooManyComments as many:
        return many.retry_after
    return 0


@pytest.fixture
def two_a_minute(db: None) -> None:
    policy.change(CommentPolicy.load(), {"per_minute": 2})


def test_as_many_as_the_limit_are_taken_and_again_when_the_minute_is_over(article, two_a_minute):
    waits = [
        refused_for(article, body=f"تعليق رقم {second}", at=NOW + timedelta(seconds=second))
        for second in (0, 10, 20, 59, 60, 61, 70)
    ]

    assert waits == [0, 0, 40, 1, 0, 9, 0]
    assert Comment.objects.count() == RecentPost.objects.count() == 4


def test_a_limit_on_one_sender_stops_nobody_else_on_the_network(article, two_a_minute):
    for number in range(2):
        post(article, body=f"تعليق رقم {number}", at=NOW)

    assert refused_for(article, body="ثالث", at=NOW) == 60
    assert refused_for(article, name="عمر", email="omar@example.org", at=NOW) == 0


@pytest.mark.parametrize("name", ["ليلى", " لَيْلـى ", "ليلي"])
def test_a_name_is_limited_in_whatever_spelling(article, two_a_minute, name):
    for number in range(2):
        post(article, body=f"تعليق رقم {number}", at=NOW)

    assert refused_for(article, name=name, body="ثالث", at=NOW) == 60


def test_under_one_roof_no_limit_tells_which_address_has_written(article, two_a_minute):
    """Or whoever tries addresses on the same line would be stopped early under the right one."""
    post(article, email="layla@example.org", body="أول", at=NOW)

    tried = [
        [
            refused_for(article, name=name, email=email, body=f"{name} {number}", at=NOW)
            for number in range(3)
        ]
        for name, email in {"عمر": "layla@example.org", "هدى": "nobody@example.org"}.items()
    ]

    assert tried == [[0, 0, 60]] * 2


def test_an_address_that_somebody_else_uses_elsewhere_is_stopped_for_nobody(article, two_a_minute):
    for number in range(2):
        post(article, body=f"تعليق رقم {number}", at=NOW)

    assert refused_for(article, body="ثالث", at=NOW, network="198.51.100.9") == 0


def test_a_limit_on_the_network_stops_everybody_on_it(article):
    policy.change(CommentPolicy.load(), {"network_per_minute": 2})
    for number in range(2):
        post(article, name=f"قارئ {number}", email=f"reader-{number}@example.org", at=NOW)

    assert refused_for(article, email="omar@example.org", at=NOW) == 60
    assert refused_for(article, email="omar@example.org", at=NOW, network="198.51.100.9") == 0


def test_zero_is_no_limit(article):
    policy.change(CommentPolicy.load(), dict.fromkeys(LIMITS, 0))

    waits = [refused_for(article, body=f"تعليق رقم {number}", at=NOW) for number in range(12)]

    assert waits == [0] * 12


LIMITS = ("per_minute", "per_hour", "network_per_minute", "network_per_hour")


def test_what_was_refused_is_neither_kept_nor_counted(article, two_a_minute):
    for number in range(5):
        refused_for(article, body=f"تعليق رقم {number}", at=NOW)

    assert Comment.objects.count() == RecentPost.objects.count() == 2


def test_what_is_refused_costs_no_reading_of_other_texts(article, two_a_minute):
    long = "نصّ أطول من أن يكون عبارة شائعة مما يقال في كل مناسبة، رقم"
    waits = []
    for number in range(3):
        with CaptureQueriesContext(connection) as context:
            waits.append(refused_for(article, body=f"{long} {number}", at=NOW))

    assert waits == [0, 0, 60]
    assert [each["sql"] for each in context if '."body"' in each["sql"]] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("limit", "second"),
    [
        ("per_minute", {"body": "الثاني"}),
        ("network_per_minute", {"name": "عمر", "email": "omar@example.org"}),
    ],
)
def test_two_at_the_limit_at_once_are_one_too_many(article, limit, second):
    policy.change(CommentPolicy.load(), {limit: 1})
    digest()

    accepted, wait = while_another_waits(
        lambda: post(article, at=NOW), lambda: refused_for(article, at=NOW, **second)
    )

    assert [*Comment.objects.all()] == [accepted.comment]
    assert wait == 60
    assert RecentPost.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_second_click_at_the_same_moment_leaves_one_comment(article):
    digest()

    def again() -> list[str]:
        with pytest.raises(posting.Invalid) as refused:
            post(article, at=NOW)
        return [*refused.value.form.errors]

    accepted, wrong = while_another_waits(lambda: post(article, at=NOW), again)

    assert [*Comment.objects.all()] == [accepted.comment]
    assert wrong == ["body"]
