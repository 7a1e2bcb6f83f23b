"""Pages and data go out compressed; pictures as they are."""

import gzip

import brotlicffi
import pytest

from articles import previews
from tests.conftest import comment_data

pytestmark = pytest.mark.django_db
ASKED = {"accept-encoding": "gzip, deflate, br"}
DECODED = {"br": brotlicffi.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("coding", ["br", "gzip"])
@pytest.mark.parametrize("address", ["/", "/api/v1/docs/", "/no/such/page/"])
def test_a_page_is_compressed_for_whoever_takes_it_so(client, address, coding):
    plain, packed = client.get(address), client.get(address, headers={"accept-encoding": coding})

    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, coding)
    assert DECODED[coding](packed.content) == plain.content
    assert len(packed.content) == int(packed["Content-Length"]) < len(plain.content)
    assert [answer["Vary"] for answer in (plain, packed)] == ["Accept-Encoding"] * 2


def test_a_page_is_sent_in_the_shorter_coding(client):
    assert client.get("/", headers=ASKED)["Content-Encoding"] == "br"


@pytest.mark.parametrize("page", ["/", "/admin/login/"])
@pytest.mark.parametrize("refusal", ["gzip;q=0", "gzip; q=0.0, identity", "deflate, GZIP;q=0"])
def test_who_refuses_compression_gets_none(client, refusal, page):
    response = client.get(page, headers={"accept-encoding": refusal})

    assert "Content-Encoding" not in response
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_feed_in_whichever_coding_is_known_by_its_tag(client, article, coding):
    packed = client.get("/feed/", headers={"accept-encoding": coding})
    held = {"accept-encoding": coding, "if-none-match": packed["ETag"]}

    assert packed["ETag"].startswith('W/"')
    assert client.get("/feed/", headers=held).status_code == 304


def test_no_length_of_what_is_not_for_all_tells_what_is_in_it(client, as_user, editor, article):
    """The desk's pages hold tokens against forged forms, receipts and previews are secret."""
    link = previews.address(previews.make_link(article, by=editor))
    sent = {**comment_data(), "name": ""}
    posts = article.get_absolute_url() + "comments/"
    desk = as_user(editor)
    asks = [
        lambda: client.get("/admin/login/", headers=ASKED),
        lambda: desk.get("/admin/", headers=ASKED),
        lambda: client.get(link, headers=ASKED),
        lambda: client.post(posts, sent, headers=ASKED),
    ]

    for ask in asks:
        answers = [ask() for _time in range(12)]
        assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
        assert len({len(gzip.decompress(answer.content)) for answer in answers}) == 1
        assert len({len(answer.content) for answer in answers}) > 1


def test_a_picture_is_not_compressed_again(client, image):
    response = client.get(image.url, headers=ASKED)

    sent = b"".join(response.streaming_content)
    assert "Content-Encoding" not in response
    assert len(sent) == int(response["Content-Length"])
    response.close()
