"""The lists of the API: what each filter finds and refuses, and how pages follow each other."""

import base64
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.models import Article, Byline, Category
from tests.articles.api import LIST, all_pages, in_utc, titles


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


# Filters


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
        *(("category", ""), ("tag", ""), ("byline", ""), ("search", ""), ("cursor", "")),
        *(("published_after", ""), ("published_before", "")),
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


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+12:00"]
)
def test_everything_was_published_after_the_beginning_of_the_calendar(client, article, moment):
    assert titles(client, published_after=moment) == [article.title]
    assert titles(client, published_before=moment) == []


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00"]
)
def test_everything_was_published_before_the_end_of_the_calendar(client, article, moment):
    assert titles(client, published_before=moment) == [article.title]
    assert titles(client, published_after=moment) == []


@pytest.mark.parametrize("offset", ["-16:14", "+23:59", "-23:59"])
def test_a_moment_may_be_told_by_any_clock(client, article, offset):
    assert titles(client, published_after=f"2025-01-08T07:11:08{offset}") == [article.title]
    assert titles(client, published_before=f"2025-01-08T07:11:08{offset}") == []


# Pages


@pytest.mark.parametrize("ordering", ["-published_at", "published_at"])
def test_pages_hold_every_article_once_even_at_one_moment(client, draft, ordering):
    at = timezone.now() - timedelta(hours=1)
    made = [publishing.publish(draft(f"خبر {number}"), at=at).title for number in range(5)]
    expected = made if ordering == "published_at" else made[::-1]

    pages = all_pages(client, f"{LIST}?page_size=2&ordering={ordering}", "title")

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


def test_a_cursor_may_be_written_by_any_clock(client, three):
    parts = [0, "2099-01-01T00:00:00-23:59", "1"]
    cursor = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")

    assert len(client.get(LIST, {"cursor": cursor}).json()["results"]) == len(three)


def test_a_forged_cursor_of_names_is_refused(client, three):
    cursor = base64.urlsafe_b64encode(json.dumps([0, "\ud800", "1"]).encode()).decode()

    answer = client.get("/api/v1/tags/", {"cursor": cursor.rstrip("=")})

    assert (answer.status_code, [*answer.json()]) == (400, ["cursor"])


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "x", "%00", "cD1h\0", "🙂", "W" * 5000),
        *(
            base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
            for parts in (
                *(1, {}, [], [0], [0, "2025-01-01T00:00:00Z"], "text"),
                *([0, "not a date", "1"], [0, "2025-01-01T00:00:00", "1"]),
                *([0, "2025-01-01T00:00:00Z", 1], [2, "2025-01-01T00:00:00Z", "1"]),
                *([0, "2025-13-40T00:00:00Z", "1"], [0, "2025-01-01T00:00:00Z", "-1"]),
                *([0, "2025-01-01T00:00:00Z", "9" * 30], [[0], "2025-01-01T00:00:00Z", "1"]),
                *([0, "\ud800", "1"], [0, "0001-01-01T00:00:00+23:59", "1"]),
            )
        ),
    ],
)
def test_a_forged_cursor_is_refused_by_its_name(client, three, cursor):
    response = client.get(LIST, {"cursor": cursor})

    assert (response.status_code, [*response.json()]) == (400, ["cursor"])
