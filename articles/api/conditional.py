"""Answers that are asked for again: by their ETag, or by the second since which they are the same.

No date of a row tells that an answer is the same: a name, a caption, a deletion, the clock change
it too. So `Last-Modified` says since when this process has answered these very bytes. It is a
whole second later than the first time, and not told before that second has come: whatever was
sent with it was sent after it, and any other bytes came later still, from whichever process.
"""

import hashlib
from math import floor
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date

_REMEMBERED = 24 * 60 * 60  # seconds


def conditional(request: HttpRequest, response: Any) -> HttpResponseBase:
    """The rendered answer to a GET or HEAD, or 304 for whoever has it."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    set_response_etag(response)
    response["Cache-Control"] = "public, no-cache"
    since = _same_since(request.build_absolute_uri(), response["ETag"])
    if since is not None:
        response["Last-Modified"] = http_date(since)
    answer = get_conditional_response(
        request, etag=response["ETag"], last_modified=since, response=response
    )
    assert answer is not None
    return answer


def _same_since(address: str, etag: str) -> int | None:
    """A second, counted from 1970, since when this address has answered this; None until it is."""
    now = timezone.now().timestamp()
    name = f"api-{hashlib.sha256(address.encode()).hexdigest()}"
    known = cache.get(name)
    if known is None or known[0] != etag:
        known = (etag, floor(now) + 1)
        cache.set(name, known, _REMEMBERED)
    since: int = known[1]
    return since if since <= now else None
