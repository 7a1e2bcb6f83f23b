"""What the site as a whole answers: whether it lives, whether it is ready, and its pictures."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.embedded import DatabaseUnavailable

_A_YEAR = 365 * 24 * 3600


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too; 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, DatabaseUnavailable):
        return HttpResponse("the database cannot be reached\n", "text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A public picture. Its name holds the digest of its source, so it never changes."""
    if not path.endswith(".webp"):
        raise Http404
    response = serve(request, f"renditions/{path}", document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return response
