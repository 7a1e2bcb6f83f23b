"""How many queries the list of articles takes, whatever is asked of it and however many there are.

The plans of these queries among 100,000 articles are for `tests/benchmarks/api.py`.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Byline, Category
from tests.articles.api import LIST
from tests.conftest import many_approved

MOST = 6
FILTERS: list[dict[str, Any]] = [
    *({}, {"ordering": "published_at"}, {"fields": "title"}),
    *({"category": "محليات"}, {"tag": "بحر"}, {"byline": "وكالة"}),
    *({"search": "المرفأ"}, {"search": "المرفا", "ordering": "published_at"}),
    *({"published_after": "2020-01-01"}, {"published_before": "2999-01-01T00:00:00Z"}),
]


@pytest.fixture
def story(published, image) -> Callable[[int], Article]:
    """Makes an article that every filter finds."""
    top = Category.objects.create(name="محليات")
    below = Category.objects.create(name="أحياء", parent=top)
    agency = Byline.objects.create(name="وكالة")

    def make(number: int) -> Article:
        made = published(
            f"عودة الصيادين إلى المرفأ {number}",
            minutes_ago=number + 1,
            category=below,
            byline=agency,
            image=image,
        )
        made.tags.add("بحر", f"وسم {number}")
        made.further_categories.add(top)
        many_approved(made, 1)
        return made

    return make


def queries_of(client: Client, query: dict[str, Any], found: int) -> list[str]:
    """What is read for a list that finds so many; what begins and ends transactions reads none."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(LIST, query)
        asked = [each["sql"].split(maxsplit=1)[0] for each in captured]
    assert len(answer.json()["results"]) == found
    return [word for word in asked if word in {"SELECT", "WITH"}]


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_a_list_takes_at_most_six_queries_and_as_many_at_three_rows_as_at_twenty(
    client, story, query
):
    for number in range(3):
        story(number)
    few = queries_of(client, query, 3)
    for number in range(3, 25):
        story(number)

    many = queries_of(client, query, 20)

    assert few == many
    assert len(many) <= MOST


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_a_later_page_takes_as_many_queries_as_the_first(client, story, query):
    for number in range(7):
        story(number)
    first = client.get(LIST, {**query, "page_size": 3})

    following = queries_of(client, {**query, "page_size": 3, "cursor": cursor_of(first)}, 3)

    assert following == queries_of(client, {**query, "page_size": 3}, 3)


def cursor_of(answer: Any) -> str:
    """The cursor of the page behind an answer."""
    _address, _sign, cursor = answer.json()["next"].partition("cursor=")
    return cursor.partition("&")[0]
