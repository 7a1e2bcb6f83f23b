"""What the API says of discussions, and how it describes what is posted."""

from datetime import UTC
from typing import Any

from django import forms
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from articles.api.examples import ARTICLE, ARTICLE_IN_FULL, example, full
from articles.api.serializers import ArticleDetailSerializer, ArticleSerializer
from articles.api.surrogates import Keyed
from articles.arabic import INVISIBLE_CHARACTERS
from articles.arabic.folding import ORNAMENTS
from articles.models import Article
from comments import posting
from comments.models import Comment, CommentStatus
from comments.policy import policy_of


class CommentsOfArticleSerializer(Keyed, serializers.Serializer):
    """Whether comments are taken, and how many are shown."""

    kind = "comments"
    open = serializers.SerializerMethodField()
    count = serializers.IntegerField(
        source="public_comment_count", help_text="How many readers see."
    )

    def get_open(self, article: Article) -> bool:
        """Whether one can be posted now."""
        return policy_of(article, self.context["site_policy"]).is_open


_COMMENTS = {"comments": {"open": True, "count": 3}}


class CommentsFieldMixin(serializers.Serializer):
    comments = CommentsOfArticleSerializer(source="*", help_text="Its discussion, in short.")


@extend_schema_serializer(
    component_name="Article", examples=[example("An article", ARTICLE | _COMMENTS)]
)
class ArticleWithCommentsSerializer(CommentsFieldMixin, ArticleSerializer):
    """An article as it stands in a list. All fields are there, unless `fields` asks for some."""

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "comments"]


@extend_schema_serializer(
    component_name="ArticleInFull",
    examples=[example("An article in full", ARTICLE_IN_FULL | _COMMENTS)],
)
class ArticleWithCommentsDetailSerializer(CommentsFieldMixin, ArticleDetailSerializer):
    """An article in full. All fields are there, unless `fields` asks for some."""

    class Meta(ArticleDetailSerializer.Meta):
        fields = [*ArticleDetailSerializer.Meta.fields, "comments"]


_COMMENT = {
    "id": 87,
    "parent": None,
    "name": "ليلى",
    "website": "",
    "body": "شكراً على هذا التقرير.",
    "submitted_at": "2026-11-16T07:02:11.530412Z",
    "depth": 0,
}


@extend_schema_serializer(examples=[example("A comment", _COMMENT)])
class CommentSerializer(serializers.ModelSerializer):
    """A public comment, in plain text."""

    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="answers",
        allow_null=True,
        help_text="The `id` of the comment that it answers; null where it answers none.",
    )
    name = serializers.CharField(source="shown_name", help_text="Who wrote it.")
    website = serializers.CharField(
        source="shown_website", help_text="The writer's website; may be empty."
    )
    submitted_at = serializers.DateTimeField(
        default_timezone=UTC, help_text="When it was sent, in UTC."
    )
    depth = serializers.IntegerField(help_text="How far it is indented: 0 where a thread begins.")

    class Meta:
        model = Comment
        fields = ["id", "parent", "name", "website", "body", "submitted_at", "depth"]
        read_only_fields = fields
        extra_kwargs = {
            "id": {"help_text": "Its number."},
            "body": {"help_text": "Plain text; line breaks count."},
        }


@extend_schema_field(
    {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]*$"}], "nullable": True}
)
class _NumberOrText(serializers.IntegerField):
    """A number, as such or in digits."""


_SCHEMA_FIELDS: dict[type[forms.Field], type[serializers.Field]] = {
    forms.EmailField: serializers.EmailField,
    forms.URLField: serializers.URLField,
    forms.ModelChoiceField: _NumberOrText,
}
_READABLE = rf"^[^\u0000]*[^{INVISIBLE_CHARACTERS}{ORNAMENTS}][^\u0000]*$"
_MEANINGS = {
    "body": "Plain text. How short and how long it may be is the paper's to say.",
    "name": "Shown with the comment.",
    "email": "Kept encrypted, and shown to nobody.",
    "website": "Shown with the comment; begins with `https://` or `http://`.",
    "parent": "The `id` of the public comment on the same article that it answers.",
}


def described(name: str, field: forms.Field) -> serializers.Field:
    """A field of the form as the schema describes it to clients."""
    kind: Any = _SCHEMA_FIELDS.get(type(field), serializers.CharField)
    told: dict[str, Any] = {"required": field.required, "help_text": _MEANINGS[name]}
    if not field.required:
        told["allow_null"] = True
    if kind is _NumberOrText:
        return kind(**told)
    told["max_length"] = getattr(field, "max_length", None)
    if not field.required:
        return kind(**told, allow_blank=True)
    if kind is serializers.CharField:
        return serializers.RegexField(_READABLE, **told)
    return kind(**told, min_length=1)


# The rules are those of the page's form, and so is this description of them.
CommentPostSerializer = type(
    "CommentPostSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "A comment, as the form on the article's page sends it.",
        **{
            name: described(name, field)
            for name, field in posting.CommentForm.base_fields.items()
            if name != posting.TRAP
        },
    },
)
COMMENT_POST_EXAMPLE = OpenApiExample(
    "A reply",
    value={
        "name": "سامر",
        "email": "samer@example.org",
        "body": "والمصارف الباقية؟ متى تُنظَّف؟",
        "parent": 87,
    },
    request_only=True,
)


@extend_schema_serializer(
    examples=[
        example(
            "A comment that waits",
            {
                "status": "pending",
                "receipt": full("/comments/receipt/hbRv5m2wT0WqX7pN4kYzJcA9/"),
            },
        )
    ]
)
class CommentAcceptedSerializer(serializers.Serializer):
    """What became of the comment, and the address of its receipt: answered this once."""

    status = serializers.ChoiceField(
        choices=[CommentStatus.PENDING, CommentStatus.APPROVED],
        help_text="Whether a moderator has to see it first, or readers see it now.",
    )
    receipt = serializers.URLField(
        help_text="A page for its writer, who can follow and withdraw it there."
    )
