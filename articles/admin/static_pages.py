"""Static pages at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.addresses import begins_another_address
from articles.admin.editor import TextEditor
from articles.admin.slugs import ReadableSlugField
from articles.desk import DeskAdmin
from articles.models import StaticPage

_STARTING_TEXT = _(
    "Every new paper begins with this text. It is true of the site, but nobody of yours has read"
    " it: add who you are and how readers reach you. What you save, stays."
)


class StaticPageForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if begins_another_address(slug):
            raise forms.ValidationError(
                _("Other pages of the site have this address. Choose another word.")
            )
        return slug


@admin.register(StaticPage)
class StaticPageAdmin(TextEditor, DeskAdmin):
    form = StaticPageForm
    list_display = ["title", "slug", "position", "beside_comments", "updated_at", "updated_by"]
    list_select_related = ["updated_by"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = {
        models.SlugField: {"form_class": ReadableSlugField, "widget": AdminTextInputWidget}
    }
    fields = ["title", "slug", "body", "language", "position", "beside_comments"]

    def get_fieldsets(self, request: HttpRequest, obj: StaticPage | None = None) -> Any:
        """With a word above a text that the paper has not made its own."""
        [(name, options)] = super().get_fieldsets(request, obj)
        is_new = obj is not None and obj.updated_by_id is None
        return [(name, {**options, "description": _STARTING_TEXT} if is_new else options)]

    def save_model(
        self, request: HttpRequest, obj: StaticPage, form: forms.ModelForm, change: bool
    ) -> None:
        obj.updated_by_id = request.user.pk
        super().save_model(request, obj, form, change)
