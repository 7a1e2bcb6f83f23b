"""Addresses of stories: readable, free, of one story alone, and kept for ever once published."""

import re
import unicodedata

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from articles import publishing
from articles.arabic import SLUG_MAX_LENGTH, slugify
from articles.models import Article, FormerSlug
from tests.conftest import shared_texts, while_another_waits

LONG = (
    "المجلس البلدي يؤجل التصويت على موازنة الأرصفة والطرقات والحدائق العامة"
    " في أحياء المدينة القديمة كلها"
)


def test_a_slug_has_neither_marks_nor_quotes_nor_tatweel_and_at_most_a_hundred_letters():
    for text in shared_texts():
        slug = slugify(text)
        assert re.fullmatch(r"|[^\W_]+(-[^\W_]+)*", slug), text
        assert len(slug) <= SLUG_MAX_LENGTH
        assert not re.search("[ـ«»“”\"']", slug)
        assert not any(unicodedata.category(letter).startswith("M") for letter in slug)


@given(st.lists(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=30), min_size=1))
def test_a_title_is_cut_between_words_alone(words):
    slug = slugify(" ".join(words))

    kept = slug.split("-")
    assert words[: len(kept)] == kept
    assert len(kept) == len(words) or len("-".join(words[: len(kept) + 1])) > SLUG_MAX_LENGTH


@given(st.text("اب جـًٌّ«»“”\"'؟!،-_", max_size=200))
def test_a_slug_of_a_slug_is_the_same(text):
    assert slugify(slugify(text)) == slugify(text)


def test_a_long_title_keeps_all_the_words_that_fit_and_the_next_one_gets_a_number(draft):
    slugs = [draft(LONG).slug for _each in range(11)]

    assert max(map(len, slugs)) <= SLUG_MAX_LENGTH
    assert slugs[0] == slugify(LONG)
    assert [slug.rpartition("-")[2] for slug in slugs[1:]] == [str(n) for n in range(2, 12)]
    assert all(slugs[0].startswith(slug.rpartition("-")[0]) for slug in slugs[1:])


def test_a_story_may_have_its_own_former_address_again(article):
    former = article.slug
    Article.objects.filter(pk=article.pk).update(slug="آخر")

    assert Article.objects.get(pk=article.pk).free_slug() == former
    assert Article(title=article.title).free_slug() == f"{former}-2"


@pytest.mark.django_db(transaction=True)
def test_two_stories_of_one_title_that_are_saved_at_once_have_two_addresses():
    first, second = while_another_waits(
        lambda: Article.objects.create(title="خبر عاجل"),
        lambda: Article.objects.create(title="خبر عاجل"),
    )

    assert (first.slug, second.slug) == ("خبر-عاجل", "خبر-عاجل-2")


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_left_just_now_goes_to_no_other_story(published, draft):
    old, other = published("القديم"), draft("غيره")
    left = old.slug

    def leave() -> None:
        Article.objects.filter(pk=old.pk).update(slug="الجديد")

    def take() -> str:
        try:
            with transaction.atomic():
                Article.objects.filter(pk=other.pk).update(slug=left)
        except IntegrityError as refused:
            return str(refused)
        return "taken"

    _left, answer = while_another_waits(leave, take)

    assert "another story was published at this address" in answer
    assert list(FormerSlug.objects.values_list("slug", "article")) == [(left, old.pk)]


@pytest.mark.parametrize("count", [1, 3])
def test_every_former_address_redirects_for_ever_and_in_one_step(count, client, article):
    addresses = [article.get_absolute_url()]
    for number in range(count):
        article.slug = f"عنوان-{number}"
        article.save()
        addresses.append(article.get_absolute_url())

    for former in addresses[:-1]:
        answer = client.get(former)
        assert answer.status_code == 301
        assert client.get(answer["Location"]).status_code == 200
        assert client.get(answer["Location"]).context["article"] == article


def test_the_address_of_a_draft_leaves_no_trace_when_it_changes(client, draft):
    story = draft("مسودة")
    former = story.get_absolute_url()
    story.slug = "غيره"
    story.save()
    publishing.publish(story)

    assert client.get(former).status_code == 404
    assert not FormerSlug.objects.exists()
