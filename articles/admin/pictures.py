"""The archive of pictures."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import pictures, rights
from articles.admin.deleting import DeletingDesk
from articles.admin.picture_filters import Described, Used
from articles.admin.picture_forms import ArchiveImageForm
from articles.admin.picture_upload import PictureUpload
from articles.desk import story_line
from articles.models import UNFINISHED, ArchiveImage, Article


@admin.register(ArchiveImage)
class ArchiveImageAdmin(PictureUpload, DeletingDesk):
    form = ArchiveImageForm
    list_display = ["thumbnail", "name", "credit", "taken_on", "use"]
    list_display_links = ["name"]
    list_filter = [
        *(Described, Used, "is_archive", "added_at"),
        ("uploaded_by", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 48
    empty_value_display = ""
    search_fields = ["alt"]
    search_help_text = _("Searches descriptions, captions, people, keywords, credits and sources.")
    show_full_result_count = False
    readonly_fields = ["focal_point", "facts", "used_in"]
    fieldsets = [
        (None, {"fields": ["focal_point", "alt", "caption", "people", "keywords", "file"]}),
        (
            _("Where it comes from"),
            {"fields": ["credit", "source", "taken_on", "is_archive", "facts"]},
        ),
        (_("Cuts"), {"fields": ["focal_x", "focal_y"]}),
        (_("Used in"), {"fields": ["used_in"]}),
    ]
    # What there is to say of a picture that is not in the archive yet.
    add_fieldsets = [
        (None, {"fields": ["file", "alt", "caption", "people", "keywords"]}),
        (_("Where it comes from"), {"fields": ["credit", "source", "taken_on", "is_archive"]}),
    ]

    class Media:
        css = {"all": ["articles/pictures.css"]}
        js = [Script("articles/pictures/focal.js", type="module")]

    # Rights: a picture that readers see is changed only by those who may change what they see.

    def has_change_permission(self, request: HttpRequest, obj: ArchiveImage | None = None) -> bool:
        if obj and not rights.may_publish(request.user):
            is_shown = pictures.stories_with(obj).exclude(status__in=UNFINISHED).exists()
            return not is_shown and super().has_change_permission(request, obj)
        return super().has_change_permission(request, obj)

    # The library

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ArchiveImage]:
        images: Any = super().get_queryset(request)
        return pictures.with_use_count(images.defer("search_index"))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return (queryset.search(search_term) if search_term.strip() else queryset), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # On top of the whole library alone: whoever filters it looks for something else.
        undescribed = 0 if request.GET else ArchiveImage.objects.undescribed().count()
        context = {**(extra_context or {}), "undescribed": undescribed}
        return super().changelist_view(request, context)

    @admin.display(description=_("picture"))
    def thumbnail(self, image: ArchiveImage) -> SafeString:
        return picture(image, "thumbnail")

    @admin.display(description=_("description"), ordering="alt")
    def name(self, image: ArchiveImage) -> SafeString:
        return render_to_string("admin/articles/archiveimage/_name.html", {"picture": image})

    @admin.display(description=_("use"))
    def use(self, image: Any) -> str:
        count = image.use_count
        if not count:
            return gettext("in no story")
        return ngettext("in %(count)d story", "in %(count)d stories", count) % {"count": count}

    # One picture

    def get_fieldsets(self, request: HttpRequest, obj: ArchiveImage | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if self.has_change_permission(request, obj) else _without_file(fieldsets)

    def save_model(self, request: HttpRequest, obj: ArchiveImage, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("picture"))
    def focal_point(self, image: ArchiveImage) -> SafeString:
        return render_to_string("admin/articles/archiveimage/_focal.html", {"picture": image})

    @admin.display(description=_("facts"))
    def facts(self, image: ArchiveImage) -> SafeString:
        return render_to_string("admin/articles/archiveimage/_facts.html", {"picture": image})

    @admin.display(description=_("stories"))
    def used_in(self, image: ArchiveImage) -> SafeString:
        stories = list(pictures.stories_with(image))
        reader: Any = image.reader  # type: ignore[attr-defined]
        seen = _seen_by(reader, stories)
        shown = [story for story in stories if story.pk in seen]
        context = {"stories": shown, "others": len(stories) - len(shown)}
        return render_to_string("admin/articles/archiveimage/_used_in.html", context)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> ArchiveImage | None:
        """The picture, and for whom its page is: not every story that shows it is theirs to see."""
        image: Any = super().get_object(request, object_id, from_field)
        if image is not None:
            image.reader = request.user
        return image

    # Deleting

    needed_meanwhile = _("Nothing was deleted: a story shows the picture by now.")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django's, but what stands against it is said as the stories that show the picture."""
        deleted, counts, needed, _protected = super().get_deleted_objects(objs, request)
        stories = [story for image in objs for story in pictures.stories_with(image)]
        seen = _seen_by(request.user, stories)
        standing = [
            story_line(story) if story.pk in seen else _("a story that you may not see")
            for story in stories
        ]
        return deleted, counts, needed, standing


def _without_file(fieldsets: Any) -> Any:
    """The fieldsets for whoever may only look: no address serves an original."""
    return [
        (name, {**options, "fields": [each for each in options["fields"] if each != "file"]})
        for name, options in fieldsets
    ]


def _seen_by(reader: rights.Account, stories: list[Article]) -> set[int]:
    """The keys of those of the stories that this account may see."""
    keys = [story.pk for story in stories]
    return set(rights.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))


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
