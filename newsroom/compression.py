"""Compression of pages and data; static files are compressed once, by whitenoise."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Django's own looks for the name alone.
_REFUSED = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)


class CompressText(GZipMiddleware):
    """Django's own, which makes the length of an answer vary, so that it tells nothing of what is
    secret in it (BREACH). Pictures, compressed by their nature, pass as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        if _REFUSED.search(request.headers.get("Accept-Encoding", "")):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)
