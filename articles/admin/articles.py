"""The stories."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from tree_queries.forms import TreeNodeChoiceField, TreeNodeMultipleChoiceField

from articles import rights
from articles.admin.article_list import StoryListAdmin
from articles.admin.bulk_steps import BulkSteps
from articles.admin.conflicts import ConflictsAdmin
from articles.admin.corrections import CorrectionPages
from articles.admin.counting import CountedForm, CountingDesk
from articles.admin.deleting import StoryDeletingDesk
from articles.admin.editor import AnsweringTextEditor
from articles.admin.once import SentOnce
from articles.admin.picks import RelatedPostInline
from articles.admin.pictures import picture
from articles.admin.presence import PresenceAdmin
from articles.admin.preview import PreviewDesk
from articles.admin.reading import ReadingDesk
from articles.admin.related import RelatedDesk
from articles.admin.revisions import RevisionsAdmin
from articles.admin.slugs import ReadableSlugForm, SlugDesk
from articles.admin.unsaved import UnsavedAdmin
from articles.admin.workflow import StepFields, WorkflowPages
from articles.models import Article, Category
from articles.story_form import LONGEST_TAG, MOST_TAGS, StoryForm

_FORM = "articles_article_change"
# A line of the longest tags, each with a comma and a blank.
_LONGEST_LINE_OF_TAGS = MOST_TAGS * (LONGEST_TAG + 2)


class ArticleForm(StepFields, CountedForm, ReadableSlugForm, StoryForm):
    """The story's form; what the database would refuse is said beside its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields and "further_categories" in self.fields:
            self._read_the_tree_once()

    def _read_the_tree_once(self) -> None:
        main: Any = self.fields["category"]
        further: Any = self.fields["further_categories"]
        # Without `iter`, the rows are counted first.
        main.choices = list(iter(main.choices))
        further.choices = main.choices[1:]


@admin.register(Article)
class ArticleAdmin(
    WorkflowPages,
    BulkSteps,
    CorrectionPages,
    AnsweringTextEditor,
    RelatedDesk,
    PreviewDesk,
    SlugDesk,
    CountingDesk,
    ReadingDesk,
    StoryDeletingDesk,
    ConflictsAdmin,
    RevisionsAdmin,
    PresenceAdmin,
    UnsavedAdmin,
    SentOnce,
    StoryListAdmin,
):
    form = ArticleForm
    autocomplete_fields = ["byline", "image"]
    readonly_fields = ["status_mark", "published_at", "publish_at", "owner", "image_preview"]
    inlines = [RelatedPostInline]
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "byline", "body", "excerpt"]}),
        (_("Picture"), {"fields": ["image", "image_preview", "image_caption", "no_image_reason"]}),
        (_("Where it stands"), {"fields": ["category", "further_categories", "tags"]}),
        (
            _("Publication"),
            {
                "fields": [
                    *("status_mark", "published_at", "publish_at", "owner"),
                    *("slug", "language", "comments_open"),
                ]
            },
        ),
    ]

    class Media:
        js = ["articles/desk.js"]

    # Rights: which story is whose business is said in `articles.rights`.

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Article]:
        visible = rights.visible_to(request.user)
        stories = super().get_queryset(request).filter(pk__in=visible.values("pk"))
        page = request.resolver_match.url_name if request.resolver_match else ""
        # What the form shows of its story beside the fields, read along with it.
        return stories.select_related("image", "owner") if page == _FORM else stories

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj and not rights.may_see(request.user, obj):
            return False
        return super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj and not rights.may_change(request.user, obj):
            return False
        return super().has_change_permission(request, obj)

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_public else None

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.owner = cast(User, request.user)
        super().save_model(request, obj, form, change)

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

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "tags":
            kwargs["max_length"] = _LONGEST_LINE_OF_TAGS
        return super().formfield_for_dbfield(db_field, request, **kwargs)

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
