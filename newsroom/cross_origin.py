"""What pages of other sites may do with the API: read it, and post comments where a setting says.

Nothing that everybody reads holds a secret or knows a reader, so every site may read it (`*`), and
caches keep one answer for all. What programs of the newsroom are answered is for no page at all.
django-cors-headers knows one list of origins for all methods.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from newsroom.requests import READING, is_for_programs, is_of_the_api

Handler = Callable[[HttpRequest], HttpResponse]

_A_DAY = 24 * 60 * 60  # seconds
_SENT = "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match"
_SHOWN = "ETag, Last-Modified, Link, Retry-After"


def cross_origin(get_response: Handler) -> Handler:
    """The middleware that tells browsers, by the Fetch standard's CORS protocol."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not is_of_the_api(request) or is_for_programs(request):
            return get_response(request)
        asked = request.headers.get("Access-Control-Request-Method", "")
        is_preflight = request.method == "OPTIONS" and "Origin" in request.headers and bool(asked)
        method = asked if is_preflight else str(request.method)
        response = HttpResponse(status=204) if is_preflight else get_response(request)
        origin = "*" if method in READING else _origin_that_posts(request, response)
        if origin:
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = _SHOWN
        if origin and is_preflight:
            response["Access-Control-Allow-Methods"] = method
            response["Access-Control-Allow-Headers"] = _SENT
            response["Access-Control-Max-Age"] = str(_A_DAY)
        return response

    return handle


def _origin_that_posts(request: HttpRequest, response: HttpResponse) -> str:
    patch_vary_headers(response, ("Origin",))
    origin = request.headers.get("Origin", "")
    return origin if origin in settings.COMMENT_ORIGINS else ""
