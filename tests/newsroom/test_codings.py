"""Which content codings a client takes, as it says in `Accept-Encoding`."""

import gzip
from random import Random

import brotlicffi
import pytest
from django.http import HttpResponse

from newsroom.codings import accepted, encode

TEXT = ("موازنة الأرصفة " * 40).encode()


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        (None, ["identity", "br", "gzip"]),
        ("", ["identity"]),
        ("gzip, deflate, br, zstd", ["br", "gzip", "identity"]),
        ("gzip", ["gzip", "identity"]),
        ("GZIP ; Q=0.5 , BR;q=0.4", ["gzip", "br", "identity"]),
        ("br;q=0, gzip", ["gzip", "identity"]),
        ("*", ["br", "gzip", "identity"]),
        ("*;q=0.5, gzip", ["gzip", "br", "identity"]),
        ("br, *;q=0", ["br"]),
        ("gzip;q=0, *", ["br", "identity"]),
        ("identity, gzip;q=0.5", ["identity", "gzip"]),
        ("identity;q=0, br", ["br"]),
        ("deflate, identity;q=0", ["identity"]),
        ("*;q=0", ["identity"]),
        ("br;q=x, gzip;q=nan, *;q=2", ["identity"]),
        ("gzipped, brotli", ["identity"]),
        (",;, =;q", ["identity"]),
    ],
)
def test_a_client_is_sent_what_it_takes_and_likes_best(header, codings):
    assert accepted(header) == codings


@pytest.mark.parametrize(
    ("coding", "decoded"), [("br", brotlicffi.decompress), ("gzip", gzip.decompress)]
)
def test_an_answer_is_brought_into_a_coding_by_the_same_bytes_at_every_time(coding, decoded):
    answers = [HttpResponse(TEXT) for _time in range(2)]

    assert [encode(answer, coding) for answer in answers] == [coding] * 2
    assert answers[0].content == answers[1].content
    assert decoded(answers[0].content) == TEXT
    assert answers[0]["Content-Encoding"] == coding
    assert int(answers[0]["Content-Length"]) == len(answers[0].content) < len(TEXT)


@pytest.mark.parametrize("content", [TEXT[:199], Random(1).randbytes(300)], ids=["short", "dense"])
def test_what_would_not_get_shorter_stays_as_it_is(content):
    for coding in ("br", "gzip"):
        answer = HttpResponse(content)

        assert encode(answer, coding) == "identity"
        assert answer.content == content
        assert "Content-Encoding" not in answer.headers
