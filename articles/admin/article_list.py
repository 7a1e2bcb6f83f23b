"""The list of stories: its tabs, columns, filters and search."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import finding, rights
from articles.admin.article_filters import FILTERS, ByOwner, ByStatus
from articles.desk import DeskAdmin
from articles.models import Article, ArticleStatus


class StoryList(ChangeList):
    """Reads no body, and knows its tabs."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Article]:
        self._request = request
        return super().get_queryset(request, *args, **kwargs).defer("body", "search_index")

    def tabs(self) -> list[dict[str, Any]]:
        """Ways to begin: each an address of this list, and whether it is the present one."""
        mine, everybody = (_("Mine"), str(self._request.user.pk), ""), (_("All"), "", "")
        publishes = rights.may_publish(self._request.user)
        offered = [
            *((everybody, mine) if publishes else (mine, everybody)),
            (_("In review"), "", ArticleStatus.IN_REVIEW),
            (_("Scheduled"), "", ArticleStatus.SCHEDULED),
            (_("Published"), "", ArticleStatus.PUBLISHED),
        ]
        present = (self._chosen(ByOwner), self._chosen(ByStatus))
        return [
            {
                "label": label,
                "address": f"?{urlencode({'owner': owner, 'status__exact': status})}",
                "is_present": (owner, status) == present,
            }
            for label, owner, status in offered
        ]

    def is_narrowed(self) -> bool:
        """Whether a filter is in use that no tab stands for."""
        beside = [spec for spec in self.filter_specs if not isinstance(spec, (ByOwner, ByStatus))]
        used = any(value for spec in beside for value in spec.used_parameters.values())
        return used or not any(tab["is_present"] for tab in self.tabs())

    def others(self) -> list[tuple[str, str]]:
        """What the address asks for beside the filters and the search."""
        own = {name for spec in self.filter_specs for name in spec.expected_parameters()}
        return [each for each in self.params.items() if each[0] not in {*own, SEARCH_VAR}]

    def _chosen(self, which: type[ByOwner | ByStatus]) -> str:
        specs = (spec for spec in self.filter_specs if isinstance(spec, which))
        return next((spec.value() or "" for spec in specs), "")


class StoryListAdmin(DeskAdmin):
    """The list's part of the desk of stories."""

    list_display = ["headline", "status_mark", "byline", "category", "owner", "when"]
    list_display_links = ["headline"]
    list_filter = FILTERS
    list_select_related = ["byline", "category", "owner"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # What is searched is said in `get_search_results`; the names show the field.
    search_fields = ["title"]
    search_help_text = _("Words in any spelling, a tag, an address, or a number.")
    # Its years and months are taken in an address; they are not offered, since they are counted.
    date_hierarchy = "published_at"
    change_list_template = "admin/articles/article/change_list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StoryList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Of the list, and of every field that picks a story by autocompletion."""
        if not search_term.strip():
            return queryset, False
        is_ordered = bool(request.GET.get(ORDER_VAR))
        return finding.find(queryset, search_term, best_first=not is_ordered), False

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article: Article) -> SafeString:
        mark = "" if article.image_id else _("no picture")
        return format_html(
            "<bdi>{}</bdi>{}",
            article.title,
            format_html(' <span class="lacks">{}</span>', mark) if mark else "",
        )

    @admin.display(
        description=_("when"), ordering=Coalesce("publish_at", "published_at", "updated_at")
    )
    def when(self, article: Article) -> SafeString:
        """When it was published, is to be, or was changed: which of them, its status says."""
        if article.status == ArticleStatus.SCHEDULED and article.publish_at:
            is_late = article.publish_at <= timezone.now()
            word, at = (_("overdue since") if is_late else _("goes out")), article.publish_at
        elif article.status in {ArticleStatus.PUBLISHED, ArticleStatus.RETRACTED}:
            is_late, word, at = False, _("published"), article.published_at or article.updated_at
        else:
            is_late, word, at = False, _("changed"), article.updated_at
        local = timezone.localtime(at)
        return format_html(
            '<span class="{}">{}</span> <time datetime="{}">{}</time>',
            "late" if is_late else "quiet",
            word,
            local.isoformat(),
            date_format(local, "SHORT_DATETIME_FORMAT"),
        )
