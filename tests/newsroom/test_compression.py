"""Pages and data go out compressed; pictures as they are."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
ASKED = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("address", ["/", "/api/v1/docs/", "/no/such/page/"])
def test_a_page_is_compressed_for_whoever_takes_it_so(client, address):
    plain, packed = client.get(address), client.get(address, headers=ASKED)

    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) == int(packed["Content-Length"]) < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize("refusal", ["gzip;q=0", "gzip; q=0.0, identity", "br, GZIP;q=0"])
def test_who_refuses_compression_gets_none(client, refusal):
    response = client.get("/", headers={"accept-encoding": refusal})

    assert "Content-Encoding" not in response
    assert "Accept-Encoding" in response["Vary"]


def test_no_length_of_a_compressed_page_tells_what_is_in_it(client):
    lengths = {len(client.get("/", headers=ASKED).content) for _time in range(20)}

    assert len(lengths) > 1


def test_a_picture_is_not_compressed_again(client, image):
    response = client.get(image.url, headers=ASKED)

    sent = b"".join(response.streaming_content)
    assert "Content-Encoding" not in response
    assert len(sent) == int(response["Content-Length"])
    response.close()
