"""The moderators' desk. No page of it shows an address, or anything made from one."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin import decisions_table
from articles.desk import DeskAdmin
from articles.numbers import whole_number
from comments import moderation
from comments.models import Comment
from comments.moderation import VERDICTS, Verdict

_SHOWN_IN_LIST = 280


def bulk_action(verdict: Verdict) -> Callable[..., None]:
    """The entry for a verdict in the list's menu of actions."""

    @admin.action(description=verdict.label, permissions=["moderate"])  # type: ignore[arg-type]
    def decide_on_selected(
        desk: "CommentAdmin", request: HttpRequest, comments: models.QuerySet[Comment]
    ) -> None:
        desk.decide_each(request, verdict, comments)

    decide_on_selected.__name__ = f"{verdict.verb}_selected"
    return decide_on_selected


@admin.register(Comment)
class CommentAdmin(DeskAdmin):
    """Comments are read and decided on here; nobody writes or rewrites them."""

    list_display = ["comment_with_verdicts", "status_mark", "submitted_at"]
    list_display_links = None
    list_filter = ["status", "submitted_at"]
    list_select_related = ["article"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name", "body", "article__title"]
    search_help_text = _("Searches names, comments and titles of articles.")
    date_hierarchy = "submitted_at"
    fields = [
        *("status_mark", "on_article", "name", "website", "comment_body"),
        *("answers", "submitted_at", "history_of_status"),
    ]
    readonly_fields = [
        *("status_mark", "on_article", "comment_body"),
        *("answers", "submitted_at", "history_of_status"),
    ]
    actions = [bulk_action(verdict) for verdict in VERDICTS.values()]

    # Rights

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.moderate_comment")

    # Deciding

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "decide" in request.POST:
            self._decide(request)
            return redirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if "decide" in request.POST:
            self._decide(request)
            return redirect(request.get_full_path())
        return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if self.has_moderate_permission(request):
            context["verdict_buttons"] = verdict_buttons(kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def _decide(self, request: HttpRequest) -> None:
        """Do what the button of a row asks for: its value is `verb:id`."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        verb, _colon, pk = request.POST["decide"].partition(":")
        number = whole_number(pk)
        if verb not in VERDICTS or number is None:
            raise PermissionDenied
        self.decide_each(request, VERDICTS[verb], Comment.objects.filter(pk=number))

    def decide_each(
        self, request: HttpRequest, verdict: Verdict, comments: models.QuerySet[Comment]
    ) -> None:
        moderator = cast(User, request.user)
        done = 0
        for pk in comments.values_list("pk", flat=True):
            try:
                done += moderation.decide(pk, verdict.status, by=moderator)
            except moderation.Refused as refused:
                self.message_user(request, str(refused), messages.WARNING)
        self.message_user(
            request,
            ngettext(
                "%(count)d comment is now: %(status)s.",
                "%(count)d comments are now: %(status)s.",
                done,
            )
            % {"count": done, "status": verdict.status.label},
            messages.SUCCESS if done else messages.INFO,
        )

    # Columns and read-only fields

    @admin.display(description=_("comment"))
    def comment_with_verdicts(self, comment: Comment) -> SafeString:
        """Who, what, under which article, and the buttons: together, so that a phone shows all."""
        return format_html(
            '<a href="{}/change/"><bdi>{}</bdi></a><p class="comment-text" dir="auto">{}</p>'
            '<p class="comment-article">{}</p><div class="verdicts">{}</div>',
            comment.pk,
            comment.name,
            Truncator(comment.body).chars(_SHOWN_IN_LIST),
            self.on_article(comment),
            verdict_buttons(comment),
        )

    @admin.display(description=_("comment"))
    def comment_body(self, comment: Comment) -> SafeString:
        text = mark_safe(linebreaks(comment.body, autoescape=True))  # noqa: S308
        return format_html('<div class="comment-text" dir="auto">{}</div>', text)

    @admin.display(description=_("article"), ordering="article__title")
    def on_article(self, comment: Comment) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', comment.article.get_absolute_url(), comment.article
        )

    @admin.display(description=_("status"), ordering="status")
    def status_mark(self, comment: Comment) -> SafeString:
        return format_html(
            '<span class="status status-{}">{}</span>',
            comment.status,
            comment.get_status_display(),
        )

    @admin.display(description=_("in reply to"))
    def answers(self, comment: Comment) -> str:
        return str(comment.parent) if comment.parent else "—"

    @admin.display(description=_("history of the status"))
    def history_of_status(self, comment: Comment) -> SafeString | str:
        return decisions_table(comment.decisions.select_related("by"))


def verdict_buttons(comment: Comment) -> SafeString:
    """A button for each decision that may follow the comment's present status."""
    return format_html_join(
        " ",
        '<button type="submit" name="decide" value="{}:{}" class="verdict verdict-{}">{}</button>',
        (
            (verdict.verb, comment.pk, verdict.verb, verdict.label)
            for verdict in moderation.possible_verdicts(comment)
        ),
    )
