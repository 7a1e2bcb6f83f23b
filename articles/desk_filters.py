"""Filters for lists of the desk: one choice of several, and a period. What is none is refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.days import midnight


class OneOf(admin.SimpleListFilter):
    """One of the values that a subclass offers; none is all of them, another one is refused."""

    def narrow(self, queryset: Any, value: str) -> models.QuerySet[Any]:
        """The rows with the value that was chosen."""
        return queryset.filter(**{str(self.parameter_name): value})

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        value = self.value() or ""
        if not value:
            return queryset
        if value not in {str(offered) for offered, _label in self.lookup_choices}:
            raise IncorrectLookupParameters
        return self.narrow(queryset, value)


class ByChoice(OneOf):
    """One of a field's choices; a subclass names the field."""

    choices_of: type[models.TextChoices]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*self.choices_of.choices]


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
    template = "admin/period_filter.html"
    parameters = ("since", "until")
    # The column that the days are of.
    moment = "at"

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
            queryset = queryset.filter(**{f"{self.moment}__gte": midnight(since)})
        if until:
            queryset = queryset.filter(**{f"{self.moment}__lt": midnight(until + timedelta(1))})
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
