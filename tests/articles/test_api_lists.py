"""The lists of the API: what all have in common; related articles, categories, tags, pictures."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import ArchiveImage, Article, Category, RelatedPost
from tests.articles.api import LIST
from tests.articles.test_api import LIST_FIELDS, detail_of

CATEGORIES, TAGS, IMAGES = (f"/api/v1/{name}/" for name in ("categories", "tags", "images"))
SITE = "http://testserver"


def related_of(article: Article) -> str:
    return f"{detail_of(article)}related/"


def rows(client: Client, address: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(address, query).json()
    assert [*answer] == ["next", "previous", "results"]
    return answer["results"]


# Every list


@pytest.mark.parametrize("address", [LIST, CATEGORIES, TAGS, IMAGES, "related", "detail"])
def test_a_parameter_that_nobody_knows_is_refused_by_its_name(client, article, address):
    own = {"related": related_of(article), "detail": detail_of(article)}

    response = client.get(own.get(address, address), {"catgory": "x", "دليل": "١"})

    assert (response.status_code, [*response.json()]) == (400, ["catgory", "دليل"])


def test_the_addresses_of_the_pages_beside_are_also_in_a_header(client, published):
    for number in range(3):
        published(f"خبر {number}", minutes_ago=number)
    first = client.get(LIST, {"page_size": 1})
    second = client.get(first.json()["next"])
    whole = client.get(LIST)

    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert re.findall('<(.*?)>; rel="(.*?)"', second["Link"]) == [
        (second.json()["next"], "next"),
        (second.json()["previous"], "prev"),
    ]
    assert "Link" not in whole.headers


@pytest.mark.parametrize("ordering", ["-published_at", "published_at"])
def test_whoever_pages_on_while_stories_come_and_go_meets_all_that_stay_once(
    client, draft, ordering
):
    at = timezone.now() - timedelta(days=1)
    stay, go = (
        [publishing.publish(draft(f"{name} {number}"), at=at) for number in range(12)]
        for name in ("يبقى", "يُسحب")
    )

    met, address = [], f"{LIST}?page_size=5&ordering={ordering}&fields=id"
    while address:
        answer = client.get(address).json()
        met += [each["id"] for each in answer["results"]]
        publishing.publish(draft("جديد"), at=at)
        if go:
            publishing.retract(go.pop())
        address = answer["next"]

    assert len(met) == len(set(met))
    assert {story.pk for story in stay} <= set(met)


def test_a_page_of_which_all_was_retracted_meanwhile_is_empty_and_the_last(client, published):
    stories = [published(f"خبر {number}", minutes_ago=number) for number in range(4)]
    first = client.get(LIST, {"page_size": 2}).json()
    for story in stories[2:]:
        publishing.retract(story)

    second = client.get(first["next"]).json()

    assert second == {"next": None, "previous": None, "results": []}


# Related articles


def test_related_articles_are_those_of_the_box_in_its_order(client, published, category):
    other = Category.objects.create(name="رياضة")
    article = published("المقال")
    near, picked = published("قريب"), published("مختار", category=other)
    RelatedPost.objects.create(from_article=article, to_article=picked, position=0)
    publishing.retract(published("مسحوب"))

    results = rows(client, related_of(article))

    assert [each["title"] for each in results] == [picked.title, near.title]
    assert set(results[0]) - {"renditions"} == LIST_FIELDS
    assert rows(client, related_of(article), fields="title") == [
        {"title": picked.title},
        {"title": near.title},
    ]


def test_related_articles_of_what_moved_is_gone_or_never_was(client, published, draft):
    moved, gone = published("قديم"), published("مسحوب")
    old = related_of(moved)
    Article.objects.filter(pk=moved.pk).update(slug="جديد")
    moved.refresh_from_db()
    publishing.retract(gone)

    answers = [client.get(each) for each in (old, related_of(gone), related_of(draft("مسودة")))]

    assert [each.status_code for each in answers] == [301, 410, 404]
    assert answers[0]["Location"] == related_of(moved)


@pytest.mark.parametrize("count", [1, 3])
def test_related_articles_take_the_same_queries_at_one_and_at_three(
    count, client, article, published, django_assert_num_queries
):
    for number in range(count):
        published(f"قريب {number}").tags.add("مدارس")

    with django_assert_num_queries(5):
        assert len(rows(client, related_of(article))) == count


# Categories


def test_categories_are_answered_as_a_tree_in_its_order(client, django_assert_num_queries, db):
    second = Category.objects.create(name="ثقافة", position=2)
    first = Category.objects.create(name="محليات", position=1)
    below = Category.objects.create(name="أحياء", parent=first)

    with django_assert_num_queries(1):
        results = rows(client, CATEGORIES)

    def short(category: Category) -> dict[str, str]:
        return {"slug": category.slug, "name": category.name}

    assert results == [
        short(category)
        | {"path": [*map(short, path)], "url": f"{SITE}{category.get_absolute_url()}"}
        for category, path in ((first, [first]), (below, [first, below]), (second, [second]))
    ]


# Tags


def test_the_tags_of_public_articles_alone_are_listed_by_their_names(client, published, draft):
    published("أول").tags.add("مدارس", "بحر")
    published("ثان").tags.add("بحر", "زراعة")
    draft("مسودة").tags.add("سرّ")

    first = client.get(TAGS, {"page_size": 2}).json()
    second = client.get(first["next"]).json()

    assert [[each["name"] for each in page["results"]] for page in (first, second)] == [
        ["بحر", "زراعة"],
        ["مدارس"],
    ]
    assert first["results"][0] == {
        "slug": "بحر",
        "name": "بحر",
        "url": f"{SITE}/tag/%D8%A8%D8%AD%D8%B1/",
    }
    assert client.get(second["previous"]).json()["results"] == first["results"]


# Pictures


@pytest.fixture
def picture(image: ArchiveImage) -> Callable[[str], ArchiveImage]:
    def make(alt: str) -> ArchiveImage:
        number = ArchiveImage.objects.count()
        image.pk, image.alt, image.sha256 = None, alt, f"{number:064x}"
        image._state.adding = True
        ArchiveImage.objects.bulk_create([image])
        return ArchiveImage.objects.latest("pk")

    return make


def test_the_pictures_of_public_articles_alone_are_listed_the_newest_first(
    client, published, draft, picture
):
    above, within, secret, _unused = map(picture, ("أعلى", "في النص", "سرّ", "لا أحد"))
    published("أول", image=above)
    published("ثان", body=f'<p>نص.</p><figure data-picture="{within.pk}"></figure>')
    draft("مسودة", image=secret)

    results = rows(client, IMAGES)

    assert [each["alt"] for each in results] == ["في النص", "أعلى"]
    assert [*results[0]] == [
        *("url", "width", "height", "alt", "caption", "credit", "is_archive", "renditions")
    ]
    assert [each["alt"] for each in rows(client, IMAGES, page_size=1)] == ["في النص"]


@pytest.mark.parametrize("count", [1, 3])
def test_tags_and_pictures_take_one_query(
    count, client, published, picture, django_assert_num_queries
):
    for number in range(count):
        published(f"خبر {number}", image=picture(f"صورة {number}")).tags.add(f"وسم {number}")

    for address in (TAGS, IMAGES):
        with django_assert_num_queries(1):
            assert len(rows(client, address)) == count


def test_a_list_is_only_read(client, article):
    for address in (CATEGORIES, TAGS, IMAGES, related_of(article)):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(address).status_code == 405
