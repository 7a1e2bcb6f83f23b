"""What writers may not do at the desk, neither by its buttons nor by a forged form."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import publishing
from articles.models import (
    ArchiveImage,
    Article,
    ArticleDecision,
    Byline,
    Category,
    RelatedPost,
    Tag,
)
from tests.articles.desk import address


@pytest.fixture
def writers_desk(writer: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(writer)


def test_a_writer_saves_a_draft_of_their_own_and_is_offered_to_submit_it(
    writers_desk, writer, story
):
    page = writers_desk.get(address(Article, "add"))
    writers_desk.post(address(Article, "add"), story())

    assert [step.name for step in page.context["steps"]] == ["submit"]
    assert (Article.objects.get().status, Article.objects.get().owner) == ("draft", writer)
    assert "_publish" not in page.content.decode()


@pytest.mark.parametrize("forged", [{"_publish": "1"}, {"status": "published"}])
def test_a_writer_publishes_nothing_even_by_a_forged_form(
    writers_desk, writer, story, draft, forged
):
    own = draft("مسودة", owner=writer)
    data = {**story(published_at_0="2025-01-01", published_at_1="10:00"), **forged}

    writers_desk.post(address(Article, "add"), data)
    writers_desk.post(address(Article, "change", own.pk), data)
    for action in ("publish_selected", "retract_selected"):
        writers_desk.post(
            address(Article, "changelist"), {"action": action, "_selected_action": [own.pk]}
        )

    assert list(Article.objects.values_list("status", "published_at")) == [("draft", None)] * 2
    assert not ArticleDecision.objects.exists()


@pytest.mark.parametrize("retracted", [False, True])
def test_a_writer_changes_no_story_that_was_published(
    writers_desk, writer, published, story, retracted
):
    article = published(owner=writer)
    if retracted:
        publishing.retract(article)
    before = Article.objects.values().get()
    page = address(Article, "change", article.pk)

    shown = writers_desk.get(page)
    forged = writers_desk.post(page, story(title="حرّفه كاتب", _draft="1", _save="1"))
    deleted = writers_desk.post(address(Article, "delete", article.pk), {"post": "yes"})

    assert shown.status_code == 200 and not shown.context["has_change_permission"]
    assert (forged.status_code, deleted.status_code) == (403, 403)
    assert Article.objects.values().get() == before


def test_a_writer_picks_no_related_stories_for_a_published_one(
    writers_desk, article, published, story
):
    other = published("آخر")

    response = writers_desk.post(address(Article, "change", article.pk), story(other))

    assert response.status_code == 403
    assert not RelatedPost.objects.exists()


@pytest.mark.parametrize("model", [Byline, Category, Tag])
def test_a_writer_makes_no_bylines_categories_and_tags_of_the_desk(writers_desk, model):
    response = writers_desk.post(address(model, "add"), {"name": "جديد", "slug": "جديد"})

    assert response.status_code == 403
    assert not model.objects.exists()


@pytest.mark.parametrize("model", [Article, ArchiveImage, Byline, Category, Tag])
def test_a_moderator_sees_no_page_of_the_articles_desk(moderator, as_user, model):
    for page in ("changelist", "add"):
        assert as_user(moderator).get(address(model, page)).status_code == 403
