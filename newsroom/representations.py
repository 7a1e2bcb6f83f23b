"""What REST clients read, as it is sent: in a coding that they take, with a tag of its own, or 304.

A tag names these very bytes, so each coding has another one: the digest, and the coding behind it.
Who has the answer in any coding that they take still has it; who has it in another gets it anew,
for they could not read it (RFC 9110, 8.8.3 and 15.4.5).

No date of a row tells that an answer is the same: a name, a caption, a deletion, the clock change
it too. So `Last-Modified` says since when this process has answered these very bytes. It is a
whole second later than the first time, and not told before that second has come: whatever was
sent with it was sent after it, and any other bytes came later still, from whichever process.
"""

import hashlib
from collections.abc import Callable
from math import floor

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.http import http_date, parse_etags

from newsroom.codings import IDENTITY, accepted, encode
from newsroom.requests import READING, is_of_the_api

Handler = Callable[[HttpRequest], HttpResponse]

_REMEMBERED = 24 * 60 * 60  # seconds


def is_a_representation(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this is data that a client of the API reads: no page, nothing that was posted."""
    return (
        is_of_the_api(request)
        and request.method in READING
        and not response.streaming
        and not response.headers.get("Content-Type", "").startswith("text/")
    )


def represent(get_response: Handler) -> Handler:
    """The middleware that answers the API's GET and HEAD in a coding, or that nothing changed."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not is_a_representation(request, response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        codings = accepted(request.headers.get("Accept-Encoding"))
        if response.status_code != 200 or not response.content:
            encode(response, codings[0])
            return response
        return _validated(request, response, codings)

    return handle


def _validated(request: HttpRequest, response: HttpResponse, codings: list[str]) -> HttpResponse:
    if not response.has_header("ETag"):
        set_response_etag(response)
    plain = response["ETag"]
    if not response.has_header("Cache-Control"):
        kept_by = "private" if "Authorization" in request.headers else "public"
        response["Cache-Control"] = f"{kept_by}, no-cache"
    since = _same_since(request, response)
    if since is not None:
        response["Last-Modified"] = http_date(since)
    # What is there already need not be compressed once more to be told from what is not.
    coding = _held(request, plain, codings) or encode(response, codings[0])
    response["ETag"] = _tag_in(coding, plain)
    answer = get_conditional_response(
        request, etag=response["ETag"], last_modified=since, response=response
    )
    assert answer is not None
    return answer


def _tag_in(coding: str, plain: str) -> str:
    return plain if coding == IDENTITY else f'{plain[:-1]}-{coding}"'


def _held(request: HttpRequest, plain: str, codings: list[str]) -> str | None:
    """The coding, of those that the client takes, in which it has this answer."""
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    held = {tag.removeprefix("W/") for tag in asked}
    return next((coding for coding in codings if _tag_in(coding, plain) in held), None)


def _same_since(request: HttpRequest, response: HttpResponse) -> int | None:
    """A second, counted from 1970, since when this address has answered this; None until it is."""
    now = timezone.now().timestamp()
    # One address may have an answer in JSON and one in YAML.
    told = f"{response['Content-Type']} {request.build_absolute_uri()}"
    name = f"api-{hashlib.sha256(told.encode()).hexdigest()}"
    known = cache.get(name)
    if known is None or known[0] != response["ETag"]:
        known = (response["ETag"], floor(now) + 1)
        cache.set(name, known, _REMEMBERED)
    since: int = known[1]
    return since if since <= now else None
