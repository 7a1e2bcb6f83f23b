"""What REST clients can ask of the list of articles; an unknown value is an error that names it."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError as InvalidValue
from django.forms import Field
from django.utils.translation import gettext as _
from django_filters.rest_framework import FilterSet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from articles import finding
from articles.addresses import public_bylines, public_tags
from articles.models import Article, ArticleQuerySet, Category, CategoryTree
from articles.numbers import whole_number

ORDERINGS = {
    "-published_at": ("-published_at", "-id"),
    "published_at": ("published_at", "id"),
}
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


class ArticleFilter(FilterSet):
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(),
        to_field_name="slug",
        method="of_category",
        help_text="Slug of a category; its descendants are included.",
    )
    tag = django_filters.ModelChoiceFilter(
        queryset=lambda _request: public_tags(),
        to_field_name="slug",
        field_name="tags",
        help_text="Slug.",
    )
    byline = django_filters.ModelChoiceFilter(
        queryset=lambda _request: public_bylines(),
        to_field_name="slug",
        help_text="Slug of a byline.",
    )
    search = django_filters.CharFilter(
        method="of_search", help_text='Words; "a phrase" in quotes; -word to leave out.'
    )
    published_after = django_filters.IsoDateTimeFilter("published_at", "gte")
    published_before = django_filters.IsoDateTimeFilter("published_at", "lt")

    class Meta:
        model = Article
        fields: list[str] = []

    def of_category(
        self, articles: ArticleQuerySet, name: str, category: Category
    ) -> ArticleQuerySet:
        return articles.in_categories(CategoryTree().branch(category.pk))

    def of_search(self, articles: ArticleQuerySet, name: str, words: str) -> ArticleQuerySet:
        return finding.matching(articles, words)


class ArticleCursor(CursorPagination):
    """Pages by date of publication; the cursor is opaque to clients."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE
    ordering = ORDERINGS["-published_at"]

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except InvalidValue as error:  # A cursor that we did not make holds no moment.
            raise NotFound(self.invalid_cursor_message) from error

    def get_page_size(self, request: Request) -> int:
        asked = whole_number(request.query_params.get("page_size", str(PAGE_SIZE)))
        if asked is None or not 1 <= asked <= MAX_PAGE_SIZE:
            raise ValidationError(
                {"page_size": [_("A whole number from 1 to %d.") % MAX_PAGE_SIZE]}
            )
        return asked

    def get_ordering(self, request: Request, queryset: Any, view: APIView) -> tuple[str, ...]:
        asked = request.query_params.get("ordering", "-published_at")
        if asked not in ORDERINGS:
            raise ValidationError({"ordering": [_("One of: %s.") % ", ".join(ORDERINGS)]})
        return ORDERINGS[asked]


def selected_fields(request: Request, known: dict[str, Field]) -> set[str] | None:
    """The fields that `?fields=` asks for; None for all. An unknown name is an error."""
    asked = request.query_params.get("fields")
    if asked is None:
        return None
    names = {name.strip() for name in asked.split(",")} - {""}
    unknown = sorted(names - set(known))
    if unknown or not names:
        raise ValidationError(
            {
                "fields": [
                    _("Not known: %(unknown)s. Known are: %(known)s.")
                    % {"unknown": ", ".join(unknown), "known": ", ".join(known)}
                ]
            }
        )
    return names
