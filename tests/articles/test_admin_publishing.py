"""Stories are saved, published, withdrawn and deleted from the desk, one by one and together."""

from datetime import timedelta

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, ArticleDecision, ArticleStatus
from articles.models.article import CANNOT_BE_WITHOUT
from tests.articles.desk import address, errors_of


def levels_of(response: HttpResponse) -> list[int]:
    """How serious the messages are that the next page shows."""
    return [message.level for message in messages.get_messages(response.wsgi_request)]


def offered_at(desk: Client, page: str) -> list[str]:
    return [step.name for step in desk.get(page).context["steps"]]


def test_a_story_saved_without_a_button_of_status_is_a_draft(desk, story):
    response = desk.post(address(Article, "add"), story())

    assert response.status_code == 302
    article = Article.objects.get()
    assert (article.status, article.slug) == (ArticleStatus.DRAFT, "المجلس-يقر-الموازنة")


def test_a_story_is_published_from_its_form(desk, editor, story):
    response = desk.post(address(Article, "add"), story(_publish="1"))

    article = Article.objects.public().get()
    assert response.headers["Location"] == address(Article, "change", article.pk)
    assert levels_of(response) == [messages.SUCCESS]
    assert list(article.decisions.values_list("old", "new", "by")) == [
        ("draft", "published", editor.pk)
    ]
    assert desk.get(article.get_absolute_url()).status_code == 200


def test_what_was_typed_is_saved_before_it_is_published(desk, draft, story):
    article = draft("قبل")

    desk.post(address(Article, "change", article.pk), story(title="بعد", _publish="1"))

    assert Article.objects.public().get().title == "بعد"


@pytest.mark.parametrize(
    ("button", "status", "offered"),
    [
        ("_retract", "retracted", ["publish"]),
        ("_draft", "draft", ["submit", "publish", "schedule"]),
    ],
)
def test_a_published_story_is_taken_off_from_its_form(
    desk, article, story, button, status, offered
):
    page = address(Article, "change", article.pk)
    shown = offered_at(desk, page)

    desk.post(page, story(slug=article.slug, note="بطلب من المصدر", **{button: "1"}))

    article.refresh_from_db()
    assert shown == ["draft", "retract"]
    assert article.status == status
    assert offered_at(desk, page) == offered


@pytest.mark.parametrize(
    "lacking",
    [
        *({"byline": ""}, {"category": ""}, {"body": "<p>&nbsp;</p>"}, {"body": ""}),
        *({"excerpt": " "}, {"no_image_reason": "ـ"}),
    ],
)
def test_an_incomplete_story_stays_a_draft_and_the_editor_is_told(desk, story, lacking):
    response = desk.post(address(Article, "add"), story(_publish="1", **lacking))

    article = Article.objects.get()
    assert response.headers["Location"] == address(Article, "change", article.pk)
    assert levels_of(response) == [messages.WARNING]
    assert article.status == ArticleStatus.DRAFT
    assert not ArticleDecision.objects.exists()


@pytest.mark.parametrize(
    "lacking", [{"byline": ""}, {"category": ""}, {"body": "<p>&nbsp;</p>"}, {"body": ""}]
)
def test_a_public_story_that_would_become_incomplete_is_an_error_beside_the_field(
    desk, article, story, lacking
):
    response = desk.post(address(Article, "change", article.pk), story(**lacking))

    assert set(errors_of(response)) == set(lacking)
    assert Article.objects.public().get().title == article.title


@pytest.mark.parametrize("status", CANNOT_BE_WITHOUT)
def test_what_a_story_may_not_lose_is_told_as_it_stands(desk, draft, editor, story, status):
    article = draft(slug="المجلس")
    if status == ArticleStatus.SCHEDULED:
        publishing.schedule(article, timezone.now() + timedelta(hours=1), by=editor)
    else:
        publishing.publish(article, by=editor)
    if status == ArticleStatus.RETRACTED:
        publishing.retract(article, by=editor)

    response = desk.post(
        address(Article, "change", article.pk), story(slug=article.slug, byline="")
    )

    assert errors_of(response) == {"byline": [CANNOT_BE_WITHOUT[status]]}
    assert len(set(CANNOT_BE_WITHOUT.values())) == len(CANNOT_BE_WITHOUT)


def test_selected_stories_are_published_together_and_the_rest_is_told(desk, editor, draft):
    complete = [draft("الأول"), draft("الثاني")]
    incomplete = draft("ناقص", byline=None)
    selected = [*complete, incomplete]

    response = desk.post(
        address(Article, "changelist"),
        {"action": "publish_selected", "_selected_action": [each.pk for each in selected]},
    )

    assert set(Article.objects.public()) == set(complete)
    assert sorted(levels_of(response)) == [messages.SUCCESS, messages.WARNING]
    assert set(ArticleDecision.objects.values_list("article", "by")) == {
        (each.pk, editor.pk) for each in complete
    }


def test_selected_stories_are_retracted_together_once_it_is_said_why(desk, published, draft):
    stories = [published("الأول"), published("الثاني"), draft("مسودة")]
    asked = {"action": "retract_selected", "_selected_action": [each.pk for each in stories]}

    page = desk.post(address(Article, "changelist"), asked)
    assert [*page.context["stories"]] == [*Article.objects.filter(pk__in=asked["_selected_action"])]
    blank = desk.post(address(Article, "changelist"), asked | {"_retract": "1", "note": " "})
    assert (blank.status_code, [*blank.context["form"].errors]) == (422, ["note"])
    assert not Article.objects.retracted().exists()

    sent = asked | {"_retract": "1", "note": "خبر ملفّق"}
    response = desk.post(address(Article, "changelist"), sent)
    assert set(Article.objects.retracted()) == set(stories[:2])
    assert sorted(levels_of(response)) == [messages.SUCCESS, messages.WARNING]
    assert set(
        ArticleDecision.objects.filter(new="retracted").values_list("reason", flat=True)
    ) == {"خبر ملفّق"}


def test_all_stories_of_a_list_are_retracted_at_once(desk, published):
    stories = [published(f"خبر {number}") for number in range(25)]
    sent = {
        **{"action": "retract_selected", "select_across": "1"},
        "_selected_action": [stories[0].pk],
    }

    page = desk.post(address(Article, "changelist"), sent)
    assert (page.context["others"], page.context["select_across"]) == (5, "1")
    desk.post(address(Article, "changelist"), sent | {"_retract": "1", "note": "خبر ملفّق"})

    assert Article.objects.retracted().count() == 25


def test_a_story_is_retracted_only_with_a_reason(desk, article, story):
    response = desk.post(
        address(Article, "change", article.pk), story(slug=article.slug, _retract="1")
    )

    assert set(errors_of(response)) == {"note"}
    assert Article.objects.public().get() == article


def test_a_story_that_was_published_is_not_deleted(desk, published, draft):
    once = publishing.back_to_draft(published("نُشر"))
    never = draft("لم ينشر")

    for article in (once, never):
        desk.post(address(Article, "delete", article.pk), {"post": "yes"})
    desk.post(
        address(Article, "changelist"),
        {"action": "delete_selected", "_selected_action": [once.pk], "post": "yes"},
    )

    assert list(Article.objects.all()) == [once]
    assert desk.get(address(Article, "delete", once.pk)).status_code == 403
