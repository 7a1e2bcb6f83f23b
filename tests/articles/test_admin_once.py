"""A form of a new story that is sent twice makes one story."""

from uuid import uuid4

import pytest
from django.contrib import messages
from django.db import IntegrityError

from articles import publishing
from articles.admin.unsaved import SAVED_COOKIE
from articles.models import Article
from tests.articles.desk import address
from tests.conftest import staff, while_another_waits

ADD = "/admin/articles/article/add/"
TYPING = "0123456789abcdef0123456789abcdef0123"


def key_of(desk) -> str:
    """The key that a fresh form holds."""
    return str(desk.get(ADD).context["form_key"])


def test_a_form_holds_a_key_that_no_other_form_has(desk, draft):
    assert len({key_of(desk) for _form in range(3)}) == 3
    page = desk.get(ADD)
    assert f'name="form_key" value="{page.context["form_key"]}"' in page.content.decode()
    assert "form_key" not in desk.get(address(Article, "change", draft().pk)).context


def test_the_second_of_two_is_led_to_the_story_of_the_first(desk, story):
    sent = story(form_key=key_of(desk), tags="مدارس، بحر", _addanother="1")

    first = desk.post(ADD, sent)
    second = desk.post(ADD, {**sent, "typing": TYPING})

    made = Article.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == address(Article, "change", made.pk)
    assert [each.level for each in messages.get_messages(second.wsgi_request)][-1] == messages.INFO
    assert second.cookies[SAVED_COOKIE].value == TYPING


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_makes_the_story(as_user, story):
    desk = as_user(staff("editor"))
    sent = story(form_key=str(uuid4()), _publish="1")

    first, second = while_another_waits(
        lambda: desk.post(ADD, sent), lambda: as_user_again(desk).post(ADD, sent)
    )

    made = Article.objects.get()
    assert made.status == "published"
    assert first["Location"] == second["Location"] == address(Article, "change", made.pk)


def as_user_again(desk):
    """Another connection of the same browser."""
    other = type(desk)()
    other.cookies = desk.cookies
    return other


def test_what_happened_with_the_story_since_does_not_matter(desk, editor, story, draft):
    sent = story(draft("مختار"), form_key=key_of(desk))
    desk.post(ADD, sent)
    made = Article.objects.get(title=sent["title"])
    made.title = "عنوان آخر"
    made.save()
    publishing.publish(made, by=editor)

    second = desk.post(ADD, sent)

    assert second["Location"] == address(Article, "change", made.pk)
    assert Article.objects.count() == 2


def test_a_form_that_says_something_else_by_now_makes_another_story(desk, story):
    key = key_of(desk)
    for title in ("أول", "ثان", "ثالث"):
        desk.post(ADD, story(form_key=key, title=title))

    assert list(Article.objects.order_by("id").values_list("title", flat=True)) == [
        *("أول", "ثان", "ثالث"),
    ]


def test_a_refused_form_keeps_its_key_and_makes_its_story_later(desk, story):
    key = key_of(desk)

    refused = desk.post(ADD, story(form_key=key, title=""))
    desk.post(ADD, story(form_key=str(refused.context["form_key"])))
    desk.post(ADD, story(form_key=key))

    assert Article.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "x", "0", "\x01", "1" * 40, "{}"])
def test_a_key_that_is_none_makes_a_story_each_time(desk, story, forged):
    for _time in range(2):
        assert desk.post(ADD, story(form_key=forged)).status_code == 302

    assert Article.objects.count() == 2


def test_the_key_of_somebody_else_leads_to_no_story_of_theirs(desk, as_user, writer, story):
    key = key_of(desk)
    desk.post(ADD, story(form_key=key))

    as_user(writer).post(ADD, story(form_key=key))

    assert Article.objects.filter(form_key=key).count() == 2
    assert set(Article.objects.values_list("owner__username", flat=True)) == {"editor", "writer"}


def test_the_database_takes_no_second_story_of_one_form(draft, editor):
    key = uuid4()
    draft("أول", owner=editor, form_key=key)

    with pytest.raises(IntegrityError, match="article_made_once_by_its_form"):
        draft("ثان", owner=editor, form_key=key)
