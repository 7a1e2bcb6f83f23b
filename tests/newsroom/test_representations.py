"""What REST clients read: in a coding that they take, and not once more where they have it."""

import gzip
import re
import time

import brotlicffi
import pytest
from django.test import Client

from articles.models import Article
from tests.articles.api import LIST
from tests.articles.test_api import detail_of

OTHERS = ["/api/v1/", *(f"/api/v1/{name}/" for name in ("categories", "tags", "images", "schema"))]
CODINGS = ["identity", "gzip", "br"]
DECODED = {"identity": bytes, "gzip": gzip.decompress, "br": brotlicffi.decompress}

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


def in_coding(client: Client, address: str, coding: str, **headers: str):
    return client.get(address, headers={"accept-encoding": coding, **headers})


@pytest.mark.parametrize("coding", CODINGS)
def test_each_coding_is_of_the_same_answer_and_has_a_strong_tag_of_its_own(client, article, coding):
    for address in (LIST, detail_of(article), "/api/v1/schema/"):
        plain = client.get(address)
        first, second = (in_coding(client, address, coding) for _time in range(2))

        assert DECODED[coding](first.content) == plain.content
        assert first.headers.get("Content-Encoding", "identity") == coding
        suffix = "" if coding == "identity" else f"-{coding}"
        assert first["ETag"] == f'{plain["ETag"][:-1]}{suffix}"'
        assert (second.content, second["ETag"]) == (first.content, first["ETag"])
        assert int(first["Content-Length"]) == len(first.content)
        assert "Accept-Encoding" in plain["Vary"] and "Accept-Encoding" in first["Vary"]


@pytest.mark.parametrize("coding", CODINGS)
def test_whoever_has_a_coding_that_they_take_has_the_answer(client, article, coding):
    tag = in_coding(client, LIST, coding)["ETag"]
    held = {"if-none-match": tag}

    for taken in ({"accept-encoding": "gzip, br"}, {"accept-encoding": coding}, {}):
        again = client.get(LIST, headers={**held, **taken})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert again["Vary"] == "Accept-Encoding"
        assert "Content-Encoding" not in again.headers


def test_a_tag_is_known_among_others_and_where_a_cache_has_weakened_it(client, article):
    tag = in_coding(client, LIST, "br")["ETag"]

    for held in (f"W/{tag}", f'"other", {tag}', "*"):
        again = in_coding(client, LIST, "br", **{"if-none-match": held})
        assert (again.status_code, again["ETag"]) == (304, tag)


@pytest.mark.parametrize(("held", "taken"), [("br", "gzip"), ("gzip", "identity")])
def test_whoever_has_a_coding_that_they_do_not_take_is_sent_another(client, article, held, taken):
    tag = in_coding(client, LIST, held)["ETag"]

    answer = in_coding(client, LIST, taken, **{"if-none-match": tag})

    assert answer.status_code == 200
    assert DECODED[taken](answer.content) == client.get(LIST).content


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_whoever_has_an_older_answer_is_sent_the_new_one(client, article, coding):
    first = in_coding(client, LIST, coding)
    Article.objects.update(title="عنوان آخر")

    again = in_coding(client, LIST, coding, **{"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_the_date_holds_for_every_coding(client, article, coding):
    first = dated(client, LIST)

    again = in_coding(client, LIST, coding, **{"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, again["ETag"][-len(coding) - 2 :]) == (304, f'-{coding}"')


def test_a_short_answer_goes_out_as_it_is(client, article):
    for address in (f"{LIST}?fields=id", f"{LIST}?page_size=0", f"{LIST}none/"):
        plain, asked = client.get(address), in_coding(client, address, "br")

        assert len(plain.content) < 200
        assert asked.content == plain.content
        assert asked.headers.get("ETag") == plain.headers.get("ETag")
        assert "Content-Encoding" not in asked.headers


def test_an_answer_to_whoever_is_known_is_kept_by_no_shared_cache(client, article):
    answer = client.get(LIST, headers={"authorization": "Token abc"})

    assert answer["Cache-Control"] == "private, no-cache"


def test_what_is_no_answer_of_this_kind_has_neither_tag_nor_date(client, article):
    for answer in (client.get(LIST, {"page_size": "x"}), client.options(LIST), client.post(LIST)):
        for name in ("ETag", "Cache-Control", "Last-Modified"):
            assert name not in answer.headers
