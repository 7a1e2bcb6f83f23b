"""What a request is, before any view has it; and what is refused then."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

Handler = Callable[[HttpRequest], HttpResponse]

READING = {"GET", "HEAD"}


def is_of_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def is_for_programs(request: HttpRequest) -> bool:
    """Whether it is of the part of the API that wants a token."""
    return request.path_info.startswith("/api/v1/desk/")


def is_of_the_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def refuse_nul(get_response: Handler) -> Handler:
    """The middleware that answers 400 to a query of the desk with a NUL character in it.

    Django's admin passes such a character on to the database, where no text can hold it; our own
    views do not.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if is_of_the_desk(request) and "%00" in request.META["QUERY_STRING"]:
            return bad_request(request, ValueError("a NUL character in the query"))
        return get_response(request)

    return handle
