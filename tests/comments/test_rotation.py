"""New keys for all that is sealed and recognised, with real keys, all or nothing."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from nacl.exceptions import CryptoError

from comments import commenters, posting, rotation
from comments.models import Comment, Commenter, CommentPolicy, Mode, Standing
from comments.policy import change
from comments.privacy import (
    address_digest,
    generate_index_key,
    generate_key_pair,
    receipt_digest,
    seal,
    unseal,
)
from comments.rotation import DoesNotOpen, Keys, rotate
from tests.conftest import comment_data, while_another_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_private(settings) -> str:
    private, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()
    return private


@pytest.fixture
def post(article, old_private) -> Callable[..., Comment]:
    """Posts a comment under the address of this number, in the mode that holds newcomers."""
    change(CommentPolicy.load(), {"mode": Mode.NEWCOMERS})

    def make(number: int) -> Comment:
        data = comment_data(email=address(number), body=f"رأي {Comment.objects.count()}")
        return posting.submit(article, data).comment

    return make


def address(number: int) -> str:
    return f"reader-{number}@example.org"


def rows() -> list[tuple]:
    """Every commenter: key, digest, sealed address, standing."""
    found = Commenter.objects.order_by("pk")
    return [
        (pk, bytes(digest), sealed and bytes(sealed), standing)
        for pk, digest, sealed, standing in found.values_list(
            *("pk", "digest", "sealed_address", "status")
        )
    ]


def opened(private_key: str) -> list[str]:
    return [unseal(sealed, private_key) for _pk, _digest, sealed, _standing in rows()]


def test_with_new_keys_the_same_commenters_are_recognised_and_the_old_key_opens_nothing(
    post, old_private, settings
):
    comments = [post(number) for number in range(3)]
    commenters.set_standing(comments[0].commenter_id, Standing.BANNED)
    commenters.set_standing(comments[1].commenter_id, Standing.TRUSTED)
    private, public = generate_key_pair()
    index = generate_index_key()

    rotated = rotate(Keys(old_private, public, index))
    settings.COMMENT_EMAIL_PUBLIC_KEY, settings.COMMENT_INDEX_KEY = public, index

    assert (rotated.sealed, rotated.indexed, rotated.twice, rotated.lost) == (3, 3, 0, {})
    assert opened(private) == [address(number) for number in range(3)]
    with pytest.raises(CryptoError):
        opened(old_private)
    again = [post(number) for number in range(3)]
    assert [each.commenter_id for each in again] == [each.commenter_id for each in comments]
    assert [(each.status, each.held_by) for each in again] == [
        ("rejected", "banned"),
        ("approved", ""),
        ("pending", "newcomer"),
    ]
    assert Commenter.objects.count() == 3


def test_the_sealing_pair_alone_leaves_every_digest(post, old_private):
    comments = [post(number) for number in range(2)]
    Commenter.objects.filter(pk=comments[0].commenter_id).update(sealed_address=None)
    before = rows()
    private, public = generate_key_pair()

    rotated = rotate(Keys(old_private, new_public=public))

    assert (rotated.sealed, rotated.indexed, rotated.lost) == (1, 0, {})
    after = rows()
    assert [(pk, digest, standing) for pk, digest, _, standing in after] == [
        (pk, digest, standing) for pk, digest, _, standing in before
    ]
    assert after[0] == before[0]
    assert unseal(after[1][2], private) == address(1)


def test_the_index_key_alone_leaves_every_sealed_address(post, old_private, settings):
    post(0)
    before = rows()
    index = generate_index_key()

    rotated = rotate(Keys(old_private, new_index=index))

    settings.COMMENT_INDEX_KEY = index
    assert (rotated.sealed, rotated.indexed) == (0, 1)
    assert rows() == [(before[0][0], address_digest(address(0)), before[0][2], "ordinary")]


def test_whose_address_is_destroyed_keeps_the_standing_and_is_not_recognised(
    post, old_private, settings
):
    comments = [post(number) for number in range(3)]
    for comment, standing in zip(comments[:2], (Standing.BANNED, Standing.TRUSTED), strict=True):
        commenters.set_standing(comment.commenter_id, standing)
    Commenter.objects.update(sealed_address=None)
    before = rows()
    index = generate_index_key()

    rotated = rotate(Keys(old_private, new_index=index))
    settings.COMMENT_INDEX_KEY = index

    assert (rotated.indexed, rotated.lost) == (0, {"ordinary": 1, "banned": 1, "trusted": 1})
    assert [row[3] for row in rows()] == ["banned", "trusted", "ordinary"]
    digests = {row[1] for row in rows()}
    assert len(digests) == 3
    assert digests.isdisjoint({row[1] for row in before})
    assert post(0).commenter_id not in {row[0] for row in before}


def test_nothing_is_written_where_one_address_does_not_open(post, old_private, settings):
    post(0)
    _elsewhere, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()
    post(1)
    before = rows()

    with pytest.raises(DoesNotOpen) as refused:
        rotate(Keys(old_private, generate_key_pair()[1], generate_index_key()))

    assert (refused.value.unopened, refused.value.sealed) == (1, 2)
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_where_it_breaks_off_in_the_middle(post, old_private, monkeypatch):
    monkeypatch.setattr(rotation, "_AT_ONCE", 1)
    for number in range(3):
        post(number)
    before = rows()

    def break_off(rows_of_a_step, what, total=None):
        for number, row in enumerate(rows_of_a_step):
            if (what, number) == ("written", 2):
                raise KeyboardInterrupt
            yield row

    with pytest.raises(KeyboardInterrupt):
        rotate(Keys(old_private, generate_key_pair()[1], generate_index_key()), break_off)
    assert rows() == before


@pytest.mark.parametrize("at_once", [1, 2, 3, 1000])
def test_batches_of_any_size_do_the_same_and_tell_how_far_they_are(
    post, old_private, settings, monkeypatch, at_once
):
    monkeypatch.setattr(rotation, "_AT_ONCE", at_once)
    for number in range(3):
        post(number)
    private, public = generate_key_pair()
    told: list[tuple[str, int | None]] = []

    def tell(rows, what, total=None):
        for row in rows:
            told.append((what, total))
            yield row

    rotate(Keys(old_private, public), tell)

    assert opened(private) == [address(number) for number in range(3)]
    assert told == [("opened", 3)] * 3 + [("written", 3)] * 3


def test_a_mailbox_that_was_recognised_under_two_keys_keeps_the_graver_standing(
    post, old_private, settings
):
    banned = post(0)
    commenters.set_standing(banned.commenter_id, Standing.BANNED)
    settings.COMMENT_INDEX_KEY = generate_index_key()
    newer = post(0)
    assert newer.commenter_id != banned.commenter_id

    rotated = rotate(Keys(old_private, new_index=settings.COMMENT_INDEX_KEY))

    assert (rotated.indexed, rotated.twice) == (1, 1)
    assert post(0).commenter_id == banned.commenter_id


@pytest.mark.django_db(transaction=True)
def test_nobody_is_written_into_the_table_meanwhile(old_private):
    def newcomer() -> Commenter:
        return Commenter.objects.create(digest=b"n" * 32, sealed_address=seal(address(1)))

    rotated, _made = while_another_waits(
        lambda: rotate(Keys(old_private, new_index=generate_index_key())), newcomer
    )

    assert rotated.indexed == 0
    assert [row[1] for row in rows()] == [b"n" * 32]


def test_receipts_open_under_new_keys(article, post, old_private, settings):
    accepted = posting.submit(article, comment_data())
    settings.COMMENT_INDEX_KEY = generate_index_key()
    rotate(Keys(old_private, new_index=settings.COMMENT_INDEX_KEY))

    found = Comment.objects.get(receipt_digest=receipt_digest(accepted.receipt))
    assert found == accepted.comment


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (("short", None, None), "The old private key"),
        (("", None, None), "The old private key"),
        ((None, "short", None), "The new public key"),
        ((None, None, "مفتاح"), "The new index key"),
    ],
)
def test_a_malformed_key_is_named_before_anything_is_done(old_private, keys, named):
    private, public, index = keys

    with pytest.raises(ImproperlyConfigured, match=f"^{named} is not a key"):
        Keys(old_private if private is None else private, public, index)


def test_keys_are_not_quoted_where_an_error_shows_what_was_passed(old_private):
    assert old_private not in repr(Keys(old_private, generate_key_pair()[1]))
