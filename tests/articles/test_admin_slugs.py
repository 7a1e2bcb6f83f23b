"""The address of a story in its form."""

import pytest
from django.urls import reverse

from articles import publishing
from articles.arabic import SLUG_MAX_LENGTH
from articles.models import Article, FormerSlug
from tests.articles.desk import address, errors_of
from tests.conftest import shared_texts

SLUG = "admin:articles_article_slug"


def suggested(client, **asked) -> str:
    return client.get(reverse(SLUG), asked).json()["slug"]


def test_the_suggestion_is_what_an_empty_field_would_become(desk, story, draft):
    draft("المجلس يقر الموازنة")
    made = suggested(desk, title="المجلس يقرّ «الموازنة»")

    desk.post(address(Article, "add"), story(title="المجلس يقرّ «الموازنة»", slug=""))

    assert made == "المجلس-يقر-الموازنة-2" == Article.objects.first().slug


def test_the_own_address_of_a_story_counts_as_free(desk, article):
    assert suggested(desk, title=article.title, article=article.pk) == article.slug
    assert suggested(desk, title=article.title) == f"{article.slug}-2"


def test_any_title_has_a_suggestion_or_none(desk):
    for title in [*shared_texts()[::5], "", "؟!", "ا" * 5000]:
        assert len(suggested(desk, title=title.replace("\0", ""))) <= SLUG_MAX_LENGTH


@pytest.mark.parametrize("key", ["x", "0", "9" * 40, "-1"])
def test_a_suggestion_for_no_story_is_one_for_a_new_story(desk, article, key):
    assert suggested(desk, title=article.title, article=key) == f"{article.slug}-2"


def test_who_may_not_write_is_suggested_nothing(client, as_user, moderator, writer, article):
    asked = {"title": "خبر", "article": article.pk}

    assert client.get(reverse(SLUG), asked).status_code == 302
    assert as_user(moderator).get(reverse(SLUG), asked).status_code == 403
    assert as_user(writer).get(reverse(SLUG), asked).status_code == 403
    assert as_user(writer).get(reverse(SLUG), {"title": "خبر"}).status_code == 200
    assert as_user(writer).post(reverse(SLUG), {"title": "خبر"}).status_code == 405


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        *(("عنوان آخر", "عنوان-آخر"), ("مُـــدَرِّسَةٌ «جديدة»", "مدرسة-جديدة")),
        *(("a b/c?d", "a-b-c-d"), ("وقف_الحرب", "وقف_الحرب"), ("News-2025", "News-2025")),
        ("كلمة " * 40, "-".join(["كلمة"] * 20)),
    ],
)
def test_what_is_typed_becomes_an_address_and_an_address_stays(desk, story, typed, slug):
    desk.post(address(Article, "add"), story(slug=typed))

    assert Article.objects.get().slug == slug


@pytest.mark.parametrize("typed", ["؟!", "…", "👍"])
def test_what_can_be_no_address_is_an_error_beside_the_field(desk, story, typed):
    assert set(errors_of(desk.post(address(Article, "add"), story(slug=typed)))) == {"slug"}


def test_until_publication_the_address_is_changed_without_a_warning(desk, story, draft):
    page = address(Article, "change", draft("مسودة").pk)

    assert "slug-warning" not in desk.get(page).content.decode()
    desk.post(page, story(slug="آخر"))
    assert Article.objects.get().slug == "آخر"
    assert not FormerSlug.objects.exists()


def test_after_publication_the_form_warns_and_the_old_address_redirects(
    desk, client, story, article
):
    page, former = address(Article, "change", article.pk), article.get_absolute_url()
    assert "slug-warning" in desk.get(page).content.decode()

    desk.post(page, story(slug="عنوان جديد"))

    article.refresh_from_db()
    assert article.slug == "عنوان-جديد"
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (301, article.get_absolute_url())


def test_an_address_of_another_published_story_is_an_error_beside_the_field(desk, story, article):
    former = article.slug
    Article.objects.filter(pk=article.pk).update(slug="الجديد")

    assert set(errors_of(desk.post(address(Article, "add"), story(slug=former)))) == {"slug"}


def test_a_writer_leaves_the_address_of_what_was_published_alone(as_user, writer, story, published):
    article = published(owner=writer)
    former = article.slug
    publishing.back_to_draft(article)

    as_user(writer).post(address(Article, "change", article.pk), story(slug="آخر", title="أحدث"))

    article.refresh_from_db()
    assert (article.title, article.slug) == ("أحدث", former)
