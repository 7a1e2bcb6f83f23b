"""The schema of the API tells every answer."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

OF_A_LIST = {"200", "304", "400", "406", "429"}
OF_AN_ARTICLE = OF_A_LIST | {"301", "404", "410"}
POSTED = (OF_AN_ARTICLE - {"200", "304"}) | {"201", "403"}


@pytest.fixture
def schema(client) -> dict[str, Any]:
    return client.get("/api/v1/schema/", headers={"accept": "application/json"}).json()


def test_every_operation_tells_every_answer(schema):
    told = {
        (method, path.removeprefix("/api/v1/")): {*operation["responses"]}
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    }

    assert told == {
        ("get", "articles/"): OF_A_LIST,
        ("get", "articles/{slug}/"): OF_AN_ARTICLE,
        ("get", "articles/{slug}/related/"): OF_AN_ARTICLE,
        ("get", "articles/{slug}/comments/"): OF_AN_ARTICLE,
        ("post", "articles/{slug}/comments/"): POSTED,
        ("get", "categories/"): OF_A_LIST,
        ("get", "tags/"): OF_A_LIST,
        ("get", "images/"): OF_A_LIST,
    }


def test_every_parameter_of_a_list_is_told(schema):
    told = {
        path.removeprefix("/api/v1/"): {
            each["name"] for each in operations["get"].get("parameters", ())
        }
        for path, operations in schema["paths"].items()
    }

    paged = {"cursor", "page_size"}
    assert told == {
        "articles/": {
            *("category", "tag", "byline", "search", "published_after", "published_before"),
            *("ordering", "fields", *paged),
        },
        "articles/{slug}/": {"slug", "fields"},
        "articles/{slug}/related/": {"slug", "fields"},
        "articles/{slug}/comments/": {"slug", *paged},
        "categories/": set(),
        "tags/": paged,
        "images/": paged,
    }


def test_an_article_is_told_with_the_fields_that_it_is_answered_with(schema, client, article):
    (row,) = client.get("/api/v1/articles/").json()["results"]

    assert [*schema["components"]["schemas"]["ArticleWithComments"]["properties"]] == [*row]
