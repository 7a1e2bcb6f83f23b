"""Invented names: the same one each time, another one elsewhere, and nothing of the address."""

import re

import pytest

from comments.models import Comment
from comments.privacy import generate_index_key
from comments.pseudonyms import pseudonym, public_pseudonym

MANY = range(1, 2001)


def test_a_commenter_has_one_name_at_the_desk():
    assert pseudonym(7) == pseudonym(7)
    assert len({pseudonym(number) for number in MANY}) > 0.99 * len(MANY)


def test_readers_see_another_name_over_each_comment():
    assert public_pseudonym(7) == public_pseudonym(7)
    assert len({public_pseudonym(comment) for comment in range(1, 201)}) > 195


def test_the_name_that_readers_see_is_not_the_desks():
    """But by chance, which is one in 900,000."""
    assert sum(pseudonym(number) == public_pseudonym(number) for number in MANY) < 3


@pytest.mark.parametrize("number", [1, 7, 300_000, 2**62])
def test_a_name_is_two_words_and_a_number_of_three_digits(number):
    assert re.fullmatch(r"[ء-ي\u064b-\u0652]+ [ء-ي\u064b-\u0652]+ [1-9][0-9]{2}", pseudonym(number))


def test_without_the_index_key_no_name_can_be_foretold(settings):
    before = [pseudonym(number) for number in MANY]
    settings.COMMENT_INDEX_KEY = generate_index_key()

    assert sum(name == pseudonym(number) for name, number in zip(before, MANY, strict=True)) < 3


def test_names_are_spread_evenly():
    """No word is drawn far more often than another: 2000 draws of 32 words, 62 each."""
    nouns = [pseudonym(number).split()[0] for number in MANY]
    drawn = {noun: nouns.count(noun) for noun in nouns}

    assert len(drawn) == 32
    assert max(drawn.values()) < 110
    assert min(drawn.values()) > 25


@pytest.mark.django_db
def test_a_comments_commenter_is_called_by_the_pseudonym_of_the_desk(pending):
    comment: Comment = pending()

    assert str(comment.commenter) == pseudonym(comment.commenter_id)
