"""No page of the desk tells a writer or a moderator of a story that is not theirs to see."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import previews, publishing
from articles.models import ArchiveImage, Article, PreviewLink, RelatedPost
from tests.articles.desk import address

SECRET = "تحقيق سرّي عن المرفأ"


@pytest.fixture
def secret(draft, image) -> Article:
    """A draft of nobody here, with a picture that others use too."""
    return draft(SECRET, image=image)


@pytest.fixture
def beside_it(secret, published, image) -> Article:
    """A public story beside which an editor has put the draft."""
    article = published("ظاهر", image=image)
    RelatedPost.objects.create(from_article=article, to_article=secret)
    article.title = "ظاهر للجميع"
    article.save()
    return article


@pytest.fixture(params=["writer", "moderator"])
def somebody(request, as_user: Callable[[User], Client]) -> Client:
    return as_user(request.getfixturevalue(request.param))


def test_no_page_of_another_story_or_of_a_picture_names_it(somebody, secret, beside_it, image):
    for page in (
        *(address(Article, name, beside_it.pk) for name in ("change", "history", "difference")),
        *(address(Article, name, beside_it.pk) for name in ("related", "preview", "preview_page")),
        address(Article, "changelist") + "?owner=&q=تحقيق",
        address(ArchiveImage, "change", image.pk),
        address(ArchiveImage, "delete", image.pk),
        address(ArchiveImage, "changelist"),
        reverse("admin:articles_article_related_search") + "?q=تحقيق",
        reverse("admin:editor_articles") + "?q=تحقيق",
        reverse("admin:index"),
    ):
        assert SECRET not in somebody.get(page, follow=True).content.decode(), page


def test_nothing_that_is_posted_is_answered_with_its_headline(somebody, secret, beside_it, image):
    picked = {
        "title": "عنوان",
        "related_posts-TOTAL_FORMS": 1,
        "related_posts-INITIAL_FORMS": 0,
        "related_posts-0-to_article": secret.pk,
        "related_posts-0-position": 0,
        "pick": secret.pk,
        "_publish": "1",
        "revision": "1",
        "visit": "1",
    }
    for name, story in (
        ("add", None),
        ("add_unsaved", None),
        *((name, secret) for name in ("change", "step", "unsaved", "presence", "restore")),
        *((name, secret) for name in ("related", "preview", "corrections", "delete")),
        *((name, beside_it) for name in ("change", "unsaved", "related", "related_box")),
    ):
        keys = [story.pk] if story and name != "related_box" else []
        page = somebody.post(address(Article, name, *keys), picked, follow=True)
        assert SECRET not in page.content.decode(), (name, story)
    secret.refresh_from_db()
    assert secret.status == "draft"


def test_a_writer_neither_makes_nor_ends_links_to_the_story_of_another(
    as_user, writer, editor, article
):
    link = previews.make_link(article, by=editor)
    desk = as_user(writer)

    for sent in ({"withdraw": "1"}, {"make": "1"}):
        assert desk.post(address(Article, "preview", article.pk), sent).status_code == 403
    assert list(PreviewLink.objects.working()) == [link]


def test_a_retracted_story_is_read_by_no_preview(article, editor, client):
    link = previews.address(previews.make_link(article, by=editor))
    assert client.get(link).status_code == 200

    publishing.retract(article)

    assert client.get(link).status_code == 404
