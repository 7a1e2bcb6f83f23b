"""Categories, bylines and tags."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from tree_queries.admin import TreeChangeList

from articles.desk import DeskAdmin
from articles.models import Byline, Category, Tag


class FilingDesk(DeskAdmin):
    """For what stories are filed under beside their main category."""

    # The relation that leads from a row to the stories, and goes with it.
    stories: str

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django's, but what goes along is said as the number of stories that lose the row."""
        _deleted, _counts, needed, protected = super().get_deleted_objects(objs, request)
        told = [part for row in objs for part in (str(row), [self._told(row)])]
        return told, {self.opts.verbose_name_plural: len(objs)}, needed, protected

    def _told(self, row: models.Model) -> str:
        count = getattr(row, self.stories).count()
        lost = ngettext("%(count)s story loses it", "%(count)s stories lose it", count)
        return lost % {"count": count}


@admin.register(Category)
class CategoryAdmin(FilingDesk):
    stories = "further_articles"
    list_display = ["indented_name", "slug", "position"]
    list_display_links = ["indented_name"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "parent", "position", "description"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Category]:
        return Category.objects.with_tree_fields()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeChangeList

    @admin.display(description=_("name"))
    def indented_name(self, category: Category) -> SafeString:
        return format_html(
            '<span class="tree-name" data-depth="{}">{}</span>', category.tree_depth, category
        )


@admin.register(Byline)
class BylineAdmin(DeskAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tag)
class TagAdmin(FilingDesk):
    stories = "tagged"
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
