"""What the picture library is filtered by, beyond columns."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.desk_filters import OneOf
from articles.models import ArchiveImageQuerySet


class Described(OneOf):
    """Pictures that still need a description before a story may show them."""

    title = _("description")
    parameter_name = "described"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("needs a description")), ("yes", _("is described"))]

    def narrow(self, queryset: ArchiveImageQuerySet, value: str) -> ArchiveImageQuerySet:
        return queryset.undescribed() if value == "no" else queryset.exclude(alt="")


class Used(OneOf):
    """Pictures that some story shows, and those that none does."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("in no story")), ("some", _("in a story"))]

    def narrow(self, queryset: ArchiveImageQuerySet, value: str) -> ArchiveImageQuerySet:
        return queryset.unused() if value == "none" else queryset.used()
