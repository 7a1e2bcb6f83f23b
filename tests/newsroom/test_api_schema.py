"""The schema of the API tells every question and every answer, in English."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import api_schema
from tests.newsroom.api_operations import API, operations

pytestmark = pytest.mark.django_db

OF_A_LIST = {"200", "304", "400", "406", "429"}
OF_AN_ARTICLE = OF_A_LIST | {"301", "404", "410"}
SENT = {"400", "406", "415", "429"}
POSTED = SENT | {"201", "308", "403", "404", "410"}
AT_THE_DESK = OF_A_LIST | {"401", "403"}
OF_ONE_AT_THE_DESK = AT_THE_DESK | {"404"}
WRITTEN = SENT | {"401", "403", "409"}
CHANGED = WRITTEN | {"200", "404"}


@pytest.fixture
def component(schema) -> Callable[[str], dict[str, Any]]:
    return schema["components"]["schemas"].__getitem__


def test_every_operation_tells_every_answer(schema):
    told = {each: {*operation["responses"]} for each, operation in operations(schema).items()}

    assert told == {
        ("get", "articles/"): OF_A_LIST,
        ("get", "articles/{slug}/"): OF_AN_ARTICLE,
        ("get", "articles/{slug}/related/"): OF_AN_ARTICLE,
        ("get", "articles/{slug}/comments/"): OF_AN_ARTICLE,
        ("post", "articles/{slug}/comments/"): POSTED,
        ("get", "categories/"): OF_A_LIST,
        ("get", "tags/"): OF_A_LIST,
        ("get", "images/"): OF_A_LIST,
        ("get", "desk/articles/"): AT_THE_DESK,
        ("post", "desk/articles/"): WRITTEN | {"200", "201"},
        ("get", "desk/articles/{id}/"): OF_ONE_AT_THE_DESK,
        ("patch", "desk/articles/{id}/"): CHANGED,
        ("post", "desk/articles/{id}/submit/"): CHANGED,
        ("get", "desk/images/"): AT_THE_DESK,
        ("post", "desk/images/"): WRITTEN | {"201"},
        ("get", "desk/images/{id}/"): OF_ONE_AT_THE_DESK,
        ("get", "desk/comments/"): AT_THE_DESK,
        ("get", "desk/comments/{id}/"): OF_ONE_AT_THE_DESK,
        ("get", "desk/comments/{id}/decisions/"): OF_ONE_AT_THE_DESK,
        ("post", "desk/comments/{id}/decisions/"): CHANGED,
    }


def test_operations_have_the_names_and_the_groups_that_a_client_wants(schema):
    assert {
        operation["operationId"]: operation["tags"] for operation in operations(schema).values()
    } == {
        "list_articles": ["articles"],
        "get_article": ["articles"],
        "list_related_articles": ["articles"],
        "list_comments": ["comments"],
        "post_comment": ["comments"],
        "list_categories": ["categories"],
        "list_tags": ["tags"],
        "list_images": ["images"],
        **{
            name: ["desk"]
            for name in (
                *("list_stories", "write_draft", "get_story", "change_draft", "submit_draft"),
                *("list_pictures", "add_picture", "get_picture"),
                *("list_queue", "get_queued_comment", "list_decisions", "decide"),
            )
        },
    }


def test_every_parameter_is_told(schema):
    if_unchanged = {"IfNoneMatch", "IfModifiedSince"}
    told = {
        each: {
            parameter.get("name") or parameter["$ref"].rpartition("/")[2]
            for parameter in operation["parameters"]
        }
        for each, operation in operations(schema).items()
    }

    paged = {"cursor", "page_size"} | if_unchanged
    assert told == {
        ("get", "articles/"): {
            *("category", "tag", "byline", "search", "published_after", "published_before"),
            *("ordering", "fields", *paged),
        },
        ("get", "articles/{slug}/"): {"slug", "fields", *if_unchanged},
        ("get", "articles/{slug}/related/"): {"slug", "fields", *if_unchanged},
        ("get", "articles/{slug}/comments/"): {"slug", *paged},
        ("post", "articles/{slug}/comments/"): {"slug"},
        ("get", "categories/"): if_unchanged,
        ("get", "tags/"): paged,
        ("get", "images/"): paged,
        ("get", "desk/articles/"): {"status", "mine", *paged},
        ("post", "desk/articles/"): {"Idempotency-Key"},
        ("get", "desk/articles/{id}/"): {"id", *if_unchanged},
        ("patch", "desk/articles/{id}/"): {"id"},
        ("post", "desk/articles/{id}/submit/"): {"id"},
        ("get", "desk/images/"): paged,
        ("post", "desk/images/"): set(),
        ("get", "desk/images/{id}/"): {"id", *if_unchanged},
        ("get", "desk/comments/"): {
            *("q", "article", "rule", "commenter", "since", "until", "order", "tab", *paged),
        },
        ("get", "desk/comments/{id}/"): {"id", *if_unchanged},
        ("get", "desk/comments/{id}/decisions/"): {"id", *if_unchanged},
        ("post", "desk/comments/{id}/decisions/"): {"id"},
    }


@pytest.mark.parametrize("path", ["articles/", "articles/{slug}/", "articles/{slug}/related/"])
def test_fields_takes_the_names_of_what_is_answered_and_no_other(schema, component, path):
    operation = operations(schema)["get", path]
    (fields,) = (each for each in operation["parameters"] if each.get("name") == "fields")

    row = component("ArticleInFull" if path == "articles/{slug}/" else "Article")
    assert (fields["style"], fields["explode"]) == ("form", False)
    assert fields["schema"]["items"]["enum"] == [*row["properties"]]
    assert "required" not in row


def test_headers_of_answers_are_told(schema):
    told = {
        (path, status): {*answer["headers"]}
        for (method, path), operation in operations(schema).items()
        for status, answer in operation["responses"].items()
        if method == "get" and path in {"articles/", "articles/{slug}/"} and "headers" in answer
    }

    bytes_known = {"ETag", "Last-Modified"}
    assert told == {
        ("articles/", "200"): bytes_known | {"Link"},
        ("articles/", "304"): {"ETag"},
        ("articles/", "429"): {"Retry-After"},
        ("articles/{slug}/", "200"): bytes_known,
        ("articles/{slug}/", "301"): {"Location"},
        ("articles/{slug}/", "304"): {"ETag"},
        ("articles/{slug}/", "429"): {"Retry-After"},
    }


def test_all_is_described(schema):
    components = schema["components"]
    parameters = [
        each
        for operation in operations(schema).values()
        for each in operation["parameters"]
        if "$ref" not in each
    ]
    properties = [
        {"name": f"{name}.{field}", **told}
        for name, told_of in components["schemas"].items()
        for field, told in told_of.get("properties", {}).items()
        if field != "results"
    ]
    told = [*parameters, *properties, *components["parameters"].values()]
    told += [*components["headers"].values(), *schema["tags"]]
    told += [
        answer
        for operation in operations(schema).values()
        for answer in [operation, *operation["responses"].values()]
    ]

    assert [each for each in told if not each.get("description")] == []
    assert [each for each in operations(schema).values() if not each["summary"]] == []


def without_examples(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: each for name, each in value.items() if name not in {"example", "examples"}}
        return {name: without_examples(each) for name, each in kept.items()}
    return [without_examples(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_schema_is_in_english_whatever_the_site_speaks(client, schema, settings, language):
    settings.LANGUAGE_CODE = language
    told = client.get("/api/v1/schema/", headers={"accept": "application/json"}).json()

    assert told == schema
    assert re.findall("[ء-ي]+", str(without_examples(told))) == []


def test_no_label_of_the_desk_is_a_title(schema):
    def titled(value: Any) -> Iterator[Any]:
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            if name == "title" and isinstance(each, str):
                yield each
            elif isinstance(each, dict | list):
                yield from titled(each)

    assert [*titled(without_examples(schema["paths"]))] == []
    assert [*titled(without_examples(schema["components"]))] == []


# What is answered


def test_an_article_is_told_with_the_fields_that_it_is_answered_with(component, client, article):
    (row,) = client.get("/api/v1/articles/").json()["results"]

    assert [*component("Article")["properties"]] == [*row]


def test_a_related_article_is_told_with_the_fields_that_it_is_answered_with(
    schema, component, client, article, published
):
    published("قصة ثانية")
    related = client.get(f"{API}articles/{article.slug}/related/").json()["results"]
    content = operations(schema)["get", "articles/{slug}/related/"]["responses"]["200"]["content"]

    told = component("PaginatedArticleList")["properties"]["results"]["items"]["$ref"]
    assert content["application/json"]["schema"]["$ref"].endswith("/PaginatedArticleList")
    assert told.endswith("/Article")
    assert [[*row] for row in related] == [[*component("Article")["properties"]]]


# The stored schema


def test_the_stored_schema_is_the_one_that_is_served():
    assert api_schema.check() == [], api_schema.HINT
