"""Categories, bylines and tags."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from tree_queries.admin import TreeChangeList

from articles.desk import DeskAdmin
from articles.models import Byline, Category, Tag


@admin.register(Category)
class CategoryAdmin(DeskAdmin):
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
class TagAdmin(DeskAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
