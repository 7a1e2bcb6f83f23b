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
    """Puts nothing over what somebody else has saved since the form was opened, unread."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stored = StaticPage.objects.select_for_update().filter(pk=self.instance.pk).first()
        if stored and self.data.get("seen") != stored.updated_at.isoformat():
            # Shown again, the form has seen it: what was typed is saved if that is still wanted.
            typed = {name: self.data.get(name, "") for name in self.fields}
            self.data = typed | {"seen": stored.updated_at.isoformat()}
            raise forms.ValidationError(
                _(
                    "Somebody has saved this page since you opened it. What you typed stands below:"
                    " look at the page on the site, and save again to put yours in its place."
                )
            )
        return cleaned

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        namesakes = StaticPage.objects.filter(slug__iexact=slug).exclude(pk=self.instance.pk)
        if begins_another_address(slug) or namesakes.exists():
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
    fields = ["title", "slug", "body", "language", "position", "beside_comments", "seen"]

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
