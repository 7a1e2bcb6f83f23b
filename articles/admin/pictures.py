"""The archive of pictures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.validators import FileExtensionValidator
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.desk import DeskAdmin, one_at_a_time
from articles.models import ArchiveImage, ArticleStatus
from articles.renditions import FORMATS


class ArchiveImageForm(forms.ModelForm):
    """The file is judged by its content, in `articles.renditions`; its name may not deceive."""

    file = forms.FileField(
        label=_("file"),
        widget=AdminFileWidget,
        validators=[FileExtensionValidator(["jpeg", *FORMATS.values()])],
    )

    def clean(self) -> dict[str, Any] | None:
        one_at_a_time(ArchiveImage)
        return super().clean()


@admin.register(ArchiveImage)
class ArchiveImageAdmin(DeskAdmin):
    form = ArchiveImageForm
    list_display = ["thumbnail", "alt", "credit", "is_archive", "taken_on", "size"]
    list_display_links = ["thumbnail", "alt"]
    list_filter = ["is_archive", "added_at"]
    list_per_page = 50
    search_fields = ["alt", "caption", "credit"]
    date_hierarchy = "added_at"
    readonly_fields = ["preview"]
    fields = ["preview", "file", "alt", "caption", "credit", "taken_on", "is_archive"]

    def has_change_permission(self, request: HttpRequest, obj: ArchiveImage | None = None) -> bool:
        """A picture that readers see is changed only by those who may change what they see."""
        if obj and not request.user.has_perm("articles.publish_article"):
            is_shown = obj.articles.exclude(status=ArticleStatus.DRAFT).exists()
            return not is_shown and super().has_change_permission(request, obj)
        return super().has_change_permission(request, obj)

    @admin.display(description=_("picture"))
    def thumbnail(self, image: ArchiveImage) -> SafeString:
        return picture(image, "thumbnail")

    @admin.display(description=_("preview"))
    def preview(self, image: ArchiveImage) -> SafeString | str:
        return picture(image, "preview") if image.pk else "—"

    @admin.display(description=_("size"))
    def size(self, image: ArchiveImage) -> str:
        return f"{image.width}×{image.height}"


def picture(image: ArchiveImage, css_class: str) -> SafeString:
    """The smallest rendition, for the desk."""
    rendition = image.thumbnail
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        css_class,
        rendition.url,
        rendition.width,
        rendition.height,
        image.alt,
    )
