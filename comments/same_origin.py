"""Posts from other sites are refused by what the browser says of them, not by a token.

So a page that carries a form is the same bytes for every reader.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def is_cross_site(request: HttpRequest) -> bool:
    """Whether a browser says that another site sent this request.

    `Sec-Fetch-Site` is sent by browsers to secure origins; `Origin` by all with a POST. What
    sends neither is no browser under somebody's eyes, and holds no session to misuse.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.get_host()


def same_origin_only(view: View) -> View:
    """Refuse cross-site posts to a public view, which needs no CSRF token then."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and is_cross_site(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)
