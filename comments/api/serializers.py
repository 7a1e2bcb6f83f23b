"""What the API says of discussions, and how it describes what is posted."""

from datetime import UTC
from typing import Any

from django import forms
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from articles.api.serializers import ArticleDetailSerializer, ArticleSerializer
from articles.api.surrogates import Keyed
from articles.models import Article
from comments import posting
from comments.models import Comment
from comments.policy import policy_of


class CommentsOfArticleSerializer(Keyed, serializers.Serializer):
    """Whether comments are taken, and how many are shown."""

    kind = "comments"
    open = serializers.SerializerMethodField()
    count = serializers.IntegerField(source="public_comment_count")

    def get_open(self, article: Article) -> bool:
        return policy_of(article, self.context["site_policy"]).is_open


class CommentsFieldMixin(serializers.Serializer):
    comments = CommentsOfArticleSerializer(source="*")


class ArticleWithCommentsSerializer(CommentsFieldMixin, ArticleSerializer):
    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "comments"]


class ArticleWithCommentsDetailSerializer(CommentsFieldMixin, ArticleDetailSerializer):
    class Meta(ArticleDetailSerializer.Meta):
        fields = [*ArticleDetailSerializer.Meta.fields, "comments"]


class CommentSerializer(serializers.ModelSerializer):
    """A public comment, in plain text."""

    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="answers", allow_null=True
    )
    name = serializers.CharField(source="shown_name")
    website = serializers.CharField(source="shown_website")
    submitted_at = serializers.DateTimeField(default_timezone=UTC)
    depth = serializers.IntegerField()

    class Meta:
        model = Comment
        fields = ["id", "parent", "name", "website", "body", "submitted_at", "depth"]
        read_only_fields = fields


_SCHEMA_FIELDS: dict[type[forms.Field], type[serializers.Field]] = {
    forms.EmailField: serializers.EmailField,
    forms.URLField: serializers.URLField,
    forms.ModelChoiceField: serializers.IntegerField,
}


def described(field: forms.Field) -> serializers.Field:
    """A field of the form as the schema describes it to clients."""
    kind: Any = _SCHEMA_FIELDS.get(type(field), serializers.CharField)
    if kind is serializers.IntegerField:
        return kind(required=field.required)
    limits = {"max_length": getattr(field, "max_length", None)}
    if field.required:
        limits["min_length"] = 1
    return kind(required=field.required, allow_blank=not field.required, **limits)


# The rules are those of the page's form, and so is this description of them.
COMMENT_POST = inline_serializer(
    "CommentPost",
    {
        name: described(field)
        for name, field in posting.CommentForm.base_fields.items()
        if name != posting.TRAP
    },
)


class CommentAcceptedSerializer(serializers.Serializer):
    """What became of the comment, and the address of its receipt: answered this once."""

    status = serializers.CharField()
    receipt = serializers.URLField()
