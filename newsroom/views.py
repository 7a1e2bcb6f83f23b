"""Public pictures, where no web server in front serves them, and the pages of the API."""

from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from articles import rendering
from articles.renditions import MEDIA_TYPES
from newsroom.api_changes import CHANGES, MAY_CHANGE, NEVER_CHANGES, NEXT_VERSION, with_code

_A_YEAR = 365 * 24 * 3600


class Schema(SpectacularAPIView):
    """The schema of the API, in YAML or JSON."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        # What is no schema is JSON as everywhere.
        if response.exception or request.method == "OPTIONS":
            request.accepted_renderer = JSONRenderer()
            request.accepted_media_type = JSONRenderer.media_type
        return super().finalize_response(request, response, *args, **kwargs)


@require_safe
@csp_update({"img-src": ["data:"]})  # the icons in the library's style sheet
def api_docs(request: HttpRequest) -> HttpResponse:
    """The API's schema, to be read and tried out. In English, as the schema is."""
    return render(request, "newsroom/api_docs.html")


@require_safe
def api_changes(request: HttpRequest) -> HttpResponse:
    """What clients of the API can rely on, and what has changed."""
    context = {
        "heading": _("Changes of the API"),
        "summary": _("What programs that read this paper can rely on, and what has changed."),
        "never_changes": with_code(NEVER_CHANGES),
        "may_change": with_code(MAY_CHANGE),
        "next_version": with_code([NEXT_VERSION])[0],
        "changes": [(change.day, with_code(change.news)) for change in CHANGES],
    }
    return render(request, "newsroom/api_changes.html", context)


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition, made now where it is not there yet. Its name holds the digest of its source,
    so it never changes.

    `path` is bound by the address to the names of renditions; originals lie in another folder.
    """
    folder = Path(settings.MEDIA_ROOT, "renditions")
    if not (folder / path).exists():
        _make(f"renditions/{path}")
    response = serve(request, path, document_root=str(folder))
    response["Content-Type"] = MEDIA_TYPES[path.rpartition(".")[2]]
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return response


def _make(name: str) -> None:
    try:
        planned = rendering.make_named(name)
    except (ValidationError, OSError) as error:
        raise Http404 from error
    if not planned:
        raise Http404
