"""The schema of the API tells every question and answer: in English, with Arabic examples."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft4Validator

from articles import publishing
from comments.models import Comment
from tests import api_schema
from tests.comments.test_api import address as discussion_of
from tests.conftest import comment_data, many_approved

pytestmark = pytest.mark.django_db

API = "/api/v1/"
OF_A_LIST = {"200", "304", "400", "406", "429"}
OF_AN_ARTICLE = OF_A_LIST | {"301", "404", "410"}
POSTED = {"201", "308", "400", "403", "404", "406", "410", "415", "429"}


@pytest.fixture
def schema(client) -> dict[str, Any]:
    return client.get("/api/v1/schema/", headers={"accept": "application/json"}).json()


@pytest.fixture
def component(schema) -> Callable[[str], dict[str, Any]]:
    return schema["components"]["schemas"].__getitem__


def operations(schema: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Each operation by its method and its address below that of the API."""
    return {
        (method, path.removeprefix(API)): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


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


# Examples


def bodies(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each body that is sent or answered, by its operation and status."""
    for operation in operations(schema).values():
        name = operation["operationId"]
        told = {"sent": operation.get("requestBody", {}), **operation["responses"]}
        for status, each in told.items():
            for content in each.get("content", {}).values():
                yield f"{name} {status}", content


def examples(content: dict[str, Any]) -> list[Any]:
    named = [each["value"] for each in content.get("examples", {}).values()]
    return named + ([content["example"]] if "example" in content else [])


def test_every_body_has_an_example_in_arabic(schema):
    told = {name: re.findall("[ء-ي]+", str(examples(each))) for name, each in bodies(schema)}

    assert [name for name, words in told.items() if not words] == ["post_comment 201"]


def as_json_schema(value: Any) -> Any:
    """With what OpenAPI 3.0 calls `nullable` as JSON Schema says it."""
    if isinstance(value, list):
        return [as_json_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    said = {name: as_json_schema(each) for name, each in value.items() if name != "nullable"}
    return {"anyOf": [said, {"type": "null"}]} if value.get("nullable") else said


def test_every_example_is_what_its_schema_says(schema):
    components = as_json_schema(schema["components"])
    wrong = [
        (name, error.message)
        for name, content in bodies(schema)
        for shown in examples(content)
        for error in Draft4Validator(
            {"allOf": [content["schema"]], "components": components}
        ).iter_errors(shown)
    ]

    assert wrong == []


def shown(schema: dict[str, Any], operation: str, status: str) -> Any:
    return next(
        examples(each)[0] for name, each in bodies(schema) if name == f"{operation} {status}"
    )


def keys(value: Any) -> Any:
    """The names in it, all the way down, of lists in their first row."""
    if isinstance(value, dict):
        return {name: keys(each) for name, each in value.items()}
    return [keys(each) for each in value[:1]] if isinstance(value, list) else None


def test_the_examples_have_the_fields_of_real_answers(schema, client, published, image):
    story, other = published("قصة", image=image), published("قصة ثانية", minutes_ago=70)
    for each in (story, other):
        each.tags.add("مطر")
        each.further_categories.add(each.category)
    many_approved(story, 1)
    paths = {
        "list_articles": "articles/?page_size=1",
        "get_article": f"articles/{story.slug}/",
        "list_comments": f"articles/{story.slug}/comments/",
        "list_categories": "categories/",
        "list_tags": "tags/",
        "list_images": "images/",
    }

    for operation, path in paths.items():
        answer = client.get(f"{API}{path}").json()
        assert keys(shown(schema, operation, "200")) == keys(answer)
    accepted = client.post(discussion_of(story), comment_data(), content_type="application/json")
    assert keys(shown(schema, "post_comment", "201")) == keys(accepted.json())


def test_the_example_of_a_comment_can_be_posted(schema, client, article):
    (parent,) = many_approved(article, 1)
    sent = shown(schema, "post_comment", "sent") | {"parent": parent.pk}

    answer = client.post(discussion_of(article), sent, content_type="application/json")

    assert answer.status_code == 201
    assert Comment.objects.get(parent=parent).body == sent["body"]


def test_the_examples_of_errors_are_the_answers_to_them(schema, client, article, published):
    closed = published("مغلق", comments_open=False)
    gone = publishing.retract(published("سُحب"))
    post = {"content_type": "application/json"}
    answers = {
        ("list_articles", 400): client.get(f"{API}articles/?page_size=0"),
        ("list_tags", 406): client.get(f"{API}tags/", headers={"accept": "text/html"}),
        ("get_article", 404): client.get(f"{API}articles/none/"),
        ("get_article", 410): client.get(f"{API}articles/{gone.slug}/"),
        ("post_comment", 400): client.post(discussion_of(article), comment_data(email="x"), **post),
        ("post_comment", 403): client.post(discussion_of(closed), comment_data(), **post),
        ("post_comment", 415): client.post(discussion_of(article), "x", content_type="text/plain"),
    }

    assert {each: (answer.status_code, answer.json()) for each, answer in answers.items()} == {
        (operation, status): (status, shown(schema, operation, str(status)))
        for operation, status in answers
    }


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
