"""Typing that no save has kept yet: it waits in the browser, and is compared and judged here."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from articles import revisions, rights
from articles.models import Article
from articles.numbers import whole_number
from articles.typed import typed_revision

# By this cookie the next page of the desk knows what it may drop from the browser's storage.
SAVED_COOKIE = "saved_typing"
_TYPING = re.compile(r"[0-9a-f-]{36}")
_MOST_KEPT = 100


class UnsavedAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        compared = wrap(require_POST(self.unsaved_view))
        return [
            path("kept/", wrap(self.kept_view), name="articles_article_kept"),
            path("add/unsaved/", compared, name="articles_article_add_unsaved"),
            path("<path:object_id>/unsaved/", compared, name="articles_article_unsaved"),
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
        context = {"difference": self._typed(request, article), "article": article}
        return render(request, "admin/articles/article/_difference.html", context)

    @method_decorator(require_safe)
    def kept_view(self, request: HttpRequest) -> JsonResponse:
        """When each piece of kept typing was typed, and why it cannot go into its story again.

        `kept` is the story's key, or "new", and the moment in milliseconds, parted by a point.
        """
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        kept = [each.partition(".") for each in request.GET.getlist("kept")[:_MOST_KEPT]]
        keys = {key for story, _point, _at in kept if (key := whole_number(story)) is not None}
        stories = rights.visible_to(request.user).only("status", "owner").in_bulk(keys)
        told = [
            {"at": _moment(at), "why": _why_not(request.user, story, stories)}
            for story, _point, at in kept
        ]
        return JsonResponse({"kept": told})

    def save_related(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, *args, **kwargs)
        request.is_typing_saved = True  # type: ignore[attr-defined]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Name the typing that was saved, so that the browser does not offer it again."""
        try:
            response = super().changeform_view(request, object_id, *args, **kwargs)
        except PermissionDenied:
            article = self.get_object(request, unquote(object_id)) if object_id else None
            if request.method != "POST" or not article:
                raise
            if not rights.may_see_the_making(request.user, article):
                raise
            return self._not_saved(request, article)
        typing = request.POST.get("typing", "")
        if getattr(request, "is_typing_saved", False) and _TYPING.fullmatch(typing):
            response.set_cookie(
                SAVED_COOKIE, typing, max_age=86_400, samesite="Lax", secure=settings.SECURE
            )
        return response

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        if request.method == "POST" and self.has_add_permission(request):
            return self._not_saved(request, None)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def _not_saved(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        """Show what was typed for a story that its writer may not change now, or that is gone."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Nothing was saved"),
            "article": article,
            "difference": self._typed(request, article),
        }
        status = 403 if article else 404
        return render(request, "admin/articles/article/not_saved.html", context, status=status)

    def _typed(self, request: HttpRequest, article: Article | None) -> list[Any]:
        """What was typed, field by field, against what is saved of the story."""
        # Of all fields, also where the story may only be read by now.
        fields = flatten_fieldsets(self.fieldsets or [])
        form = self.get_form(request, article, change=False, fields=fields)
        bound = form(request.POST, instance=article)
        saved = revisions.of(article).first() if article else revisions.Revision()
        return revisions.compare(saved, typed_revision(bound, over=saved), reader=request.user)


def _moment(milliseconds: str) -> str:
    """The moment as the desk writes one; nothing for what is none."""
    since = whole_number(milliseconds)
    if since is None:
        return ""
    with suppress(ValueError, OverflowError, OSError):
        at = timezone.localtime(datetime.fromtimestamp(since / 1000, UTC))
        return date_format(at, "SHORT_DATETIME_FORMAT")
    return ""


def _why_not(user: rights.Account, story: str, stories: dict[int, Article]) -> str:
    """Why typing cannot go into its story again; nothing where it can, or where it is a new one."""
    key = whole_number(story)
    if key is None:
        return ""
    if key not in stories:
        return str(_("The story for which it was typed is no longer there."))
    if rights.may_change(user, stories[key]):
        return ""
    return str(_("The story for which it was typed is not yours to change now."))
