"""The moderators' queue. No page of it shows an address, or anything made from one."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from articles.desk import ReadOnlyAdmin
from articles.models import Refused
from articles.numbers import whole_number
from comments import entries, queue
from comments.admin import queue_actions, undo
from comments.admin.queue_actions import Done
from comments.admin.queue_forms import Kept, Posted
from comments.admin.queue_pages import (
    action_context,
    address,
    confirmation_context,
    is_selected,
    level_tag,
    page_context,
    rendered_entries,
    shown_counts,
)
from comments.entries import Entry
from comments.models import Comment
from comments.moderation import Overtaken
from comments.queue_filter import Asked, FilterForm


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Comments are read and decided on here; nobody writes new ones."""

    # Rights

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.moderate_comment")

    # Pages

    def get_urls(self) -> list[URLPattern]:
        news = self.admin_site.admin_view(require_safe(self.news_view))
        return [path("news/", news, name="comments_comment_news"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._let_see(request)
        if request.method == "POST":
            asked = Asked.strictly(request.GET)
            return self._act(request, asked, back=address(asked.query))
        form = FilterForm(request.GET)
        context = page_context(request, form, may_moderate=self.has_moderate_permission(request))
        return self._page(request, "queue", context, status=200 if form.is_valid() else 400)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One comment, with the whole record of decisions on it."""
        self._let_see(request)
        filters = QueryDict(request.GET.get("_changelist_filters", ""))
        asked = Asked.strictly(filters)
        if request.method == "POST":
            return self._act(request, asked, back=request.get_full_path())
        entry = _entry(whole_number(object_id))
        if entry is None:
            self.message_user(request, gettext("There is no such comment."), messages.WARNING)
            return redirect(address(asked.query))
        return self._entry_page(request, entry, asked)

    def _entry_page(
        self, request: HttpRequest, entry: Entry, asked: Asked, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            "entry": entry,
            "title": str(entry.comment),
            "back": address(asked.query),
            **action_context(request, may_moderate=self.has_moderate_permission(request)),
            **more,
        }
        return self._page(request, "entry", context, status)

    def news_view(self, request: HttpRequest) -> HttpResponse:
        """What has come since a page was shown: the tabs' counts, how many more are chosen."""
        self._let_see(request)
        asked = Asked.strictly(request.GET)
        newest = whole_number(request.GET.get("newest", ""))
        if newest is None:
            raise BadRequest("no number: newest")
        newer = asked.selection.comments().filter(pk__gt=newest).count()
        told = ngettext("%(count)s new comment", "%(count)s new comments", newer)
        return JsonResponse(
            {"counts": shown_counts(), "newer": newer, "told": told % {"count": f"{newer:,}"}}
        )

    def _let_see(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "subtitle": None,
            "opts": self.opts,
            "undo": undo.remembered(request),
            "here": request.get_full_path(),
            **context,
        }
        return TemplateResponse(
            request, f"admin/comments/comment/{template}.html", context, status=status
        )

    # Deciding

    def _act(self, request: HttpRequest, asked: Asked, back: str) -> HttpResponse:
        """Do what a form of the queue asks for, and answer with `back` or with what changed."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        posted = Posted(request.POST, cast(User, request.user), asked.selection)
        if posted.is_to_be_confirmed:
            return self._confirm(request, posted, back)
        done, status = _tried(posted)
        if status == 200:
            undo.remember(request, done.undo)
        if "application/json" in request.headers.get("Accept", ""):
            return _answer(request, done, asked, status)
        self.message_user(request, done.message, done.level)
        kept = Kept.of(posted) if status != 200 else None
        if kept and (entry := _entry(done.comment)):
            here = _own_address(entry.comment.pk, asked)
            return self._entry_page(request, entry, asked, status=status, kept=kept, here=here)
        if status == 409 and done.comment:
            return redirect(_own_address(done.comment, asked))
        return redirect(f"{back}{_anchor(posted, done, asked)}")

    def _confirm(self, request: HttpRequest, posted: Posted, back: str) -> HttpResponse:
        """The step between “all that match” and doing it: how many they are."""
        context = {"back": back, **confirmation_context(posted)}
        return self._page(request, "confirm", context)


def _tried(posted: Posted) -> tuple[Done, int]:
    """What came of a form, and the status of the answer to a script."""
    try:
        return queue_actions.do(posted), 200
    except Overtaken as late:
        return Done(str(late), posted.comment, level=messages.WARNING), 409
    except Refused as refused:
        return Done(str(refused), posted.comment_or_none, level=messages.ERROR), 422
    except Comment.DoesNotExist:
        return Done(gettext("There is no such comment any more."), level=messages.ERROR), 422


def _entry(number: int | None) -> Entry | None:
    """The entry of one comment with all decisions on it; None where there is no such comment."""
    if number is None:
        return None
    found = queue.with_surroundings(Comment.objects.filter(pk=number))
    return next(iter(entries.entries(list(found), all_decisions=True)), None)


def _own_address(comment: int, asked: Asked) -> str:
    page = reverse("admin:comments_comment_change", args=[comment])
    return f"{page}?{urlencode({'_changelist_filters': asked.query})}"


def _answer(request: HttpRequest, done: Done, asked: Asked, status: int) -> JsonResponse:
    shown = request.POST.getlist("shown") or [str(done.comment)]
    return JsonResponse(
        {
            "message": done.message,
            "level": level_tag(done.level),
            "undo": undo.remembered(request),
            "counts": shown_counts(),
            # Whoever came second goes on with the whole entry, and with what they had typed.
            "entries": rendered_entries(
                request, shown, asked, whole=done.comment if status == 409 else None
            ),
        },
        status=status,
    )


def _anchor(posted: Posted, done: Done, asked: Asked) -> str:
    """The entry to go back to: the one acted on, or the one behind it where it has left."""
    then = whole_number(posted.data.get("then", ""))
    if done.comment and (then is None or is_selected(done.comment, asked)):
        then = done.comment
    return f"#comment-{then}" if then else ""
