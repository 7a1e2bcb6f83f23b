"""Answers of the API that are asked for again."""

import re
import time

import pytest
from django.test import Client

from articles.models import Article
from tests.articles.api import LIST
from tests.articles.test_api import detail_of

OTHERS = [f"/api/v1/{name}/" for name in ("categories", "tags", "images")]

pytestmark = pytest.mark.django_db


def addresses(article: Article) -> list[str]:
    own = detail_of(article)
    return [LIST, own, f"{own}related/", f"{own}comments/", *OTHERS]


def a_second_later() -> None:
    time.sleep(1 - time.time() % 1 + 0.01)


def dated(client: Client, address: str):
    """The answer, from the second on in which its date is told."""
    client.get(address)
    a_second_later()
    return client.get(address)


def test_whoever_has_the_bytes_is_told_so_by_their_tag(client, article):
    for address in addresses(article):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})

        assert re.fullmatch('"[0-9a-f]{32}"', first["ETag"])
        assert first["Cache-Control"] == "public, no-cache"
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_whoever_has_the_bytes_is_told_so_by_their_date(client, article):
    first = dated(client, LIST)

    again = client.get(LIST, headers={"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_date_is_told_only_when_nothing_else_can_have_been_sent_with_it(client, article):
    a_second_later()
    assert "Last-Modified" not in client.get(LIST).headers
    first = dated(client, LIST)

    Article.objects.update(title="عنوان آخر")

    answers = [client.get(LIST, headers={"if-modified-since": first["Last-Modified"]})]
    a_second_later()
    answers.append(client.get(LIST, headers={"if-modified-since": first["Last-Modified"]}))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json()["results"][0]["title"] for answer in answers] == ["عنوان آخر"] * 2
    assert answers[1]["Last-Modified"] > first["Last-Modified"]


def test_the_tag_decides_before_the_date(client, article):
    first = dated(client, LIST)
    headers = {"if-modified-since": first["Last-Modified"], "if-none-match": '"other"'}

    assert client.get(LIST, headers=headers).status_code == 200


def test_the_head_of_an_answer_is_that_of_the_whole(client, article):
    for address in addresses(article):
        whole, head = client.get(address), client.head(address)

        assert (head.status_code, head.content) == (200, b"")
        for name in ("ETag", "Cache-Control", "Content-Type", "Content-Length"):
            assert head.headers.get(name) == whole.headers.get(name)
        held = client.head(address, headers={"if-none-match": whole["ETag"]})
        assert held.status_code == 304


def test_what_is_no_answer_of_this_kind_has_neither(client, article):
    for answer in (client.get(LIST, {"page_size": "x"}), client.options(LIST), client.post(LIST)):
        assert [answer.headers.get(name) for name in ("ETag", "Cache-Control")] == [None, None]
