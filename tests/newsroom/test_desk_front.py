"""The desk's first page: each block for whom it concerns, and never many queries."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.articles.stories import scheduled, sent_back, sent_in, story
from tests.conftest import many_approved

pytestmark = pytest.mark.django_db

FRONT = "/admin/"


def blocks(client) -> list[str]:
    return [block.name for block in client.get(FRONT).context["blocks"]]


def content(client, name: str):
    shown = client.get(FRONT).context["blocks"]
    return next(block.content for block in shown if block.name == name)


def titles(client, name: str) -> list[str]:
    return [line.article.title for line in content(client, name)]


def links(client) -> list[str]:
    return [address for address, _words in client.get(FRONT).context["buttons"]]


def test_each_role_sees_the_blocks_that_concern_it(as_user, writer, editor, moderator):
    chief = User.objects.create_superuser("chief")

    assert blocks(as_user(writer)) == ["drafts", "review", "going_out", "discussed", "published"]
    assert blocks(as_user(editor)) == ["review", "going_out", "drafts", "discussed", "published"]
    assert blocks(as_user(moderator)) == ["comments", "discussed"]
    assert blocks(as_user(chief)) == [
        *("review", "going_out", "drafts", "comments", "discussed", "published"),
    ]


def test_somebody_without_any_right_sees_an_empty_desk(as_user):
    nobody = User.objects.create_user("nobody", is_staff=True)

    assert blocks(as_user(nobody)) == []
    assert links(as_user(nobody)) == []


def test_the_buttons_are_for_whoever_may_use_them(as_user, writer, moderator):
    assert links(as_user(writer)) == [
        "/admin/articles/article/add/",
        "/admin/articles/archiveimage/upload/",
    ]
    assert links(as_user(moderator)) == []


def test_a_writer_sees_own_stories_and_an_editor_everybodys(as_user, writer, editor):
    soon = timezone.now() + timedelta(hours=1)
    sent_in("للكاتب", writer)
    sent_in("للمحرر", editor)
    scheduled("مجدول للكاتب", writer, editor, soon)
    scheduled("مجدول للمحرر", editor, editor, soon + timedelta(hours=1))
    sent_back("أعيدت", writer, editor, "أضف المصدر")

    assert titles(as_user(writer), "review") == ["للكاتب"]
    assert titles(as_user(writer), "going_out") == ["مجدول للكاتب"]
    assert titles(as_user(writer), "drafts") == ["أعيدت"]
    assert titles(as_user(editor), "review") == ["للكاتب", "للمحرر"]
    assert titles(as_user(editor), "going_out") == ["مجدول للكاتب", "مجدول للمحرر"]
    assert titles(as_user(editor), "drafts") == []


def test_a_title_and_a_note_are_shown_as_text(as_user, writer, editor):
    sent_back("<b>عنوان</b>", writer, editor, "<i>ملاحظة</i>")

    page = as_user(writer).get(FRONT).content.decode()

    assert "&lt;b&gt;عنوان&lt;/b&gt;" in page
    assert "&lt;i&gt;ملاحظة&lt;/i&gt;" in page


def test_the_comments_that_wait_are_counted_as_the_queue_counts_them(
    as_user, moderator, pending, article
):
    pending()
    pending(email="other@example.org", body="تعليق آخر")

    waiting = content(as_user(moderator), "comments")

    assert waiting.pending == 2


def test_a_moderator_reaches_a_discussion_and_no_form_of_a_story(as_user, moderator, article):
    many_approved(article, 2)

    page = as_user(moderator).get(FRONT).content.decode()

    assert f"/admin/comments/comment/?tab=approved&amp;article={article.pk}" in page
    assert f"/admin/articles/article/{article.pk}/change/" not in page


def test_every_block_leads_to_a_list_that_opens(as_user, writer, editor):
    soon = timezone.now() + timedelta(hours=1)
    sent_in("تنتظر", writer)
    scheduled("مجدولة", writer, editor, soon)
    story("مسودة", owner=writer)
    for user in (writer, editor):
        client = as_user(user)
        for block in client.get(FRONT).context["blocks"]:
            if block.more:
                listed = client.get(block.more)
                assert listed.status_code == 200
                own = [line.article.pk for line in block.content]
                assert {row.pk for row in listed.context["cl"].result_list} >= set(own)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_few_queries_however_much_there_is(
    count, as_user, writer, editor, published, pending, django_assert_num_queries
):
    chief = User.objects.create_superuser("chief")
    for number in range(count):
        sent_in(f"تنتظر {number}", writer)
        sent_back(f"أعيدت {number}", chief, editor, "لماذا")
        scheduled(f"مجدولة {number}", writer, editor, timezone.now() + timedelta(hours=number + 1))
        many_approved(published(f"منشورة {number}"), 2)
        pending(email=f"reader{number}@example.org", body=f"تعليق {number}")
    asked = {chief: 10, editor: 11, writer: 10}

    for user, queries in asked.items():
        client = as_user(user)
        with django_assert_num_queries(queries):
            client.get(FRONT)
