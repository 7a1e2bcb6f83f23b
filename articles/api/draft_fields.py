"""A story as the newsroom's own programs read and write it."""

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from articles import publishing, revisions
from articles.api.desk_examples import CHANGE, DRAFT, STORY, STORY_IN_LIST, SUBMISSION, sent
from articles.api.examples import example
from articles.models import (
    REASON_MAX_LENGTH,
    ArchiveImage,
    Article,
    Byline,
    Category,
)
from articles.models.article import known_languages, language_of_the_paper
from articles.models.tag import tags_from_text
from articles.story_form import MOST_FURTHER_CATEGORIES

# What the desk's form calls otherwise.
NAMES = {
    "further_categories": "categories",
    "base_revision": "revision",
    "__all__": "non_field_errors",
}


class _Named(serializers.SlugRelatedField):
    """Something by its name or slug."""

    def to_internal_value(self, data: Any) -> Any:
        # PostgreSQL refuses to look for the character; a list in a list has no end.
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        return super().to_internal_value(data)


class _NamedOnes(serializers.ManyRelatedField):
    """At most so many: each is looked up."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list) and len(data) > MOST_FURTHER_CATEGORIES:
            refusal = _("A story stands in at most %d further categories.")
            raise serializers.ValidationError(refusal % MOST_FURTHER_CATEGORIES)
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


@extend_schema_serializer(examples=[sent("A draft", DRAFT)])
class DraftSerializer(serializers.ModelSerializer):
    """What is written of a story. The rules are those of the desk's form, which reads it next."""

    byline = _Named(
        slug_field="name",
        queryset=Byline.objects.all(),
        allow_null=True,
        default=None,
        help_text="The name of a byline.",
    )
    body = serializers.CharField(
        allow_blank=True, default="", help_text="HTML; cleaned when it is saved."
    )
    image = serializers.PrimaryKeyRelatedField(
        queryset=ArchiveImage.objects.all(),
        pk_field=serializers.IntegerField(),
        allow_null=True,
        default=None,
        help_text="Number of its lead picture in the archive.",
    )
    category = _Named(
        slug_field="slug",
        queryset=Category.objects.all(),
        allow_null=True,
        default=None,
        help_text="Slug of the main category.",
    )
    categories = _NamedOnes(
        child_relation=_Named(slug_field="slug", queryset=Category.objects.all()),
        source="further_categories",
        default=list,
        help_text="Slugs of further categories.",
    )
    tags = _TagsField(default=list, help_text="Names of tags; a new one is made.")
    slug = serializers.CharField(
        allow_blank=True, default="", help_text="Left empty, it is made from the title."
    )
    language = serializers.ChoiceField(
        choices=known_languages(),
        default=language_of_the_paper,
        help_text="In which it is written (BCP 47). Default: the paper's.",
    )
    comments_open = serializers.BooleanField(
        default=True, help_text="Whether readers may comment on it."
    )

    class Meta:
        model = Article
        fields = [
            *("title", "subtitle", "byline", "body", "excerpt"),
            *("image", "image_caption", "no_image_reason"),
            *("category", "categories", "tags", "slug", "language", "comments_open"),
        ]
        extra_kwargs = {
            "title": {"help_text": "The headline."},
            "subtitle": {"help_text": "The line below the headline."},
            "excerpt": {"help_text": "A few lines of plain text; else the opening is shown."},
            "image_caption": {"help_text": "In place of the caption that the archive has."},
            "no_image_reason": {"help_text": "Why it is published without a picture."},
        }


@extend_schema_serializer(examples=[sent("Another headline", CHANGE)])
class DraftChangeSerializer(DraftSerializer):
    """What is changed of a story, and on which revision of it that is based."""

    revision = serializers.IntegerField(
        min_value=1, help_text="As it was read: over a newer one nothing is saved (409)."
    )

    class Meta(DraftSerializer.Meta):
        fields = [*DraftSerializer.Meta.fields, "revision"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        # What is left out of a change stays as it is; this cannot.
        if "revision" not in attrs:
            required = self.fields["revision"].error_messages["required"]
            raise serializers.ValidationError({"revision": [required]})
        return attrs


@extend_schema_serializer(examples=[example("A draft", STORY_IN_LIST)])
class StoryInListSerializer(serializers.ModelSerializer):
    """A story of any status as it stands in a list."""

    slug = serializers.CharField(help_text="The end of its address.")
    owner = serializers.CharField(
        source="owner.username",
        default=None,
        allow_null=True,
        help_text="The account that wrote it; never shown to readers.",
    )
    published_at = serializers.DateTimeField(
        default_timezone=UTC, allow_null=True, help_text="When readers saw it first, in UTC."
    )
    publish_at = serializers.DateTimeField(
        default_timezone=UTC, allow_null=True, help_text="When it is to come out, in UTC."
    )
    updated_at = serializers.DateTimeField(
        default_timezone=UTC, help_text="When it was changed last, in UTC."
    )

    class Meta:
        model = Article
        fields = [
            *("id", "title", "slug", "status", "owner"),
            *("published_at", "publish_at", "updated_at"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "id": {"help_text": "Its number; it never changes."},
            "title": {"help_text": "The headline."},
            "status": {"help_text": "Where it stands."},
        }


@extend_schema_serializer(examples=[example("A draft", STORY)])
class StorySerializer(StoryInListSerializer, DraftSerializer):
    """A story of any status in full."""

    revision = serializers.SerializerMethodField(help_text="The number of its newest revision.")
    missing = serializers.SerializerMethodField(
        help_text="What it still lacks before it can be published, in words."
    )
    desk = serializers.SerializerMethodField(help_text="Its form at the desk.")

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
        extra_kwargs = DraftSerializer.Meta.extra_kwargs | StoryInListSerializer.Meta.extra_kwargs

    @extend_schema_field(serializers.IntegerField)
    def get_revision(self, article: Article) -> int:
        return revisions.of(article).values_list("history_id", flat=True)[0]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, article: Article) -> list[str]:
        return publishing.missing_for_publication(article)

    @extend_schema_field(serializers.URLField)
    def get_desk(self, article: Article) -> str:
        page = "admin:articles_article_change"
        return reverse(page, args=[article.pk], request=self.context["request"])


@extend_schema_serializer(examples=[sent("With a note", SUBMISSION)])
class SubmissionSerializer(serializers.Serializer):
    """What goes with a story to the editors."""

    note = serializers.CharField(
        max_length=REASON_MAX_LENGTH,
        allow_blank=True,
        trim_whitespace=False,
        default="",
        help_text="For the timeline.",
    )
