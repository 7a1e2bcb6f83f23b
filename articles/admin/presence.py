"""Who else has a story open, told on its form and kept up to date by the browser."""

import re
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles import presence
from articles.desk import StoryDesk

# What a browser names the page by that it shows.
_VISIT = re.compile(r"[0-9a-z]{1,16}")


class PresenceAdmin(StoryDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        own = path("<path:object_id>/presence/", view, name="articles_article_presence")
        return [own, *super().get_urls()]

    def presence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a sign of life, or of leaving, and answer who else is there: a piece of the page."""
        article = self.story(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        user = cast(User, request.user)
        visit = request.POST.get("visit", "")
        if not _VISIT.fullmatch(visit):
            raise BadRequest("visit: 1 to 16 small letters or digits that name the page")
        if "leave" in request.POST:
            presence.leave(article, user, visit)
            return HttpResponse(status=204)
        presence.sign_of_life(article, user, visit)
        others = presence.others(article, user)
        return render(request, "admin/articles/article/_others.html", {"others": others})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        if article and self.has_change_permission(request, article):
            context["others"] = presence.others(article, cast(User, request.user))
        return super().render_change_form(request, context, *args, **kwargs)
