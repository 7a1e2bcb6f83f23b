"""The desk: Django's admin, with the lists of each app in the order of a working day."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

# By app and by the name of the model; what is not named here comes after what is.
ORDER = {
    "articles": [
        *("article", "frontpage", "archiveimage", "category", "tag", "byline", "staticpage"),
        "apitoken",
    ],
    "comments": [
        *("comment", "commentpolicy", "articlepolicy", "listedword", "commenter"),
        *("decision", "commenterdecision", "policychange", "addressaccess"),
    ],
}


View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# What browsers send by links and forms; no page of the desk does anything else.
_answers_browsers = require_http_methods(["GET", "HEAD", "POST"])


class Desk(AdminSite):
    index_title = _("Today at the desk")
    index_template = "admin/front.html"

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        return _answers_browsers(super().admin_view(view, cacheable))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return _answers_browsers(super().login)(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What waits for whoever has logged in, above the lists of all apps."""
        from newsroom import front  # the models are not there yet when the desk is installed

        shown = {"blocks": front.blocks(request), "buttons": front.buttons(request)}
        return super().index(request, {**shown, **(extra_context or {})})

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The apps and their lists in the order above; other apps after these, by name."""
        apps = super().get_app_list(request, app_label)
        apps.sort(key=lambda app: _place(app["app_label"], [*ORDER]))
        for app in apps:
            order = ORDER.get(app["app_label"], [])
            app["models"].sort(key=lambda model: _place(model["object_name"].lower(), order))
        return apps


class DeskConfig(AdminConfig):
    """To be installed in place of `django.contrib.admin`."""

    default_site = "newsroom.desk.Desk"


def _place(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)
