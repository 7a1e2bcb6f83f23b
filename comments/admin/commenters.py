"""Commenters at the desk: a pseudonym, a standing, counts, what was decided. Never an address."""

from typing import Any, cast
from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.desk import ReadOnlyAdmin
from articles.models import REASON_MAX_LENGTH
from articles.numbers import whole_number
from comments import commenters
from comments.admin import undo
from comments.admin.addresses import DISCLOSE, LOOK_UP, disclose_page, look_up_page
from comments.admin.fields import ReasonField
from comments.admin.record import CappedPaginator, NewestFirst
from comments.entries import label_of
from comments.models import Commenter, CommentStatus, Decision, Standing
from comments.moderation import Overtaken
from comments.retention import kept_until

_DECISIONS_A_PAGE = 50
_MOST_PAGES = 200


@admin.register(Commenter)
class CommenterAdmin(ReadOnlyAdmin):
    """Read, and given a standing. No search, no order and no filter tells of an address."""

    list_display = ["name", "standing_mark", "first_month"]
    list_display_links = ["name"]
    list_filter = ["status"]
    list_per_page = 50
    sortable_by = ()
    search_fields = ()
    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    change_list_template = "admin/comments/commenter/change_list.html"

    # Pages

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path(
                "look-up/",
                guard(look_up_page),
                {"desk": self},
                name="comments_commenter_look_up",
            ),
            path(
                "<int:commenter_id>/disclose/",
                guard(disclose_page),
                {"desk": self},
                name="comments_commenter_disclose",
            ),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NewestFirst

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("digest", "sealed_address")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_look_up = request.user.has_perm(LOOK_UP)
        return super().changelist_view(
            request, {"may_look_up": may_look_up, **(extra_context or {})}
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        commenter = self.get_object(request, unquote(object_id))
        if commenter is None:
            raise Http404
        if request.method == "POST":
            give_standing(request, commenter)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": commenter,
            "may_moderate": request.user.has_perm("comments.moderate_comment"),
            "may_disclose": request.user.has_perm(DISCLOSE),
            "longest_reason": REASON_MAX_LENGTH,
            **about(commenter),
            **decisions_page(commenter, whole_number(request.GET.get("page", "")) or 1),
        }
        return TemplateResponse(request, "admin/comments/commenter/commenter.html", context)

    # Columns

    @admin.display(description=_("commenter"))
    def name(self, commenter: Commenter) -> str:
        return str(commenter)

    @admin.display(description=_("standing"))
    def standing_mark(self, commenter: Commenter) -> SafeString:
        return standing_mark(commenter)

    @admin.display(description=_("first seen"))
    def first_month(self, commenter: Commenter) -> str:
        return first_month(commenter)


def standing_mark(commenter: Commenter) -> SafeString:
    return format_html(
        '<span class="status standing-{}">{}</span>',
        commenter.status,
        commenter.get_status_display(),
    )


def first_month(commenter: Commenter) -> str:
    """When the commenter was first seen, no closer than the month."""
    return date_format(commenter.first_seen, "YEAR_MONTH_FORMAT")


def about(commenter: Commenter) -> dict[str, Any]:
    """What the page says of a commenter before it tells what was decided."""
    counted = commenter.comments.order_by().values_list("status").annotate(Count("pk"))
    amounts = dict(counted)
    until = kept_until(commenter)
    return {
        "commenter": commenter,
        "standing_mark": standing_mark(commenter),
        "first_month": first_month(commenter),
        "kept_until": until,
        "is_overdue": until is not None and until <= timezone.now(),
        "counts": [(status.label, amounts.get(status, 0)) for status in CommentStatus],
        "comments": sum(amounts.values()),
        "waiting": amounts.get(CommentStatus.PENDING, 0),
    }


def decisions_page(commenter: Commenter, number: int) -> dict[str, Any]:
    """One page of the decisions on the comments, newest first, and on the commenter: all."""
    number = max(1, min(number, _MOST_PAGES))
    start = (number - 1) * _DECISIONS_A_PAGE
    found = Decision.objects.filter(comment__commenter=commenter).select_related("by")
    rows = list(found.order_by("-pk")[start : start + _DECISIONS_A_PAGE + 1])
    return {
        "decisions": [
            (decision, decision.by or label_of(decision.rule))
            for decision in rows[:_DECISIONS_A_PAGE]
        ],
        "newer_page": number - 1,
        "older_page": number + 1 if len(rows) > _DECISIONS_A_PAGE and number < _MOST_PAGES else 0,
        "standing_decisions": commenter.decisions.select_related("by")[:_DECISIONS_A_PAGE],
    }


def give_standing(request: HttpRequest, commenter: Commenter) -> None:
    """Do what a button asks for, and tell what was done."""
    if not request.user.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    asked, by = request.POST.get("standing", ""), cast(User, request.user)
    if asked not in Standing.values:
        raise PermissionDenied
    standing, seen = Standing(asked), request.POST.get("seen", "")
    try:
        reason = ReasonField().clean(request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    decision: dict[str, Any] = {"by": by, "reason": reason, "seen": seen, "batch": uuid4()}
    also_reject = standing == Standing.BANNED and "also_reject" in request.POST
    rejected = 0
    try:
        if also_reject:
            banned = commenters.ban_and_reject(commenter.pk, **decision)
            changed, rejected = banned.changed, banned.rejected
        else:
            changed = commenters.set_standing(commenter.pk, standing, **decision)
    except Overtaken as overtaken:
        messages.warning(request, str(overtaken))
        return
    undo.remember(request, decision["batch"] if changed or rejected else None)
    told = gettext("%(commenter)s is now: %(standing)s.")
    messages.success(request, told % {"commenter": commenter, "standing": standing.label})
    if also_reject:
        told = ngettext(
            "%(count)d comment that waited is rejected.",
            "%(count)d comments that waited are rejected.",
            rejected,
        )
        messages.success(request, told % {"count": rejected})
