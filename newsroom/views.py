"""Public pictures, where no web server in front serves them."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

_A_YEAR = 365 * 24 * 3600


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition. Its name holds the digest of its source, so it never changes.

    `path` is bound by the address to the names of renditions; originals lie in another folder.
    """
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT, "renditions")))
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return response
