"""Requests that are refused before any view: what no text in PostgreSQL can hold."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

Handler = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: Handler) -> Handler:
    """The middleware that answers 400 to a query of the desk with a NUL character in it.

    Django's admin passes such a character on to the database; our own views do not.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and "%00" in request.META["QUERY_STRING"]:
            return bad_request(request, ValueError("a NUL character in the query"))
        return get_response(request)

    return handle
