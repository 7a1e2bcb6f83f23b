"""Deleting stories: what the page tells of what goes along, and which stories stay."""

import re

import pytest
from django.contrib import messages
from django.contrib.auth.models import Permission
from django.utils import translation

from articles import presence, previews, publishing
from articles.models import Article, Category, RelatedPost, Tag
from comments import policy
from comments.models import ArticlePolicy
from tests.articles.desk import address
from tests.conftest import staff, while_another_waits

LIST = "/admin/articles/article/"


@pytest.fixture
def story(draft, image, category, editor, writer) -> Article:
    """A draft with a row of every kind that goes with it."""
    body = f'<p>نص.</p><figure data-picture="{image.pk}"></figure>'
    made = draft("يُحذف", body=body)
    made.tags.add("مدارس")
    made.further_categories.add(category)
    RelatedPost.objects.create(from_article=made, to_article=draft("مختار"))
    previews.make_link(made, by=editor)
    presence.sign_of_life(made, writer, "visit")
    ArticlePolicy.objects.create(article=made, mode="closed")
    return made


def chosen(*stories: Article, **more) -> dict:
    return {
        "action": "delete_selected",
        "_selected_action": [each.pk for each in stories],
        **more,
    }


def told(page) -> list:
    """What the page says goes: each story, and how much is told of what is lost with it."""
    return [
        len(each) if isinstance(each, list) else re.findall(r"/article/(\d+)/", each)
        for each in page.context["deleted_objects"]
    ]


def test_the_page_tells_what_an_editor_would_miss_and_nothing_of_tables(desk, draft, story):
    picking = draft("يشير إليه")
    RelatedPost.objects.create(from_article=picking, to_article=story)

    page = desk.get(address(Article, "delete", story.pk))

    assert told(page) == [[str(story.pk)], 3]
    lost = page.context["deleted_objects"][1]
    assert f"/article/{picking.pk}/" in lost[0]
    assert "writer" in lost[1]
    assert not re.search("article-category|relationship", page.content.decode())


def test_a_story_with_nothing_on_it_is_told_by_itself(desk, draft):
    story = draft()

    assert told(desk.get(address(Article, "delete", story.pk))) == [[str(story.pk)]]


def test_the_story_goes_with_all_that_hangs_on_it(desk, story):
    assert desk.post(address(Article, "delete", story.pk), {"post": "yes"}).status_code == 302

    assert not Article.objects.filter(pk=story.pk).exists()
    assert not ArticlePolicy.objects.exists()


def test_several_go_together(desk, draft, story):
    both = (story, draft("آخر"))

    asked = desk.post(LIST, chosen(*both))
    assert [asked.status_code, asked.context["protected"]] == [200, []]
    desk.post(LIST, chosen(*both, post="yes"))

    assert not Article.objects.filter(pk__in=[each.pk for each in both]).exists()


@pytest.mark.parametrize("way", ["sent in", "published", "discussed"])
def test_a_story_with_a_record_stays_and_the_page_says_which(desk, draft, writer, way):
    kept, other = draft("له سجل", owner=writer), draft("آخر")
    if way == "sent in":
        publishing.back_to_draft(publishing.submit(kept))
    elif way == "published":
        publishing.retract(publishing.publish(kept))
    else:
        policy.change(ArticlePolicy(article=kept), {"mode": "closed"})
    page = address(Article, "delete", kept.pk)

    asked = desk.post(LIST, chosen(kept, other))
    forced = desk.post(LIST, chosen(kept, other, post="yes"))

    for answer in (asked, forced):
        assert answer.status_code == 200
        assert [re.findall(r"/article/(\d+)/", each) for each in answer.context["protected"]] == [
            [str(kept.pk)]
        ]
    assert desk.get(page).status_code == (403 if way == "published" else 200)
    assert desk.post(page, {"post": "yes"}).status_code == (403 if way == "published" else 200)
    assert Article.objects.filter(pk__in=[kept.pk, other.pk]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_in_while_it_is_deleted_stays(as_user, draft):
    desk, kept = as_user(staff("editor")), draft()

    _submitted, page = while_another_waits(
        lambda: publishing.submit(kept),
        lambda: desk.post(address(Article, "delete", kept.pk), {"post": "yes"}),
    )

    assert len(page.context["protected"]) == 1
    assert Article.objects.get() == kept


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_in_while_several_are_deleted_keeps_them_all(as_user, draft):
    desk, kept, other = as_user(staff("editor")), draft(), draft("آخر")

    _submitted, page = while_another_waits(
        lambda: publishing.submit(kept),
        lambda: desk.post(LIST, chosen(kept, other, post="yes")),
    )

    assert (page.status_code, page["Location"]) == (302, LIST)
    levels = [message.level for message in messages.get_messages(page.wsgi_request)]
    assert levels == [messages.WARNING]
    assert set(Article.objects.all()) == {kept, other}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_of_a_category_and_a_tag_it_is_told_how_many_stories_lose_it(as_user, chief, draft, count):
    desk = as_user(chief)
    category, tag = Category.objects.create(name="فرع"), Tag.objects.create(name="وسم")
    for _story in range(count):
        story = draft()
        story.further_categories.add(category)
        story.tags.add(tag)

    with translation.override("en"):
        for row in (category, tag):
            page = desk.get(address(type(row), "delete", row.pk))
            name, lost = page.context["deleted_objects"]
            assert (name, re.findall(r"\d+", lost[0])) == (str(row), [str(count)])
            assert desk.post(page.request["PATH_INFO"], {"post": "yes"}).status_code == 302

    assert Article.objects.count() == count


def test_a_category_in_which_stories_stand_first_stays(as_user, chief, category, draft):
    story = draft()

    page = as_user(chief).get(address(Category, "delete", category.pk))

    assert [str(story.pk)] == re.findall(r"/article/(\d+)/", "".join(page.context["protected"]))


def test_a_story_that_picked_it_is_not_named_to_whoever_may_not_see_it(as_user, draft, published):
    owner = staff("writer")
    owner.user_permissions.add(Permission.objects.get(codename="delete_article"))
    own, secret = draft("مسودته", owner=owner), draft("سر")
    RelatedPost.objects.create(from_article=secret, to_article=own)

    assert told(as_user(owner).get(address(Article, "delete", own.pk))) == [[str(own.pk)]]
