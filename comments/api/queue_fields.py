"""A comment as the moderators' programs read it, and what they decide on it.

As on the desk, nothing here is an address or made from one.
"""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from articles.models import REASON_MAX_LENGTH, Article
from comments.models import Comment, Commenter, Decision, Report
from comments.moderation import VERDICTS


class QueuedArticleSerializer(serializers.ModelSerializer):
    """The article on which it was written."""

    class Meta:
        model = Article
        fields = ["id", "slug", "title"]


class QueuedCommenterSerializer(serializers.ModelSerializer):
    """Who stands behind it: a number, the desk's invented name, and what is held of them."""

    name = serializers.CharField(source="__str__")
    standing = serializers.CharField(source="status")

    class Meta:
        model = Commenter
        fields = ["id", "name", "standing"]


class HeldForSerializer(serializers.Serializer):
    """Why it was held: what the rule is called, and the words that it found."""

    rule = serializers.CharField(source="label")
    found = serializers.CharField(source="quoted")


class QueuedReportSerializer(serializers.ModelSerializer):
    """A reader's report of it."""

    at = serializers.DateTimeField(default_timezone=UTC)

    class Meta:
        model = Report
        fields = ["reason", "note", "at"]


class QueuedCommentSerializer(serializers.Serializer):
    """A comment of any status, with what a moderator decides by."""

    id = serializers.IntegerField(source="comment.pk")
    article = QueuedArticleSerializer(source="comment.article")
    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="comment.parent_id", allow_null=True
    )
    name = serializers.CharField(source="comment.name")
    website = serializers.CharField(source="comment.website")
    body = serializers.CharField(source="comment.body")
    status = serializers.ChoiceField(Comment.status.field.flatchoices, source="comment.status")
    revision = serializers.IntegerField(source="comment.revision")
    submitted_at = serializers.DateTimeField(source="comment.submitted_at", default_timezone=UTC)
    commenter = QueuedCommenterSerializer(source="comment.commenter")
    held_by = serializers.CharField(source="comment.held_by")
    reasons = HeldForSerializer(many=True)
    reports = QueuedReportSerializer(many=True, help_text="The newest that are open.")
    verdicts = serializers.SerializerMethodField()

    def get_verdicts(self, entry: Any) -> list[str]:
        """What can be decided on it now."""
        return [verdict.verb for verdict in entry.verdicts]


class DecisionSerializer(serializers.ModelSerializer):
    """One decision on a comment, by a person (`by`) or by a rule."""

    by = serializers.CharField(source="by.username", default=None, allow_null=True)
    at = serializers.DateTimeField(default_timezone=UTC)

    class Meta:
        model = Decision
        fields = ["action", "old", "new", "by", "rule", "reason", "at"]
        read_only_fields = fields


class VerdictSerializer(serializers.Serializer):
    """What is decided, on the comment as it was read: on another one nothing is (409)."""

    verdict = serializers.ChoiceField([*VERDICTS])
    status = serializers.ChoiceField(
        Comment.status.field.flatchoices, help_text="The status as it was read."
    )
    revision = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The `revision` as it was read."
    )
    reason = serializers.CharField(max_length=REASON_MAX_LENGTH, allow_blank=True, default="")
