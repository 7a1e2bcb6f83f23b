"""A text is known again for a day, in whatever dress and whoever wrote it first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import posting, repetition
from comments.models import RecentText
from comments.privacy import DIGEST_SIZE
from tests.conftest import comment_data, many_approved

pytestmark = pytest.mark.django_db

LONG = "طالبنا البلدية ثلاث مرات بإصلاح الرصيف أمام المدرسة ولم يأت أحد حتى اليوم."
# The letters alone, and no more than a set phrase may have.
FORTY = "نعم" * 13 + "ن"
NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "again",
    [
        LONG,
        LONG.replace(" ", "  \n"),
        LONG.replace(".", "!!!"),
        LONG.replace("ة", "ه").replace("إ", "ا").replace("أ", "ا"),
        LONG.replace("طالبنا", "طـــالَبْنا"),
        "\u200f" + LONG + "\u200b",
        f"«{LONG}»",
    ],
)
def test_a_text_is_known_in_whatever_dress(again):
    repetition.remember(LONG, NOW)

    assert repetition.was_said(again, NOW) is True


@pytest.mark.parametrize("other", [LONG + " أبداً", LONG[:-8], LONG.replace("ثلاث", "أربع")])
def test_another_text_is_another(other):
    repetition.remember(LONG, NOW)

    assert repetition.was_said(other, NOW) is False


def test_a_text_is_known_for_a_day_and_then_dropped():
    repetition.remember(LONG, NOW - DAY)
    repetition.remember(LONG + " أبداً", NOW)

    assert repetition.was_said(LONG, NOW - timedelta(seconds=1)) is True
    assert repetition.was_said(LONG, NOW) is False
    assert repetition.forget_texts(NOW) == 1
    assert repetition.was_said(LONG + " أبداً", NOW) is True


@pytest.mark.parametrize(
    "phrase",
    ["شكراً", "الله يرحمه", "لا حول ولا قوة إلا بالله العلي العظيم", "👍👍👍", "؟", FORTY],
)
def test_set_phrases_are_said_more_than_once(phrase):
    repetition.remember(phrase, NOW)

    assert repetition.was_said(phrase, NOW) is False
    assert RecentText.objects.count() == 0


def test_what_is_longer_than_a_set_phrase_is_known():
    repetition.remember(FORTY + "ن", NOW)

    assert repetition.was_said(FORTY + "ن", NOW) is True


def test_no_text_is_kept_but_a_digest_that_needs_the_key(settings):
    repetition.remember(LONG, NOW)
    settings.COMMENT_INDEX_KEY = "A" * 43 + "="

    assert len(bytes(RecentText.objects.get().digest)) == DIGEST_SIZE
    assert repetition.was_said(LONG, NOW) is False


def test_a_text_is_known_again_after_any_number_of_others(article):
    posting.submit(article, comment_data(body=LONG))
    many_approved(article, 150)

    again = posting.submit(article, comment_data(body=LONG, email="omar@example.org"))

    assert again.comment.held_by == "repeated"
