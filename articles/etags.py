"""Answers that are asked for again by their ETag alone. A leaf."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]


def only_by_etag(view: View) -> View:
    """Take GET and HEAD alone, and answer 304 to whoever has these very bytes, by no date.

    What feeds and sitemaps tell changes where no story's date does: by a name, a caption, a
    deletion, the clock.
    """

    @conditional_page
    @require_safe
    @wraps(view)
    def undated(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        del response["Last-Modified"]
        return response

    return undated
