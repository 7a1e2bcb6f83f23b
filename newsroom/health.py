"""Liveness and readiness, answered whatever host is named: probes come by IP address."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def health(get_response: Handler) -> Handler:
    """The middleware that answers the probes of the settings: whether it lives, and is ready."""
    answers: dict[str, Callable[[], HttpResponse]] = dict(
        zip(settings.PROBES, (_alive, _ready), strict=True)
    )

    def handle(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        return answer() if answer else get_response(request)

    return handle


def _alive() -> HttpResponse:
    return _plain("ok\n")


def _ready() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _plain("the database cannot be reached\n", status=503)
    return _plain("ok\n")


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        text, content_type="text/plain", status=status, headers={"Cache-Control": "no-store"}
    )
