"""The filters of the record's lists: each asks for no more than an index answers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db import connection, models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.numbers import whole_number
from comments.entries import label_of
from comments.queue import midnight

# The rules that decided something, found one after the other in the index: never a row is read.
_RULES = """
    WITH RECURSIVE rules AS (
        (SELECT rule FROM comments_decision WHERE rule > '' ORDER BY rule LIMIT 1)
        UNION ALL
        SELECT (SELECT d.rule FROM comments_decision d WHERE d.rule > rules.rule
                ORDER BY d.rule LIMIT 1)
            FROM rules WHERE rules.rule IS NOT NULL
    )
    SELECT rule FROM rules WHERE rule IS NOT NULL
"""


class ByModerator(admin.SimpleListFilter):
    """Whoever has rows in this list, and whatever nobody of the staff did."""

    title = _("moderator")
    parameter_name = "by"
    nobody = "0"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        rows = model_admin.model._default_manager.filter(by=models.OuterRef("pk"))
        staff = User.objects.filter(models.Exists(rows)).order_by("username")
        people = [(str(pk), name) for pk, name in staff.values_list("pk", "username")]
        return [*people, (self.nobody, _("nobody of the staff"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() is None:
            return queryset
        number = whole_number(self.value() or "")
        if number is None:
            raise IncorrectLookupParameters
        return queryset.filter(by=number or None)


class ByRule(admin.SimpleListFilter):
    title = _("rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(_RULES)
            return [(rule, label_of(rule)) for (rule,) in cursor.fetchall()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(rule=self.value()) if self.value() else queryset


class ByChoice(admin.SimpleListFilter):
    """One of a field's choices; a subclass names the field."""

    choices_of: type[models.TextChoices]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*self.choices_of.choices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() is None:
            return queryset
        if self.value() not in self.choices_of.values:
            raise IncorrectLookupParameters
        return queryset.filter(**{self.parameter_name or "": self.value()})


def by_choice(field: str, title: Any, choices: type[models.TextChoices]) -> type[ByChoice]:
    """A filter by one of a field's choices."""
    return type(
        f"By{field.title()}",
        (ByChoice,),
        {"title": title, "parameter_name": field, "choices_of": choices},
    )


class ByPeriod(admin.ListFilter):
    """From one day to another, both included, in the paper's time zone."""

    title = _("date")
    template = "admin/comments/period_filter.html"
    parameters = ("since", "until")

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[models.Model],
        model_admin: admin.ModelAdmin,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.parameters:
            given = (params.pop(name, None) or [""])[-1]
            if given:
                self.used_parameters[name] = given

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [*self.parameters]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        since, until = (self._day(name) for name in self.parameters)
        if since:
            queryset = queryset.filter(at__gte=midnight(since))
        if until:
            queryset = queryset.filter(at__lt=midnight(until + timedelta(days=1)))
        return queryset

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Two days to be filled in; beside them, the other filters that are to stay."""
        yield {
            "selected": not self.used_parameters,
            "days": [
                (name, label, self.used_parameters.get(name, ""))
                for name, label in zip(self.parameters, (_("From"), _("Until")), strict=True)
            ],
            "others": [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name not in self.parameters
                for value in values
            ],
            "query_string": changelist.get_query_string(remove=[*self.parameters]),
        }

    def _day(self, name: str) -> date | None:
        given = self.used_parameters.get(name)
        try:
            day = date.fromisoformat(str(given)) if given else None
        except ValueError as error:
            raise IncorrectLookupParameters from error
        if day and not 1900 <= day.year < 9999:
            raise IncorrectLookupParameters
        return day
