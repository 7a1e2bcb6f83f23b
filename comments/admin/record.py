"""The record at the desk: what was done, by whom and when. It is read, and nothing else.

The lists stay quick with a million rows: in the order of the key, without counting them all, with
filters that an index answers.
"""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.desk import ReadOnlyAdmin
from articles.desk_filters import ByPeriod, by_choice
from articles.numbers import whole_number
from comments.admin import changes
from comments.admin.export import Column, as_csv, label
from comments.admin.record_filters import ByModerator, ByRule
from comments.entries import label_of
from comments.models import (
    AccessKind,
    AddressAccess,
    CommenterDecision,
    CommentStatus,
    Decision,
    DecisionAction,
    PolicyChange,
    Standing,
)
from comments.pseudonyms import pseudonym

MOST_LISTED = 5000


class CappedPaginator(Paginator):
    """Pages for the newest rows; the others are found by date, or in the export."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_LISTED)

    @property
    def is_capped(self) -> bool:
        return self._counted > MOST_LISTED

    @cached_property
    def _counted(self) -> int:
        """How many there are, counted no further than one too many."""
        assert isinstance(self.object_list, models.QuerySet)
        return self.object_list.order_by()[: MOST_LISTED + 1].count()


class NewestFirst(ChangeList):
    """A list in the order in which its rows were written, whatever its address asks for."""

    def get_ordering(self, request: HttpRequest, queryset: models.QuerySet) -> list[Any]:
        return ["-pk"]


class RecordAdmin(ReadOnlyAdmin):
    """A list of rows that nobody adds, changes or deletes: the database refuses it as well."""

    actions = None
    sortable_by = ()
    list_display_links = None
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    change_list_template = "admin/comments/record.html"
    parameters: set[str] = {"by", *ByPeriod.parameters}
    # The columns of the export.
    columns: list[Column] = []

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        name = f"comments_{self.opts.model_name}_export"
        return [path("export/", export, name=name), *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in self.parameters

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NewestFirst

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The rows that the list with the same filters has, without its end."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:comments_{self.opts.model_name}_changelist")
        return as_csv(f"{self.opts.model_name}s", found, self.columns)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("by")

    def get_list_display(self, request: HttpRequest) -> Any:
        return _with_links(request, self.list_display)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return _with_links(request, self.fields)

    @admin.display(description=_("by"))
    def who(self, row: Any) -> str:
        return row.by.get_username() if row.by else "—"

    @admin.display(description=_("commenter"))
    def whom(self, row: Any) -> str:
        return pseudonym(row.commenter_id) if row.commenter_id else "—"

    @admin.display(description=_("commenter"))
    def whom_link(self, row: Any) -> str:
        if row.commenter_id is None:
            return "—"
        page = reverse("admin:comments_commenter_change", args=[row.commenter_id])
        return format_html('<a href="{}">{}</a>', page, pseudonym(row.commenter_id))


def _with_links(request: HttpRequest, columns: Any) -> list[str]:
    """The columns, those as links whose pages this user may open."""
    links = dict(names for right, names in _LINKED.items() if request.user.has_perm(right))
    return [links.get(column, column) for column in columns]


# The columns that are links for whoever holds the right: as text, and as a link.
_LINKED = {
    "comments.view_comment": ("comment_number", "comment_link"),
    "comments.view_commenter": ("whom", "whom_link"),
}


def _iso(row: Any) -> str:
    return timezone.localtime(row.at).isoformat(timespec="seconds")


_TIME: Column = (_("time"), _iso)
_MODERATOR: Column = (_("moderator"), lambda row: row.by.get_username() if row.by else "")
_REASON: Column = (_("reason"), lambda row: row.reason)


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    list_display = ["at", "comment_number", "what_was_done", "who_or_which_rule", "reason"]
    list_filter = [
        ByModerator,
        ByRule,
        by_choice("action", _("what"), DecisionAction),
        by_choice("new", _("status reached"), CommentStatus),
        ByPeriod,
    ]
    parameters = {*RecordAdmin.parameters, "rule", "action", "new"}
    search_fields = ["comment"]
    search_help_text = _("The number of a comment.")
    fields = ["at", "comment_number", "what_was_done", "who_or_which_rule", "reason"]
    columns = [
        _TIME,
        (_("what"), lambda row: label(DecisionAction, row.action)),
        (_("comment"), lambda row: row.comment_id),
        (_("article"), lambda row: row.comment.article.title),
        (_("from"), lambda row: label(CommentStatus, row.old)),
        (_("to"), lambda row: label(CommentStatus, row.new)),
        (_("rule"), lambda row: row.rule and label_of(row.rule)),
        *(_MODERATOR, _REASON),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Decision]:
        return (
            super()
            .get_queryset(request)
            .select_related("comment__article")
            .only(
                *("at", "action", "old", "new", "rule", "reason"),
                *("comment__article__title", "by__username"),
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Decision], search_term: str
    ) -> tuple[models.QuerySet[Decision], bool]:
        if not search_term.strip():
            return queryset, False
        number = whole_number(search_term.strip().removeprefix("#"))
        return queryset.filter(comment=number) if number else queryset.none(), False

    @admin.display(description=_("comment"))
    def comment_number(self, row: Decision) -> SafeString:
        return format_html("{} <bdi>{}</bdi>", row.comment_id, row.comment.article.title)

    @admin.display(description=_("comment"))
    def comment_link(self, row: Decision) -> SafeString:
        return format_html(
            '<a href="{}">{}</a> <bdi>{}</bdi>',
            reverse("admin:comments_comment_change", args=[row.comment_id]),
            *(row.comment_id, row.comment.article.title),
        )

    @admin.display(description=_("what"))
    def what_was_done(self, row: Decision) -> str:
        return str(row)

    @admin.display(description=_("by"))
    def who_or_which_rule(self, row: Decision) -> str:
        return row.by.get_username() if row.by else str(label_of(row.rule))


@admin.register(CommenterDecision)
class CommenterDecisionAdmin(RecordAdmin):
    list_display = ["at", "whom", "old", "new", "who", "reason"]
    list_filter = [ByModerator, by_choice("new", _("standing"), Standing), ByPeriod]
    parameters = {*RecordAdmin.parameters, "new"}
    fields = ["at", "whom", "old", "new", "who", "reason"]
    columns = [
        _TIME,
        (_("commenter"), lambda row: pseudonym(row.commenter_id)),
        (_("from"), lambda row: label(Standing, row.old)),
        (_("to"), lambda row: label(Standing, row.new)),
        *(_MODERATOR, _REASON),
    ]


@admin.register(PolicyChange)
class PolicyChangeAdmin(RecordAdmin):
    list_display = ["at", "whose", "what", "from_value", "to_value", "who", "reason"]
    list_filter = [ByModerator, ByPeriod]
    fields = ["at", "whose", "what", "from_value", "to_value", "who", "reason"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[PolicyChange]:
        rows = super().get_queryset(request).select_related("article")
        return rows.defer("article__body", "article__search_index")

    @admin.display(description=_("policy"))
    def whose(self, row: PolicyChange) -> str:
        return _whose(row)

    @admin.display(description=_("what"))
    def what(self, row: PolicyChange) -> str:
        return changes.what(row)

    @admin.display(description=_("from"))
    def from_value(self, row: PolicyChange) -> str:
        return changes.value(row, row.old)

    @admin.display(description=_("to"))
    def to_value(self, row: PolicyChange) -> str:
        return changes.value(row, row.new)

    columns = [
        _TIME,
        (_("policy"), lambda row: _whose(row)),
        (_("what"), changes.what),
        (_("from"), lambda row: changes.value(row, row.old)),
        (_("to"), lambda row: changes.value(row, row.new)),
        *(_MODERATOR, _REASON),
    ]


def _whose(row: PolicyChange) -> str:
    """The article's title; a number for one that nobody outside the stories' desk has seen."""
    if row.article is None:
        return str(_("the whole site"))
    return row.article.title if row.article.published_at else f"#{row.article.pk}"


@admin.register(AddressAccess)
class AddressAccessAdmin(RecordAdmin):
    """Who came near an address. Moderators do not see it: it is there to watch over them."""

    list_display = ["at", "kind", "whom", "who", "reason"]
    list_filter = [ByModerator, by_choice("kind", _("what"), AccessKind), ByPeriod]
    parameters = {*RecordAdmin.parameters, "kind"}
    fields = ["at", "kind", "whom", "who", "reason"]
    columns = [
        _TIME,
        (_("what"), lambda row: label(AccessKind, row.kind)),
        (_("commenter"), lambda row: row.commenter_id and pseudonym(row.commenter_id)),
        *(_MODERATOR, _REASON),
    ]
