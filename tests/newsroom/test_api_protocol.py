"""What every address of the API answers to what is not simply a GET."""

import json

import pytest

from comments.posting import CommentForm
from tests.articles.api import LIST
from tests.articles.test_api import detail_of

ALLOWED = "GET, HEAD, OPTIONS"

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(article) -> dict[str, str]:
    """Each address of the API that is data, and the methods that it allows."""
    own = detail_of(article)
    names = ("", "categories/", "tags/", "images/", "schema/")
    read = [LIST, own, f"{own}related/", *(f"/api/v1/{name}" for name in names)]
    return dict.fromkeys(read, ALLOWED) | {f"{own}comments/": "GET, POST, HEAD, OPTIONS"}


def undated(answer) -> dict[str, str]:
    """Its headers; a second may pass between two answers, after which their date is told."""
    return {name: text for name, text in answer.headers.items() if name != "Last-Modified"}


def told(answer) -> list[str]:
    """The names in an answer, which is JSON with its Arabic letters as they are."""
    assert answer["Content-Type"] == "application/json"
    assert "\\u" not in answer.content.decode()
    return [*json.loads(answer.content)]


def test_options_tells_the_methods_and_what_an_address_is(client, addresses):
    for address, methods in addresses.items():
        answer = client.options(address)

        assert (answer.status_code, answer["Allow"]) == (200, methods)
        assert told(answer)[:4] == ["name", "description", "renders", "parses"]
        assert not {"ETag", "Cache-Control", "Surrogate-Key"} & {*answer.headers}


def test_options_of_a_discussion_tells_what_is_posted(client, article):
    answer = client.options(f"{detail_of(article)}comments/").json()

    assert {*answer["actions"]["POST"]} == {*CommentForm.base_fields} - {"topic"}


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_the_head_of_every_address_is_that_of_the_whole(client, addresses, coding):
    for address in [*addresses, "/api/v1/docs/", "/api/v1/none/", f"{LIST}?page_size=0"]:
        asked = {"accept-encoding": coding}
        whole, head = client.get(address, headers=asked), client.head(address, headers=asked)

        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert undated(head) == undated(whole)


def test_what_is_not_allowed_is_told_with_what_is(client, addresses):
    for address, methods in addresses.items():
        for method in ("put", "patch", "delete"):
            answer = getattr(client, method)(address)

            assert (answer.status_code, answer["Allow"]) == (405, methods)
            assert told(answer) == ["detail"]


def test_another_format_is_refused_in_json(client, addresses):
    for address in addresses:
        answer = client.get(address, headers={"accept": "text/csv"})

        assert answer.status_code == 406
        assert told(answer) == ["detail"]


def test_what_is_no_json_is_refused_in_json(client, article):
    address = f"{detail_of(article)}comments/"

    sent = [("a=b", "text/plain"), ("{", "application/json"), ("{}", "application/json")]
    answers = [client.post(address, text, content_type) for text, content_type in sent]

    assert [answer.status_code for answer in answers] == [415, 400, 400]
    assert [told(answer) for answer in answers] == [
        *(["detail"], ["detail"]),
        ["body", "name", "email"],
    ]


def test_the_schema_comes_in_the_format_that_is_asked_for(client):
    yaml = client.get("/api/v1/schema/")
    asked = client.get("/api/v1/schema/", headers={"accept": "application/json"})

    assert yaml["Content-Type"] == "application/vnd.oai.openapi; charset=utf-8"
    assert [*asked.json()] == ["openapi", "info", "paths", "components", "tags"]
    assert "Accept" in yaml["Vary"].split(", ") and "Accept" in asked["Vary"].split(", ")
    assert yaml["ETag"] != asked["ETag"]
