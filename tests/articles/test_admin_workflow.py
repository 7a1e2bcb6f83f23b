"""The steps of a story at the desk: by the buttons of its form, and by a step of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib import messages
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, ArticleStatus, Correction
from tests.articles.desk import address, errors_of
from tests.articles.test_admin_publishing import levels_of

TOMORROW = timezone.localtime(timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
MOMENT = {"moment_0": f"{TOMORROW:%Y-%m-%d}", "moment_1": f"{TOMORROW:%H:%M}"}


@pytest.fixture
def writers_desk(writer: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(writer)


def page_of(article: Article) -> str:
    return address(Article, "change", article.pk)


def step_of(article: Article) -> str:
    return address(Article, "step", article.pk)


def offered(response) -> list[str]:
    return [step.name for step in response.context["steps"]]


def test_a_story_goes_from_its_writer_to_its_editor_and_back(desk, writers_desk, story):
    writers_desk.post(address(Article, "add"), story(_submit="1"))
    article = Article.objects.get()
    assert article.status == ArticleStatus.IN_REVIEW

    desk.post(page_of(article), story(slug=article.slug, note="أين المصدر؟", _send_back="1"))

    article.refresh_from_db()
    assert article.status == ArticleStatus.DRAFT
    shown = writers_desk.get(page_of(article))
    assert shown.context["sent_back"].note == "أين المصدر؟"
    assert "أين المصدر؟" in shown.content.decode()


def test_sending_back_without_a_note_is_an_error_beside_it_and_saves_nothing(desk, draft, story):
    article = publishing.submit(draft())

    response = desk.post(
        page_of(article), story(title="عنوان آخر", slug=article.slug, _send_back="1")
    )

    assert set(errors_of(response)) == {"note"}
    assert "عنوان آخر" in response.content.decode()
    assert Article.objects.get().status == ArticleStatus.IN_REVIEW
    assert Article.objects.get().title == article.title


def test_a_story_is_scheduled_for_a_day_and_a_time_of_the_papers_zone(desk, story):
    desk.post(address(Article, "add"), story(_schedule="1", **MOMENT))

    article = Article.objects.get()
    assert (article.status, article.publish_at) == (ArticleStatus.SCHEDULED, TOMORROW)
    page = desk.get(page_of(article))
    assert offered(page) == ["publish", "schedule", "unschedule"]


@pytest.mark.parametrize(
    "moment",
    [
        {},
        {"moment_0": "2020-01-01", "moment_1": "10:00"},
        {"moment_0": "2030-01-01", "moment_1": ""},
        {"moment_0": "غداً", "moment_1": "10:00"},
        {"moment_0": "9999-12-31", "moment_1": "23:59"},
        {"moment_0": "0001-01-01", "moment_1": "00:00"},
        {"moment_0": "2030-01-01\0", "moment_1": "1"},
    ],
)
def test_a_moment_that_cannot_be_is_told_and_nothing_is_lost(desk, story, moment):
    response = desk.post(address(Article, "add"), story(_schedule="1", title="سبق", **moment))

    if response.status_code == 302:
        assert levels_of(response) == [messages.WARNING]
        assert Article.objects.get().status == ArticleStatus.DRAFT
    elif response.status_code == 200:
        assert set(errors_of(response)) == {"moment"}
        assert "سبق" in response.content.decode()
    else:
        assert response.status_code == 400


def test_what_was_typed_for_a_refused_step_is_typed_again(desk, story):
    typed = story(_schedule="1", category="", note="للصفحة الأولى", **MOMENT)

    response = desk.post(address(Article, "add"), typed)

    assert Article.objects.get().status == ArticleStatus.DRAFT
    page = desk.get(response.headers["Location"]).content.decode()
    for kept in ("للصفحة الأولى", MOMENT["moment_0"], MOMENT["moment_1"]):
        assert kept in page


def test_a_writer_takes_their_story_back_though_they_may_not_change_it(writers_desk, writer, draft):
    article = publishing.submit(draft(owner=writer))

    page = writers_desk.get(page_of(article))
    assert (page.context["has_change_permission"], offered(page)) == (False, ["take_back"])
    assert step_of(article) in page.content.decode()
    writers_desk.post(step_of(article), {"_take_back": "1"})

    article.refresh_from_db()
    assert article.status == ArticleStatus.DRAFT


@pytest.mark.parametrize(
    "sent", [{}, {"_publish": "1"}, {"_schedule": "1", **MOMENT}, {"_draft": "1"}, {"_x": "1"}]
)
def test_a_step_that_is_not_ones_own_is_refused_with_a_sentence(writers_desk, writer, draft, sent):
    article = draft(owner=writer)

    response = writers_desk.post(step_of(article), sent)

    assert response.status_code == 302
    assert len(levels_of(response)) == 1
    assert Article.objects.get().status == ArticleStatus.DRAFT


def test_the_story_of_another_is_not_there_for_a_writer(writers_desk, draft, story):
    article = draft("سرّ الزميل", owner=None)

    assert writers_desk.post(step_of(article), {"_submit": "1"}).status_code == 404
    assert writers_desk.get(page_of(article)).status_code == 302
    assert writers_desk.post(page_of(article), story()).status_code == 404
    listed = writers_desk.get(address(Article, "changelist"))
    assert "سرّ الزميل" not in listed.content.decode()
    assert Article.objects.get().title == "سرّ الزميل"


@pytest.mark.parametrize("key", ["999999", str(2**63), "0"])
def test_a_step_of_no_story_is_not_found(desk, db, key):
    assert desk.post(f"/admin/articles/article/{key}/step/", {"_publish": "1"}).status_code == 404


def test_a_step_is_taken_by_post_alone(desk, draft):
    assert desk.get(step_of(draft())).status_code == 405


# Corrections


def corrections_of(article: Article) -> str:
    return address(Article, "corrections", article.pk)


def test_an_editor_corrects_a_story_and_takes_it_back(desk, editor, article):
    assert corrections_of(article) in desk.get(page_of(article)).content.decode()

    desk.post(corrections_of(article), {"text": "الرقم 40."})
    made = Correction.objects.standing().get()
    assert (made.text, made.by) == ("الرقم 40.", editor)

    desk.post(f"{corrections_of(article)}{made.pk}/take-back/")
    assert not Correction.objects.standing().exists()


@pytest.mark.parametrize("text", ["", " ", "ـ", "س" * 1001])
def test_a_correction_that_cannot_be_is_told_and_nothing_is_lost(desk, article, text):
    response = desk.post(corrections_of(article), {"text": text})

    assert response.status_code == 422
    assert response.context["form"].errors
    assert text in response.content.decode()
    assert not Correction.objects.exists()


def test_a_draft_is_not_corrected_in_public(desk, draft):
    article = draft()

    assert desk.get(corrections_of(article)).status_code == 200
    assert desk.post(corrections_of(article), {"text": "تصويب"}).status_code == 422
    assert corrections_of(article) not in desk.get(page_of(article)).content.decode()


def test_a_writer_corrects_nothing_in_public(writers_desk, writer, published):
    article = published(owner=writer)

    for answer in (
        writers_desk.get(corrections_of(article)),
        writers_desk.post(corrections_of(article), {"text": "تصويب"}),
    ):
        assert answer.status_code == 403
    assert not Correction.objects.exists()


def test_a_correction_of_another_story_is_not_taken_back_here(desk, article, published):
    desk.post(corrections_of(article), {"text": "الرقم 40."})
    made, other = Correction.objects.get(), published("آخر")

    assert desk.post(f"{corrections_of(other)}{made.pk}/take-back/").status_code == 404
    assert list(Correction.objects.standing()) == [made]
