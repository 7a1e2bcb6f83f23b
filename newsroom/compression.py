"""Compression of pages and data; static files are compressed once, by whitenoise."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressText(GZipMiddleware):
    """Django's own, which makes the length of an answer vary, so that it tells nothing of what is
    secret in it (BREACH). Pictures, compressed by their nature, pass as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)
