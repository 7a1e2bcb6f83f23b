"""The filters of the record's lists: each asks for no more than an index answers."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.db import connection, models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.numbers import whole_number
from comments.entries import label_of

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
