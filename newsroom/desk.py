"""The desk: Django's admin, with the lists of each app in the order of a working day."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

# By app and by the name of the model; what is not named here comes after what is.
ORDER = {
    "articles": ["article", "archiveimage", "category", "tag", "byline"],
    "comments": [
        *("comment", "commentpolicy", "articlepolicy", "listedword", "commenter"),
        *("decision", "commenterdecision", "policychange", "addressaccess"),
    ],
}


class Desk(AdminSite):
    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The apps by name, their lists in the order above."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            order = ORDER.get(app["app_label"], [])
            app["models"].sort(key=lambda model: _place(model["object_name"].lower(), order))
        return apps


class DeskConfig(AdminConfig):
    """To be installed in place of `django.contrib.admin`."""

    default_site = "newsroom.desk.Desk"


def _place(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)
