"""The REST API of articles, as clients read it."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.models import Article, Byline, Category, RelatedPost
from tests.conftest import many_approved

LIST = "/api/v1/articles/"
# What the contract promises, and not one field more.
LIST_FIELDS = {
    *("id", "slug", "url", "title", "subtitle", "byline", "excerpt", "published_at", "updated_at"),
    *("language", "category", "categories", "tags", "image", "comments"),
}
DETAIL_FIELDS = LIST_FIELDS | {"body", "related"}


def detail_of(article: Article) -> str:
    return f"{LIST}{quote(article.slug)}/"


def titles(client: Client, **query: Any) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200, response.content
    return [each["title"] for each in response.json()["results"]]


@pytest.fixture
def complete(published, image) -> Article:
    """An article that has all that an article can have."""
    top = Category.objects.create(name="محليات")
    article = published(
        "موازنة الأرصفة",
        subtitle="جلسة طويلة",
        category=Category.objects.create(name="أحياء", parent=top),
        image=image,
        image_caption="الجلسة",
        excerpt="أقرها المجلس.",
    )
    article.tags.add("أرصفة")
    article.further_categories.add(Category.objects.create(name="اقتصاد"))
    many_approved(article, 3)
    return article


def test_the_detail_has_the_fields_of_the_contract(client, complete, published, image):
    picked = published("مختار")
    RelatedPost.objects.create(from_article=complete, to_article=picked)

    answer = client.get(detail_of(complete)).json()

    related = answer.pop("related")
    renditions = answer["image"].pop("renditions")
    assert answer == {
        "id": complete.pk,
        "slug": "موازنة-الأرصفة",
        "url": f"http://testserver{complete.get_absolute_url()}",
        "title": "موازنة الأرصفة",
        "subtitle": "جلسة طويلة",
        "byline": "صدى الحي",
        "excerpt": "أقرها المجلس.",
        "body": complete.body,
        "published_at": in_utc(complete.published_at),
        "updated_at": in_utc(complete.updated_at),
        "language": "ar",
        "category": {
            "slug": "أحياء",
            "name": "أحياء",
            "path": [
                {"slug": "محليات", "name": "محليات"},
                {"slug": "أحياء", "name": "أحياء"},
            ],
        },
        "categories": [{"slug": "اقتصاد", "name": "اقتصاد"}],
        "tags": [{"slug": "أرصفة", "name": "أرصفة"}],
        "image": {
            "url": f"http://testserver{image.url}",
            "width": 640,
            "height": 360,
            "alt": "قوارب صيد في المرفأ",
            "caption": "الجلسة",
            "credit": "أرشيف الجريدة",
            "is_archive": True,
        },
        "comments": {"open": True, "count": 3},
    }
    assert renditions == [
        {"url": f"http://testserver{each.url}", "width": each.width, "height": each.height}
        for each in image.renditions
    ]
    assert [each["title"] for each in related] == ["مختار"]
    assert set(client.get(detail_of(complete)).json()) == DETAIL_FIELDS


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_the_list_has_the_fields_of_the_contract_without_body_and_related(client, complete):
    answer = client.get(LIST).json()

    assert set(answer) == {"next", "previous", "results"}
    [listed] = answer["results"]
    assert set(listed) == LIST_FIELDS
    detail = client.get(detail_of(complete)).json()
    assert listed == {name: detail[name] for name in LIST_FIELDS}


def test_only_approved_comments_are_counted(client, article, pending):
    many_approved(article, 3)
    pending()

    assert client.get(detail_of(article)).json()["comments"] == {"open": True, "count": 3}


def test_an_article_without_a_picture_says_so(client, article):
    answer = client.get(detail_of(article)).json()

    assert answer["image"] is None
    assert answer["excerpt"] == "أقر المجلس البلدي موازنة الأرصفة بعد جلسة طويلة."


# Who sees what


def test_what_is_not_public_is_nowhere_in_the_api(client, article, published, draft):
    article.tags.add("سر")
    hidden = [
        draft("سرّ المسودة"),
        publishing.back_to_draft(published("سرّ العائد")),
        publishing.publish(draft("سرّ الغد"), at=timezone.now() + timedelta(hours=1)),
    ]
    for story in hidden:
        story.tags.add("سر")
        RelatedPost.objects.create(from_article=article, to_article=story)
    never = client.get(f"{LIST}لم-يكن/")

    assert titles(client) == [article.title]
    assert titles(client, search="سرّ") == []
    assert client.get(detail_of(article)).json()["related"] == []
    assert never.status_code == 404
    for story in hidden:
        response = client.get(detail_of(story))
        assert (response.status_code, response.content) == (404, never.content)


def test_a_retracted_article_answers_410(client, article):
    publishing.retract(article)

    response = client.get(detail_of(article))

    assert response.status_code == 410
    assert set(response.json()) == {"detail"}
    assert titles(client) == []


def test_a_former_slug_answers_301(client, article):
    former = detail_of(article)
    Article.objects.filter(pk=article.pk).update(slug="عنوان-جديد")

    response = client.get(former)

    assert response.status_code == 301
    assert response.headers["Location"] == f"{LIST}{quote('عنوان-جديد')}/"
    assert client.get(response.headers["Location"]).json()["id"] == article.pk


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_articles_are_only_read(client, article, method):
    for address in (LIST, detail_of(article)):
        assert getattr(client, method)(address).status_code == 405


def test_an_answer_sets_no_cookie_and_is_the_same_for_everyone(client, as_user, editor, article):
    for address in (LIST, detail_of(article), "/api/v1/schema/"):
        public, private = client.get(address), as_user(editor).get(address)
        assert public.content == private.content
        assert not public.cookies and not private.cookies
        assert "Cookie" not in public.headers.get("Vary", "")


# Filters


@pytest.fixture
def three(published) -> list[Article]:
    """Three articles that differ in all that can be filtered, newest first."""
    local = Category.objects.create(name="محليات")
    district = Category.objects.create(name="أحياء", parent=local)
    sport = Category.objects.create(name="رياضة")
    agency = Byline.objects.create(name="وكالة")
    articles = [
        published("عودة الصيادين إلى المرفأ", minutes_ago=10, category=local),
        published("افتتاح المدرسة", minutes_ago=20, category=district, byline=agency),
        published("فوز متأخر", minutes_ago=30, category=sport, subtitle="في ملعب المرفأ"),
    ]
    for article, tag in zip(articles, ("بحر", "تعليم", "بحر"), strict=True):
        article.tags.add(tag)
    return articles


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1, 2]),
        ({"category": "محليات"}, [0, 1]),
        ({"category": "أحياء"}, [1]),
        ({"category": "رياضة"}, [2]),
        ({"tag": "بحر"}, [0, 2]),
        ({"byline": "وكالة"}, [1]),
        ({"search": "المرفأ"}, [0, 2]),
        ({"search": '"الصيادين إلى"'}, [0]),
        ({"search": "المرفأ -ملعب"}, [0]),
        ({"search": "لا شيء كهذا"}, []),
        ({"tag": "بحر", "category": "محليات"}, [0]),
        ({"ordering": "-published_at"}, [0, 1, 2]),
        ({"ordering": "published_at"}, [2, 1, 0]),
        ({"page_size": "2"}, [0, 1]),
        ({"page_size": "100"}, [0, 1, 2]),
        ({"unknown": "x"}, [0, 1, 2]),
    ],
)
def test_a_filter_finds_what_it_names(client, three, query, found):
    assert titles(client, **query) == [three[each].title for each in found]


def test_articles_are_found_by_the_time_of_publication(client, three):
    middle = three[1].published_at
    newest, second, oldest = (each.title for each in three)

    assert titles(client, published_after=middle.isoformat()) == [newest, second]
    assert titles(client, published_before=middle.isoformat()) == [oldest]
    assert titles(client, published_after=in_utc(middle + timedelta(seconds=1))) == [newest]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("category", "لا-قسم"), ("category", "1"), ("category", "a\0b"), ("category", "ا" * 999)),
        *(("tag", "لا-وسم"), ("tag", "\0"), ("byline", "لا-توقيع"), ("byline", "\0")),
        *(("search", "\0"), ("published_after", "أمس"), ("published_after", "2025-13-01")),
        *(("published_before", "0"), ("published_before", "2025-01-01T25:00:00Z")),
        *(("ordering", "title"), ("ordering", ""), ("ordering", "-published_at,id")),
        *(("page_size", "0"), ("page_size", "101"), ("page_size", "-1"), ("page_size", "many")),
        *(("page_size", ""), ("page_size", "²"), ("page_size", "٥"), ("page_size", "9" * 5000)),
        *(("fields", "secret"), ("fields", "title,body"), ("fields", ""), ("fields", "title,\0")),
    ],
)
def test_a_wrong_value_is_a_400_that_names_the_filter(client, article, name, value):
    response = client.get(LIST, {name: value})

    assert response.status_code == 400
    assert list(response.json()) == [name]
    assert all(isinstance(sentence, str) and sentence for sentence in response.json()[name])


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30))
@example('"')
@example("-")
@example("or or -\"' & | ! :* <->")
@example("ا" * 10_000)
def test_any_words_can_be_searched_for(client, three, words):
    response = client.get(LIST, {"search": words})

    assert response.status_code == 200


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("name", ["published_after", "published_before"])
def test_the_ends_of_the_calendar_can_be_asked_for(client, article, name, moment):
    assert client.get(LIST, {name: moment}).status_code in {200, 400}


def test_only_the_fields_asked_for_are_answered(client, complete):
    asked = {"fields": "title, comments,url"}

    [listed] = client.get(LIST, asked).json()["results"]
    assert set(listed) == {"title", "comments", "url"}
    assert set(client.get(detail_of(complete), asked).json()) == {"title", "comments", "url"}
    assert set(client.get(detail_of(complete), {"fields": "body"}).json()) == {"body"}


def test_an_unknown_field_of_the_detail_is_a_400(client, article):
    response = client.get(detail_of(article), {"fields": "title,status"})

    assert response.status_code == 400
    assert list(response.json()) == ["fields"]
    assert "status" in response.json()["fields"][0]


# Pages


def all_pages(client: Client, address: str) -> list[list[str]]:
    pages = []
    while address:
        answer = client.get(address).json()
        pages.append([each["title"] for each in answer["results"]])
        address = answer["next"]
    return pages


@pytest.mark.parametrize("ordering", ["-published_at", "published_at"])
def test_pages_hold_every_article_once_even_at_one_moment(client, draft, ordering):
    at = timezone.now() - timedelta(hours=1)
    made = [publishing.publish(draft(f"خبر {number}"), at=at).title for number in range(5)]
    expected = made if ordering == "published_at" else made[::-1]

    pages = all_pages(client, f"{LIST}?page_size=2&ordering={ordering}")

    assert pages == [expected[0:2], expected[2:4], expected[4:]]


def test_a_cursor_is_stable_when_a_new_article_arrives(client, published):
    made = [published(f"خبر {number}", minutes_ago=10 + number).title for number in range(4)]
    first = client.get(LIST, {"page_size": 2}).json()

    published("وصل للتوّ", minutes_ago=0)

    second = client.get(first["next"]).json()
    assert [each["title"] for each in first["results"]] == made[:2]
    assert [each["title"] for each in second["results"]] == made[2:]
    back = client.get(second["previous"]).json()
    assert [each["title"] for each in back["results"]] == made[:2]
    assert titles(client, page_size=2) == ["وصل للتوّ", made[0]]


def test_a_cursor_keeps_the_filters(client, three):
    first = client.get(LIST, {"tag": "بحر", "page_size": 1, "fields": "title"}).json()
    second = client.get(first["next"]).json()

    assert second["results"] == [{"title": three[2].title}]
    assert second["next"] is None


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "%00", "cD1h\0"),
        *(
            base64.b64encode(urlencode(parts).encode()).decode()
            for parts in (
                {"p": "not a date"},
                {"p": "2025-01-01\0"},
                {"o": "-1", "p": "2025-13-40"},
                {"r": "1", "p": "9999-99-99"},
            )
        ),
    ],
)
def test_a_forged_cursor_leads_nowhere(client, three, cursor):
    assert client.get(LIST, {"cursor": cursor}).status_code == 404


# Queries and schema


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_five_queries(count, client, published, image, django_assert_num_queries):
    for number in range(count):
        article = published(f"خبر {number}", image=image)
        article.tags.add("مدارس")
        article.further_categories.add(article.category)
        many_approved(article, 1)

    with django_assert_num_queries(5):
        results = client.get(LIST).json()["results"]
    assert len(results) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_detail_takes_the_same_queries_at_one_related_story_and_at_three(
    count, client, complete, published, image, django_assert_num_queries
):
    for number in range(count):
        story = published(f"قريب {number}", image=image, category=complete.category)
        story.tags.add("أرصفة")
        story.further_categories.add(story.category)

    with django_assert_num_queries(9):
        answer = client.get(detail_of(complete)).json()
    assert len(answer["related"]) == count


@pytest.mark.django_db
def test_the_schema_is_valid_without_a_warning(tmp_path):
    file = tmp_path / "schema.yaml"

    call_command("spectacular", "--validate", "--fail-on-warn", file=str(file))

    assert "/api/v1/articles/{slug}/" in file.read_text()


@pytest.mark.django_db
def test_the_schema_and_its_page_are_served(client):
    schema = json.loads(client.get("/api/v1/schema/", {"format": "json"}).content)
    page = client.get("/api/v1/docs/")

    components = schema["components"]["schemas"]
    assert set(components["ArticleWithComments"]["properties"]) == LIST_FIELDS
    assert set(components["ArticleWithCommentsDetail"]["properties"]) == DETAIL_FIELDS
    parameters = schema["paths"][LIST]["get"]["parameters"]
    assert {each["name"] for each in parameters} == {
        *("category", "tag", "byline", "search", "published_after", "published_before"),
        *("ordering", "page_size", "fields", "cursor"),
    }
    assert page.status_code == 200
