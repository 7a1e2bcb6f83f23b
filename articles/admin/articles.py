"""The stories."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from tree_queries.forms import TreeNodeChoiceField, TreeNodeMultipleChoiceField

from articles import publishing
from articles.admin.decisions import decisions_table
from articles.admin.pictures import picture
from articles.desk import DeskAdmin, NumberedAutocompletes, one_at_a_time
from articles.models import Article, ArticleStatus, Category, RelatedPost, Tag
from articles.related import MOST_PICKS

# The buttons below a story: what is done, what it is called, from which statuses it is offered.
STATUS_BUTTONS: dict[str, tuple[Callable[..., Article], Any, set[str]]] = {
    "publish": (publishing.publish, _("Save and publish"), {"draft", "retracted"}),
    "draft": (publishing.back_to_draft, _("Save and take back to draft"), {"published"}),
    "retract": (publishing.retract, _("Save and retract"), {"published"}),
}


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
