"""A story as the newsroom's own programs read and write it."""

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from articles import publishing, revisions
from articles.models import (
    REASON_MAX_LENGTH,
    ArchiveImage,
    Article,
    Byline,
    Category,
)
from articles.models.article import known_languages, language_of_the_paper
from articles.models.tag import tags_from_text

# What the desk's form calls otherwise.
NAMES = {
    "further_categories": "categories",
    "base_revision": "revision",
    "__all__": "non_field_errors",
}


class _Named(serializers.SlugRelatedField):
    """Something by its name or slug."""

    def to_internal_value(self, data: Any) -> Any:
        # PostgreSQL refuses to look for it.
        if "\0" in str(data):
            self.fail("does_not_exist", slug_name=self.slug_field, value="")
        return super().to_internal_value(data)


class _TagField(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if tags_from_text(name) != [name]:
            raise serializers.ValidationError(_("One tag: words, without commas or quotes."))
        return name


class _TagsField(serializers.ListField):
    child = _TagField()

    def get_attribute(self, instance: Article) -> list[str]:
        return [tag.name for tag in instance.tags.all()]


class DraftSerializer(serializers.ModelSerializer):
    """What is written of a story. The rules are those of the desk's form, which reads it next."""

    byline = _Named(slug_field="name", queryset=Byline.objects.all(), allow_null=True, default=None)
    body = serializers.CharField(
        allow_blank=True, default="", help_text="HTML; cleaned when it is saved."
    )
    image = serializers.PrimaryKeyRelatedField(
        queryset=ArchiveImage.objects.all(), allow_null=True, default=None
    )
    category = _Named(
        slug_field="slug", queryset=Category.objects.all(), allow_null=True, default=None
    )
    categories = _Named(
        slug_field="slug",
        queryset=Category.objects.all(),
        source="further_categories",
        many=True,
        default=list,
        help_text="Slugs of further categories.",
    )
    tags = _TagsField(default=list)
    slug = serializers.CharField(
        allow_blank=True, default="", help_text="Left empty, it is made from the title."
    )
    language = serializers.ChoiceField(choices=known_languages(), default=language_of_the_paper)
    comments_open = serializers.BooleanField(default=True)

    class Meta:
        model = Article
        fields = [
            *("title", "subtitle", "byline", "body", "excerpt"),
            *("image", "image_caption", "no_image_reason"),
            *("category", "categories", "tags", "slug", "language", "comments_open"),
        ]


class DraftChangeSerializer(DraftSerializer):
    """What is changed of a story, and on which revision of it that is based."""

    revision = serializers.IntegerField(
        min_value=1, help_text="As it was read: over a newer one nothing is saved (409)."
    )

    class Meta(DraftSerializer.Meta):
        fields = [*DraftSerializer.Meta.fields, "revision"]


class StoryInListSerializer(serializers.ModelSerializer):
    """A story of any status as it stands in a list."""

    owner = serializers.CharField(source="owner.username", default=None, allow_null=True)
    published_at = serializers.DateTimeField(default_timezone=UTC, read_only=True)
    publish_at = serializers.DateTimeField(default_timezone=UTC, read_only=True)
    updated_at = serializers.DateTimeField(default_timezone=UTC, read_only=True)

    class Meta:
        model = Article
        fields = [
            *("id", "title", "slug", "status", "owner"),
            *("published_at", "publish_at", "updated_at"),
        ]
        read_only_fields = fields


class StorySerializer(StoryInListSerializer, DraftSerializer):
    """A story of any status in full."""

    revision = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    desk = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = list(
            dict.fromkeys(
                [
                    *StoryInListSerializer.Meta.fields,
                    *DraftSerializer.Meta.fields,
                    *("revision", "missing", "desk"),
                ]
            )
        )
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField)
    def get_revision(self, article: Article) -> int:
        """The number of its newest revision."""
        return revisions.of(article).values_list("history_id", flat=True)[0]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, article: Article) -> list[str]:
        """What it still lacks before it can be published, in words."""
        return publishing.missing_for_publication(article)

    @extend_schema_field(serializers.URLField)
    def get_desk(self, article: Article) -> str:
        """Its form at the desk."""
        page = "admin:articles_article_change"
        return reverse(page, args=[article.pk], request=self.context["request"])


class SubmissionSerializer(serializers.Serializer):
    """What goes with a story to the editors."""

    note = serializers.CharField(
        max_length=REASON_MAX_LENGTH, allow_blank=True, default="", help_text="For the timeline."
    )
