"""What REST clients can ask of the list of articles; an unknown value is an error that names it."""

from datetime import MINYEAR, UTC, datetime
from typing import Any

import django_filters
from django.utils.translation import gettext as _
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import FilterSet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from articles import finding
from articles.addresses import public_bylines, public_tags
from articles.api.paging import OrderedPages
from articles.models import Article, ArticleQuerySet, Category, CategoryTree

ORDERING = "ordering"
ORDERINGS = ["-published_at", "published_at"]


class _MomentField(IsoDateTimeField):
    """A moment by the clock of UTC: PostgreSQL knows none that is 16 hours or more away from it."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError:
            # By the clock of UTC it lies beyond the calendar, and so before or behind everything.
            return (datetime.min if moment.year == MINYEAR else datetime.max).replace(tzinfo=UTC)


class _MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = _MomentField


class ArticleFilter(FilterSet):
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(),
        to_field_name="slug",
        method="of_category",
        help_text="The slug of a category; what is filed under its descendants is found too.",
    )
    tag = django_filters.ModelChoiceFilter(
        queryset=lambda _request: public_tags(),
        to_field_name="slug",
        field_name="tags",
        help_text="The slug of a tag.",
    )
    byline = django_filters.ModelChoiceFilter(
        queryset=lambda _request: public_bylines(),
        to_field_name="slug",
        help_text="The slug of a byline, as the address of its page ends.",
    )
    search = django_filters.CharFilter(
        method="of_search", help_text='Words; "a phrase" in quotes; -word to leave out.'
    )
    published_after = _MomentFilter(
        "published_at", "gte", help_text="Published at this moment (RFC 3339) or later."
    )
    published_before = _MomentFilter(
        "published_at", "lt", help_text="Published before this moment (RFC 3339)."
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def of_category(
        self, articles: ArticleQuerySet, name: str, category: Category
    ) -> ArticleQuerySet:
        return articles.in_categories(CategoryTree().branch(category.pk))

    def of_search(self, articles: ArticleQuerySet, name: str, words: str) -> ArticleQuerySet:
        return finding.matching(articles, words)


class ArticlePages(OrderedPages):
    """Articles by the date of publication."""

    order_keys = ("published_at", "id")
    example = "/api/v1/articles/?cursor=WzAsICIyMDI2LTExLTE2VDA1OjMwOjAwKzAwOjAwIiwgIjMyIl0"

    def descends(self, request: Request) -> bool:
        asked = request.query_params.get(ORDERING, ORDERINGS[0])
        if asked not in ORDERINGS:
            raise ValidationError({ORDERING: [_("One of: %s.") % ", ".join(ORDERINGS)]})
        return asked.startswith("-")
