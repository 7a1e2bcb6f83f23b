"""What narrows the list of stories: a line of choices above it, none of which counts anything."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import rights
from articles.days import midnight
from articles.desk_filters import ByPeriod, OneOf
from articles.models import Article, ArticleStatus, Byline, Category, CategoryTree

_INDENT = "\u2003"


class Chosen(OneOf):
    """A list to choose from; the empty choice is all."""

    template = "admin/articles/article/_choice.html"
    all_of_them: Any = _("all")

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        chosen = self.value() or ""
        for value, label in [("", self.all_of_them), *self.lookup_choices]:
            yield {
                "value": value,
                "display": label,
                "selected": str(value) == chosen,
                "query_string": changelist.get_query_string({str(self.parameter_name): value}),
            }


class ByStatus(Chosen):
    title = _("status")
    parameter_name = "status__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*ArticleStatus.choices]


class ByOwner(Chosen):
    """By the account that wrote them. Who does not publish sees their own ones, until they ask."""

    title = _("written by")
    parameter_name = "owner"
    nobody = "0"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        publishes = rights.may_publish(request.user)
        self._at_first = "" if publishes else str(request.user.pk)

    def value(self) -> str | None:
        return self.used_parameters.get(self.parameter_name, self._at_first)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        wrote = Exists(Article.objects.filter(owner=OuterRef("pk")))
        people = User.objects.filter(Q(pk=request.user.pk) | wrote).order_by("username")
        names = [(str(pk), name) for pk, name in people.values_list("pk", "username")]
        return [*names, (self.nobody, _("no account"))]

    def narrow(self, queryset: QuerySet[Article], value: str) -> QuerySet[Article]:
        return queryset.filter(owner=None if value == self.nobody else int(value))


class ByCategory(Chosen):
    """By a main or further category, with all that stands below it."""

    title = _("category")
    parameter_name = "category__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self._tree = CategoryTree()
        return [(str(pk), _indented(each)) for pk, each in self._tree.categories.items()]

    def narrow(self, queryset: Any, value: str) -> QuerySet[Article]:
        return queryset.in_categories(self._tree.branch(int(value)))


class ByByline(Chosen):
    title = _("byline")
    parameter_name = "byline__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(pk), name) for pk, name in Byline.objects.values_list("pk", "name")]


class ByLanguage(Chosen):
    title = _("language")
    parameter_name = "language__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*settings.LANGUAGES]


class ByPublication(Chosen):
    """By the days that are asked for most often; `ByDays` has all others."""

    title = _("published")
    parameter_name = "published"
    all_of_them = _("at any time")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("today")),
            ("week", _("in the last seven days")),
            ("month", _("this month")),
        ]

    def narrow(self, queryset: QuerySet[Article], value: str) -> QuerySet[Article]:
        return queryset.filter(published_at__gte=midnight(_first_day(value)))


class ByDays(ByPeriod):
    """Published from one day to another."""

    template = "admin/articles/article/_days.html"
    moment = "published_at"


FILTERS = (ByStatus, ByOwner, ByCategory, ByByline, ByLanguage, ByPublication, ByDays)


def _indented(category: Category) -> str:
    return f"{_INDENT * category.tree_depth}{category}"


def _first_day(period: str) -> date:
    today = timezone.localdate()
    starts = {"today": today, "week": today - timedelta(days=6), "month": today.replace(day=1)}
    return starts[period]
