"""The names by which a cache in front is told to drop an answer."""

import pytest

from articles.api.surrogates import SurrogateKeys
from articles.models import Category
from tests.articles.api import LIST
from tests.articles.test_api import detail_of
from tests.conftest import many_approved

pytestmark = pytest.mark.django_db


def keys(client, address: str, **query: str) -> list[str]:
    return client.get(address, query)["Surrogate-Key"].split(" ")


@pytest.fixture
def story(published, category, image):
    branch = Category.objects.create(name="الموازنة", slug="budget", parent=category)
    story = published(category=branch, image=image, no_image_reason="")
    story.tags.add("بلديات")
    return story


def rows(story) -> list[str]:
    return [
        f"article-{story.pk}",
        *(f"category-{pk}" for pk in sorted([story.category_id, story.category.parent_id])),
        f"comments-{story.pk}",
        f"byline-{story.byline_id}",
        f"image-{story.image_id}",
        f"tag-{story.tags.get().pk}",
    ]


def test_a_list_names_all_that_it_shows_and_that_it_depends_on_what_there_is(client, story):
    assert keys(client, LIST) == ["articles", *rows(story)]
    assert client.head(LIST)["Surrogate-Key"] == client.get(LIST)["Surrogate-Key"]
    assert keys(client, LIST, search="لا شيء") == ["articles"]


def test_a_list_names_no_more_than_the_fields_that_are_asked_for(client, story):
    assert keys(client, LIST, fields="title") == ["articles", f"article-{story.pk}"]
    assert keys(client, LIST, fields="title,comments,byline") == [
        "articles",
        f"article-{story.pk}",
        f"comments-{story.pk}",
        f"byline-{story.byline_id}",
    ]


def test_a_story_names_itself_and_those_in_its_box(client, story, published):
    other = published("غيره", minutes_ago=90, category=story.category)

    named = keys(client, detail_of(story))

    assert [each for each in named if each.startswith("article")] == [
        f"article-{pk}" for pk in sorted([story.pk, other.pk])
    ]
    assert {*rows(story)} <= {*named}
    assert keys(client, f"{detail_of(story)}related/", fields="id") == [
        "articles",
        f"article-{other.pk}",
    ]


def test_a_discussion_names_its_story(client, story):
    many_approved(story, 2)

    named = [f"article-{story.pk}", f"comments-{story.pk}"]
    assert keys(client, f"{detail_of(story)}comments/") == named


def test_categories_tags_and_pictures_name_what_they_list(client, story):
    categories = sorted([story.category_id, story.category.parent_id])
    names = ("categories", "tags", "images")

    assert {name: keys(client, f"/api/v1/{name}/") for name in names} == {
        "categories": ["categories", *(f"category-{pk}" for pk in categories)],
        "tags": ["articles", "tags", f"tag-{story.tags.get().pk}"],
        "images": ["articles", "images", f"image-{story.image_id}"],
    }


def test_what_shows_nothing_names_nothing(client, story, draft):
    answers = [
        client.get(LIST, {"page_size": "x"}),
        client.get(detail_of(draft("مسودة"))),
        client.options(LIST),
        client.delete(LIST),
    ]

    assert [answer.status_code for answer in answers] == [400, 404, 200, 405]
    assert not any("Surrogate-Key" in answer.headers for answer in answers)


def test_an_answer_with_very_many_rows_names_the_lesser_kinds_as_a_whole():
    surrogates = SurrogateKeys()
    for kind, last in (("article", 100), ("comments", 100), ("category", 9), ("tag", 300)):
        surrogates.show(kind, *range(10_001, 10_001 + last))
    surrogates.depend_on("article")

    named = str(surrogates).split(" ")

    assert named == [
        *("articles", "comments", "tags"),
        *(f"article-{number}" for number in range(10_001, 10_101)),
        *(f"category-{number}" for number in range(10_001, 10_010)),
    ]
    assert len(str(surrogates)) <= 2000
