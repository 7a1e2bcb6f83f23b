"""A story for whoever may only read it at the desk: its text as readers see it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import bodies
from articles.desk import DeskAdmin
from articles.models import Article


class ReadingDesk(DeskAdmin):
    class Media:
        css = {"all": ["articles/as-read.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [(name, {**options, "fields": _to_read(options)}) for name, options in fieldsets]

    @admin.display(description=_("body"))
    def body_as_read(self, article: Article) -> SafeString | str:
        if not article.body:
            return str(self.get_empty_value_display())
        return format_html(
            '<div class="as-read" lang="{}" dir="{}">{}</div>',
            article.language,
            article.direction,
            bodies.render(article),
        )


def _to_read(options: Any) -> list[Any]:
    return ["body_as_read" if field == "body" else field for field in options["fields"]]
