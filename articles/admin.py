"""The editors' desk."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminFileWidget
from django.core.validators import FileExtensionValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from tree_queries.admin import TreeChangeList
from tree_queries.forms import TreeNodeChoiceField, TreeNodeMultipleChoiceField

from articles import publishing
from articles.desk import DeskAdmin, NumberedAutocompletes, one_at_a_time
from articles.models import (
    ArchiveImage,
    Article,
    ArticleStatus,
    Byline,
    Category,
    RelatedPost,
    Tag,
)
from articles.related import MOST_PICKS
from articles.renditions import FORMATS

# The buttons below a story: what is done, what it is called, from which statuses it is offered.
STATUS_BUTTONS: dict[str, tuple[Callable[..., Article], Any, set[str]]] = {
    "publish": (publishing.publish, _("Save and publish"), {"draft", "retracted"}),
    "draft": (publishing.back_to_draft, _("Save and take back to draft"), {"published"}),
    "retract": (publishing.retract, _("Save and retract"), {"published"}),
}


@admin.register(Category)
class CategoryAdmin(DeskAdmin):
    list_display = ["indented_name", "slug", "position"]
    list_display_links = ["indented_name"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "parent", "position", "description"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Category]:
        return Category.objects.with_tree_fields()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeChangeList

    @admin.display(description=_("name"))
    def indented_name(self, category: Category) -> SafeString:
        return format_html(
            '<span class="tree-name" data-depth="{}">{}</span>', category.tree_depth, category
        )


@admin.register(Byline)
class BylineAdmin(DeskAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


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


class RelatedPostInline(NumberedAutocompletes, admin.TabularInline):
    model = RelatedPost
    fk_name = "from_article"
    fields = ["to_article", "position"]
    autocomplete_fields = ["to_article"]
    extra = 0
    max_num = MOST_PICKS
    verbose_name = _("related story")
    verbose_name_plural = _("related stories, picked by hand")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RelatedPost]:
        return super().get_queryset(request).select_related("to_article")


class ArticleForm(forms.ModelForm):
    """The story's form; what the database would refuse is said beside its field."""

    def clean(self) -> dict[str, Any] | None:
        one_at_a_time(Article)
        return super().clean()

    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        longest = Tag._meta.get_field("name").max_length or 0
        if any(len(tag) > longest for tag in tags):
            raise forms.ValidationError(_("A tag has at most %d characters.") % longest)
        return tags


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    list_display = ["title", "status_mark", "category", "byline", "published_at"]
    list_filter = ["status", ("category", admin.RelatedOnlyFieldListFilter), "byline", "language"]
    list_select_related = ["category", "byline"]
    list_per_page = 50
    search_fields = ["title", "subtitle"]
    search_help_text = _("Searches titles and subtitles.")
    date_hierarchy = "published_at"
    autocomplete_fields = ["byline", "image"]
    readonly_fields = ["status_mark", "published_at", "image_preview", "history_of_status"]
    inlines = [RelatedPostInline]
    actions = ["publish_selected", "retract_selected"]
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "byline", "body", "excerpt"]}),
        (_("Picture"), {"fields": ["image", "image_preview", "image_caption"]}),
        (_("Where it stands"), {"fields": ["category", "further_categories", "tags"]}),
        (
            _("Publication"),
            {
                "fields": [
                    *("status_mark", "published_at", "slug", "language", "comments_open"),
                    "history_of_status",
                ]
            },
        ),
    ]

    class Media:
        js = ["articles/desk.js"]

    # Rights: without the right to publish, only drafts can be changed.

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj and obj.status != ArticleStatus.DRAFT and not self.has_publish_permission(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj and obj.published_at:
            return False
        return super().has_delete_permission(request, obj)

    # The form

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "category":
            kwargs["form_class"] = TreeNodeChoiceField
            kwargs["queryset"] = Category.objects.with_tree_fields()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "further_categories":
            kwargs["form_class"] = TreeNodeMultipleChoiceField
            kwargs["queryset"] = Category.objects.with_tree_fields()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        status = article.status if article else ArticleStatus.DRAFT
        context["status_buttons"] = [
            (name, label)
            for name, (_change, label, offered_from) in STATUS_BUTTONS.items()
            if status in offered_from and self.has_publish_permission(request)
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._change_status(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._change_status(request, obj) or super().response_change(request, obj)

    def _change_status(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do what a status button asks for, after the form was saved; None for another button."""
        asked = next((name for name in STATUS_BUTTONS if f"_{name}" in request.POST), None)
        if asked is None or not self.has_publish_permission(request):
            return None
        change, _label, _offered_from = STATUS_BUTTONS[asked]
        try:
            changed = change(article, by=request.user)
        except publishing.Refused as refused:
            self.message_user(request, _("Saved. %s") % refused, messages.WARNING)
        else:
            self.message_user(
                request,
                _("“%(title)s” is saved and now: %(status)s.")
                % {"title": changed, "status": changed.get_status_display()},
                messages.SUCCESS,
            )
        return redirect(f"{self.admin_site.name}:articles_article_change", article.pk)

    # Columns and read-only fields

    @admin.display(description=_("status"), ordering="status")
    def status_mark(self, article: Article) -> SafeString:
        return format_html(
            '<span class="status status-{}">{}</span>',
            article.status,
            article.get_status_display(),
        )

    @admin.display(description=_("chosen picture"))
    def image_preview(self, article: Article) -> SafeString | str:
        return picture(article.image, "preview") if article.image else "—"

    @admin.display(description=_("history of the status"))
    def history_of_status(self, article: Article) -> SafeString | str:
        return decisions_table(article.decisions.select_related("by")) if article.pk else "—"

    # Actions on the list

    @admin.action(description=_("Publish the selected articles"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, articles: Iterable[Article]) -> None:
        self._change_each(request, articles, publishing.publish)

    @admin.action(description=_("Retract the selected articles"), permissions=["publish"])
    def retract_selected(self, request: HttpRequest, articles: Iterable[Article]) -> None:
        self._change_each(request, articles, publishing.retract)

    def _change_each(
        self, request: HttpRequest, articles: Iterable[Article], change: Callable[..., Article]
    ) -> None:
        done = 0
        for article in articles:
            try:
                change(article, by=request.user)
                done += 1
            except publishing.Refused as refused:
                self.message_user(request, f"“{article}”: {refused}", messages.WARNING)
        if done:
            self.message_user(
                request,
                ngettext("%(count)d article changed.", "%(count)d articles changed.", done)
                % {"count": done},
                messages.SUCCESS,
            )


def decisions_table(decisions: Iterable[Any]) -> SafeString | str:
    """The record of a status, newest first."""
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (
            (
                date_format(timezone.localtime(each.at), "SHORT_DATETIME_FORMAT"),
                each.get_old_display(),
                each.get_new_display(),
                each.by or getattr(each, "rule", ""),
                each.reason,
            )
            for each in decisions
        ),
    )
    heads = format_html_join(
        "", "<th>{}</th>", ((head,) for head in (_("at"), _("from"), _("to"), _("by"), _("reason")))
    )
    if not rows:
        return "—"
    return format_html('<table class="decisions"><tr>{}</tr>{}</table>', heads, rows)
