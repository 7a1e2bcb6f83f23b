"""The examples in the schema of the API: in Arabic, and such as is really sent and answered."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft4Validator

from articles import publishing
from comments.models import Comment
from tests.comments.test_api import address as discussion_of
from tests.conftest import comment_data, many_approved
from tests.newsroom.api_operations import API, operations

pytestmark = pytest.mark.django_db


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
