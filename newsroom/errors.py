"""The answer to what no view answers: a page for readers and the desk, JSON for REST clients."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework.exceptions import APIException, NotFound, ParseError

from newsroom.requests import is_of_the_api

_TOO_MUCH: dict[type[Exception], str] = {
    RequestDataTooBig: "length",
    TooManyFieldsSent: "fields",
    TooManyFilesSent: "files",
}
# Whatever is typed in these the browser keeps until it is saved.
_KEPT_IN_THE_BROWSER = {"articles_article_add", "articles_article_change"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_of_the_api(request):
        return _as_the_api_says(NotFound)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_of_the_api(request):
        return _as_the_api_says(APIException)
    return defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read; to whoever works at the desk, what was too much and what to do."""
    if is_of_the_api(request):
        too_much = _("This is too much at once.") if type(exception) in _TOO_MUCH else ""
        return _as_the_api_says(ParseError, too_much)
    if type(exception) not in _TOO_MUCH or not _is_at_the_desk(request):
        return defaults.bad_request(request, exception)
    page = request.resolver_match.url_name if request.resolver_match else ""
    context = {
        **admin.site.each_context(request),
        "too_much": _TOO_MUCH[type(exception)],
        "longest": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "is_kept": page in _KEPT_IN_THE_BROWSER,
    }
    return render(request, "admin/too_much.html", context, status=400)


def _as_the_api_says(error: type[APIException], detail: str = "") -> HttpResponse:
    told = {"detail": detail or str(error.default_detail)}
    dumped = {"ensure_ascii": False}
    return JsonResponse(told, status=error.status_code, json_dumps_params=dumped)


def _is_at_the_desk(request: HttpRequest) -> bool:
    match = request.resolver_match
    # What one of the first middlewares refused has led nowhere, and has no user.
    return (
        match is not None
        and match.namespace == admin.site.name
        and admin.site.has_permission(request)
    )
