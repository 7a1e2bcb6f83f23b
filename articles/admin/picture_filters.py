"""What the picture library is filtered by, beyond columns."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import ArchiveImageQuerySet


class Described(admin.SimpleListFilter):
    """Pictures that still need a description before a story may show them."""

    title = _("description")
    parameter_name = "described"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("needs a description")), ("yes", _("is described"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Any]:
        pictures: ArchiveImageQuerySet = queryset
        if self.value() == "no":
            return pictures.undescribed()
        return pictures.exclude(alt="") if self.value() == "yes" else pictures


class Used(admin.SimpleListFilter):
    """Pictures that some story shows, and those that none does."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("in no story")), ("some", _("in a story"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Any]:
        pictures: ArchiveImageQuerySet = queryset
        if self.value() == "none":
            return pictures.unused()
        return pictures.used() if self.value() == "some" else pictures
