"""What browsers let pages of other sites do with the API."""

import pytest

from tests.articles.desk_api import STORIES
from tests.conftest import comment_data

API = "/api/v1/articles/"
PARTNER, STRANGER = "https://partner.example", "https://elsewhere.example"
NONE: dict[str, str] = {}
READ = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
}
POSTED = {**READ, "Access-Control-Allow-Origin": PARTNER}
PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_partner(settings):
    settings.COMMENT_ORIGINS = [PARTNER]


def told(response) -> dict[str, str]:
    return {
        name: value
        for name, value in response.headers.items()
        if name.startswith("Access-Control-")
    }


@pytest.mark.parametrize("origin", [PARTNER, STRANGER, "null"])
def test_every_site_may_read_the_api_and_caches_keep_one_answer(client, article, origin):
    answers = [client.get(API), client.get(API, headers={"origin": origin})]
    answers.append(client.get("/api/v1/schema/", headers={"origin": origin}))

    assert [told(answer) for answer in answers] == [READ, READ, READ]
    assert [answer for answer in answers if "Origin" in answer.headers.get("Vary", "")] == []


@pytest.mark.parametrize(
    ("origin", "method", "allowed"),
    [
        (STRANGER, "GET", READ | PREFLIGHT | {"Access-Control-Allow-Methods": "GET"}),
        (STRANGER, "HEAD", READ | PREFLIGHT | {"Access-Control-Allow-Methods": "HEAD"}),
        (PARTNER, "POST", POSTED | PREFLIGHT | {"Access-Control-Allow-Methods": "POST"}),
        *((STRANGER, "POST", NONE), ("null", "POST", NONE)),
    ],
)
def test_a_browser_that_asks_before_is_told_what_it_may(client, article, origin, method, allowed):
    asking = {"origin": origin, "access-control-request-method": method}

    answer = client.options(f"{API}{article.slug}/comments/", headers=asking)

    assert (answer.status_code, answer.content) == (204, b"")
    assert told(answer) == allowed
    assert ("Origin" in answer.headers.get("Vary", "")) is (method == "POST")


@pytest.mark.parametrize(("origin", "allowed"), [(PARTNER, POSTED), (STRANGER, NONE)])
def test_a_page_of_a_named_site_alone_reads_what_became_of_a_comment(
    client, article, origin, allowed
):
    answer = client.post(
        f"{API}{article.slug}/comments/",
        comment_data(),
        content_type="application/json",
        headers={"origin": origin},
    )

    assert told(answer) == allowed
    assert "Origin" in answer["Vary"]


def test_nothing_but_the_api_is_told_to_other_sites(client, article):
    for address in ("/", article.get_absolute_url(), "/feed/", "/admin/login/"):
        assert told(client.get(address, headers={"origin": PARTNER})) == NONE


def test_whoever_asks_without_a_page_is_told_the_methods_as_before(client, article):
    answer = client.options(API)

    assert answer.status_code == 200
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("origin", [PARTNER, STRANGER])
def test_no_page_of_another_site_comes_near_what_wants_a_token(client, origin):
    asked = {"access-control-request-method": "GET"}
    answers = [
        client.get(STORIES, headers={"origin": origin}),
        client.post(STORIES, {}, headers={"origin": origin}),
        client.options(STORIES, headers={"origin": origin} | asked),
    ]

    assert [told(answer) for answer in answers] == [NONE, NONE, NONE]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
