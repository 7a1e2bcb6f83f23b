"""Compression of pages and data; static files are compressed once, by whitenoise.

Who can see how long an answer is, and have something of their own put into it, finds out bit by
bit what is secret in it (BREACH). So only what is the same for everybody goes out as short as it
gets; all else by Django's middleware, which makes the length vary. What the API answers is no such
secret either: a browser sends no token by itself, so no stranger's page has it asked for.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header, patch_vary_headers

from newsroom.codings import IDENTITY, accepted, encode
from newsroom.representations import is_a_representation
from newsroom.requests import READING, is_of_the_desk


class CompressText(GZipMiddleware):
    """Pictures, compressed by their nature, pass as they are; so does what the API makes ready."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_picture = response.headers.get("Content-Type", "").startswith("image/")
        if is_picture or is_a_representation(request, response):
            return response
        codings = accepted(request.headers.get("Accept-Encoding"))
        if isinstance(response, HttpResponse) and _is_the_same_for_all(request, response):
            return _compressed(response, codings[0])
        if "gzip" not in codings or codings[0] == IDENTITY:
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)


def _is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    kept = response.headers.get("Cache-Control", "")
    return (
        request.method in READING
        and not is_of_the_desk(request)
        and not has_vary_header(response, "Cookie")
        and not any(word in kept for word in ("private", "no-store"))
    )


def _compressed(response: HttpResponse, coding: str) -> HttpResponse:
    patch_vary_headers(response, ("Accept-Encoding",))
    is_coded = encode(response, coding) != IDENTITY
    etag = response.headers.get("ETag", "")
    if is_coded and etag.startswith('"'):
        # The view has answered by the tag of the page as it is (RFC 9110, 8.8.1).
        response["ETag"] = f"W/{etag}"
    return response
