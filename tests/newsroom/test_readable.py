"""A header that nobody can parse is as if it had not been sent."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from newsroom.readable import with_readable_headers

pytestmark = pytest.mark.django_db

ADDRESSES = ["/api/v1/articles/?page_size=1", "/search/?q=x", "/"]
UNREADABLE = [
    ("HTTP_ACCEPT_ENCODING", "gzip;q*=x'y'1"),
    ("HTTP_ACCEPT_ENCODING", "gzip;q*=a;q*0=b"),
    ("HTTP_ACCEPT", "application/json;q*=a;q*0=b"),
    ("HTTP_ACCEPT", "text/html, */*;a*=x'y'z"),
    ("CONTENT_TYPE", "text/plain; charset=zlib"),
    ("CONTENT_TYPE", "a;b*=x'y'z"),
]


@pytest.fixture(autouse=True)
def _in_one_transaction() -> Iterator[None]:
    """A server takes a fresh connection for each request: the test's own would be closed."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def status_of(address: str, **environ: str) -> str:
    """What the server is told to answer."""
    request: dict[str, Any] = RequestFactory().get(address).environ | environ
    told: list[str] = []
    application = with_readable_headers(WSGIHandler())
    application(request, lambda status, _headers: told.append(status))
    return told[0]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("name", "header"), UNREADABLE)
def test_what_cannot_be_read_of_a_header_breaks_nothing(article, address, name, header):
    assert status_of(address, **{name: header}) == "200 OK"


def test_what_can_be_read_is_handed_on(article):
    assert status_of(ADDRESSES[0], HTTP_ACCEPT="text/html") == "406 Not Acceptable"
