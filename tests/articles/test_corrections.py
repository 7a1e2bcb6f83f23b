"""A mistake is told to readers by a dated note that never changes."""

import pytest
from django.db import transaction
from django.utils import timezone

from articles import corrections, publishing
from articles.models import CORRECTION_MAX_LENGTH, Article, Correction, Refused
from tests.articles.pages import text_of


def test_readers_see_a_correction_with_its_date(article, editor, client):
    corrections.correct(article, "الموازنة 40 مليوناً لا 400.", by=editor)

    page = text_of(client.get(article.get_absolute_url()))
    assert "الموازنة 40 مليوناً لا 400." in page
    [made] = article.corrections.all()
    assert (made.by, timezone.localdate(made.at)) == (editor, timezone.localdate())


def test_a_corrected_story_counts_as_updated(article):
    before = article.updated_at

    corrections.correct(article, "صواب.")

    article.refresh_from_db()
    assert article.updated_at > before


def test_hostile_words_are_shown_as_words(article, client):
    corrections.correct(article, "<script>steal()</script>")

    page = client.get(article.get_absolute_url()).content.decode()
    assert "&lt;script&gt;steal()" in page


def test_corrections_cost_the_page_no_query(
    article, client, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as without:
        client.get(article.get_absolute_url())
    for number in range(3):
        corrections.correct(article, f"تصويب {number}")

    with django_assert_num_queries(len(without)):
        client.get(article.get_absolute_url())


def test_a_correction_that_was_taken_back_is_hidden_and_kept(article, editor, chief, client):
    kept = corrections.correct(article, "صحيح.", by=editor)
    wrong = corrections.correct(article, "خطأ في التصويب.", by=editor)

    corrections.take_back(wrong, by=chief)
    first = Correction.objects.get(pk=wrong.pk).taken_back_at
    corrections.take_back(wrong, by=editor)

    page = text_of(client.get(article.get_absolute_url()))
    assert "صحيح." in page and "خطأ في التصويب" not in page
    assert list(Correction.objects.standing()) == [kept]
    wrong.refresh_from_db()
    assert (wrong.taken_back_by, wrong.taken_back_at) == (chief, first)


@pytest.mark.parametrize("text", ["", " \u200f", "ـ", "س" * (CORRECTION_MAX_LENGTH + 1)])
def test_a_correction_that_says_nothing_or_too_much_is_refused(article, text):
    with pytest.raises(Refused):
        corrections.correct(article, text)

    assert not Correction.objects.exists()


def test_only_what_readers_see_is_corrected(draft, article):
    for hidden in (draft("مسودة"), publishing.retract(article)):
        with pytest.raises(Refused):
            corrections.correct(hidden, "تصويب")


def test_the_words_of_a_correction_are_changed_and_deleted_by_nobody(article):
    made = corrections.correct(article, "صواب.")

    for change in (
        lambda: Correction.objects.update(text="غيره"),
        lambda: Correction.objects.update(at=timezone.now()),
        lambda: Correction.objects.all().delete(),
        lambda: Article.objects.filter(pk=article.pk).delete(),
    ):
        refused = pytest.raises(Exception, match=r"Cannot (update|delete)|protected")
        with refused, transaction.atomic():
            change()
    made.refresh_from_db()
    assert made.text == "صواب."
