"""The address of a story in its form: read kindly, suggested from the title, warned of later."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_unicode_slug
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import rights
from articles.arabic import SLUG_CHARACTERS, slugify
from articles.desk import DeskAdmin
from articles.models import Article

_WARNING = _(
    "The story was published under this address. If you change it, the old address leads here for"
    " ever, and no other story can have it."
)


class ReadableSlugField(forms.SlugField):
    """Takes any typed words and makes a slug of them; what is one already stays as it is."""

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value))
        return typed if _is_slug(typed) else slugify(typed) or typed


class ReadableSlugForm(forms.ModelForm):
    """Warns beside the slug of a story that was published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" not in self.fields:
            return
        self.fields["slug"].widget.attrs |= {
            "data-suggest": reverse("admin:articles_article_slug"),
            "data-article": str(self.instance.pk or ""),
        }
        if self.instance.published_at:
            self.fields["slug"].help_text = format_html(
                '<span class="slug-warning">{}</span>', _WARNING
            )


class SlugDesk(DeskAdmin):
    formfield_overrides = {
        models.SlugField: {"form_class": ReadableSlugField, "widget": AdminTextInputWidget}
    }

    class Media:
        js = [forms.Script("articles/slug.js", type="module")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever may not publish leaves the address of what was published alone."""
        fields = super().get_readonly_fields(request, obj)
        if obj and obj.published_at and not rights.may_publish(request.user):
            return [*fields, "slug"]
        return fields

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.slug_view)
        return [path("slug/", page, name="articles_article_slug"), *super().get_urls()]

    @method_decorator(require_safe)
    def slug_view(self, request: HttpRequest) -> HttpResponse:
        """The free slug that the server would make of `title` for the story `article`."""
        own = self.get_object(request, request.GET.get("article", ""))
        if not (
            self.has_change_permission(request, own) if own else self.has_add_permission(request)
        ):
            raise PermissionDenied
        titled = Article(pk=own.pk if own else None, title=request.GET.get("title", ""))
        return JsonResponse({"slug": titled.free_slug() if slugify(titled.title) else ""})


def _is_slug(typed: str) -> bool:
    try:
        validate_unicode_slug(typed)
    except forms.ValidationError:
        return False
    return re.fullmatch(f"{SLUG_CHARACTERS}+", typed) is not None
