"""Typing that no save has kept yet: it waits in the browser, and is compared here."""

import re
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles import revisions
from articles.admin.typed import typed_revision

# By this cookie the next page of the desk knows what it may drop from the browser's storage.
SAVED_COOKIE = "saved_typing"
_TYPING = re.compile(r"[0-9a-f-]{36}")


class UnsavedAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.unsaved_view))
        return [
            path("add/unsaved/", view, name="articles_article_add_unsaved"),
            path("<path:object_id>/unsaved/", view, name="articles_article_unsaved"),
            *super().get_urls(),
        ]

    def unsaved_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """What typing that is kept in the browser would change: a piece of the page."""
        article = self.get_object(request, object_id) if object_id else None
        if object_id and article is None:
            raise Http404
        if not (
            self.has_change_permission(request, article)
            if article
            else self.has_add_permission(request)
        ):
            raise PermissionDenied
        form = self.get_form(request, article, change=bool(article))(request.POST, instance=article)
        saved = revisions.of(article).first() if article else revisions.Revision()
        difference = revisions.compare(saved, typed_revision(form, over=saved), reader=request.user)
        context = {"difference": difference, "article": article}
        return render(request, "admin/articles/article/_difference.html", context)

    def save_related(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, *args, **kwargs)
        request.is_typing_saved = True  # type: ignore[attr-defined]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Name the typing that was saved, so that the browser does not offer it again."""
        response = super().changeform_view(request, *args, **kwargs)
        typing = request.POST.get("typing", "")
        if getattr(request, "is_typing_saved", False) and _TYPING.fullmatch(typing):
            response.set_cookie(
                SAVED_COOKIE, typing, max_age=86_400, samesite="Lax", secure=settings.SECURE
            )
        return response
