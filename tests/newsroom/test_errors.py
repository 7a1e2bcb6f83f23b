"""What is more than the desk takes is answered with a page that says so, and never a traceback."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import ArchiveImage, Article
from tests.articles.desk import address

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
TOO_LONG = "س" * 500_000


@pytest.fixture
def desk(as_user, editor):
    return as_user(editor)


def send_too_much(client: Client, page: str) -> HttpResponse:
    """A form with a text of three megabytes."""
    return client.post(page, urlencode({"body": TOO_LONG}), FORM)


def test_a_story_that_is_too_long_is_told_to_be_and_leads_back_to_its_form(desk, draft):
    story = draft()
    page = address(Article, "change", story.pk)

    response = send_too_much(desk, page)

    assert response.status_code == 400
    assert (response.context["too_much"], response.context["is_kept"]) == ("length", True)
    shown = response.content.decode()
    assert '<html lang="ar" dir="rtl"' in shown
    assert f'href="{page}"' in shown
    assert Article.objects.get() == story


@pytest.mark.parametrize(
    ("sent", "too_much"),
    [
        ({f"field-{number}": "1" for number in range(1_100)}, "fields"),
        ({"body": "س" * 1_500_000}, "length"),
    ],
    ids=["fields", "length"],
)
def test_what_a_form_may_not_hold_is_named(desk, sent, too_much):
    response = desk.post(address(Article, "add"), sent)

    assert (response.status_code, response.context["too_much"]) == (400, too_much)


def test_too_many_files_are_named_and_their_form_keeps_nothing_in_the_browser(desk):
    sent = {f"file-{number}": SimpleUploadedFile("a.jpg", b"x") for number in range(101)}

    response = desk.post(address(ArchiveImage, "upload"), sent)

    assert (response.status_code, response.context["too_much"]) == (400, "files")
    assert response.context["is_kept"] is False


def test_whoever_is_not_at_the_desk_is_told_nothing_of_it(client, article):
    pages = [reverse("admin:login"), reverse("post-comment", args=[article.slug])]

    answers = [send_too_much(client, page) for page in pages]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert not any("/admin/" in answer.content.decode() for answer in answers)


# The API


def test_the_api_says_in_json_what_no_view_answers(client):
    nowhere = [client.get(f"/api/v1/{path}") for path in ("none/", "articles/a.b/")]
    unreadable = client.get("/api/v1/articles/", headers={"host": "elsewhere.example"})

    assert [answer.status_code for answer in (*nowhere, unreadable)] == [404, 404, 400]
    assert [answer.json() for answer in nowhere] == [{"detail": "غير موجود."}] * 2
    assert [*unreadable.json()] == ["detail"]


def test_an_error_of_ours_is_json_for_rest_clients_and_a_page_for_readers(article):
    client = Client(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_category RENAME TO lost")

    answer, page = client.get("/api/v1/articles/"), client.get("/")

    assert (answer.status_code, [*answer.json()]) == (500, ["detail"])
    assert (page.status_code, page["Content-Type"]) == (500, "text/html; charset=utf-8")
