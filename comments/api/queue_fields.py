"""A comment as the moderators' programs read it, and what they decide on it.

As on the desk, nothing here is an address or made from one.
"""

from datetime import UTC

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from articles.api.desk_examples import sent
from articles.api.examples import example
from articles.models import REASON_MAX_LENGTH, Article
from comments.api.queue_examples import DECISION, QUEUED, VERDICT
from comments.models import Commenter, CommentStatus, Decision, Report, Standing
from comments.moderation import VERDICTS

VERBS = [*VERDICTS]


class QueuedArticleSerializer(serializers.ModelSerializer):
    """The article on which it was written."""

    slug = serializers.CharField(help_text="The end of its address.")

    class Meta:
        model = Article
        fields = ["id", "slug", "title"]
        extra_kwargs = {
            "id": {"help_text": "Its number."},
            "title": {"help_text": "Its headline."},
        }


class QueuedCommenterSerializer(serializers.ModelSerializer):
    """Who stands behind it: a number, the desk's invented name, and what is held of them."""

    name = serializers.CharField(source="__str__", help_text="Invented; readers never see it.")
    standing = serializers.ChoiceField(
        Standing.choices, source="status", help_text="What the moderators hold of them."
    )

    class Meta:
        model = Commenter
        fields = ["id", "name", "standing"]
        extra_kwargs = {"id": {"help_text": "A number, the same for all their comments."}}


class HeldForSerializer(serializers.Serializer):
    """Why it was held: what the rule is called, and the words that it found."""

    rule = serializers.CharField(source="label", help_text="What the rule is called.")
    found = serializers.CharField(source="quoted", help_text="The words; may be empty.")


class QueuedReportSerializer(serializers.ModelSerializer):
    """A reader's report of it."""

    at = serializers.DateTimeField(default_timezone=UTC, help_text="When, in UTC.")

    class Meta:
        model = Report
        fields = ["reason", "note", "at"]
        extra_kwargs = {
            "reason": {"help_text": "What the reader chose."},
            "note": {"help_text": "In the reader's words; may be empty."},
        }


@extend_schema_serializer(examples=[example("A comment that waits", QUEUED)])
class QueuedCommentSerializer(serializers.Serializer):
    """A comment of any status, with what a moderator decides by."""

    id = serializers.IntegerField(source="comment.pk", help_text="Its number.")
    article = QueuedArticleSerializer(source="comment.article", help_text="Where it stands.")
    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="comment.parent_id", allow_null=True, help_text="What it answers; null for nothing."
    )
    name = serializers.CharField(source="comment.name", help_text="As its writer gave it.")
    website = serializers.CharField(source="comment.website", help_text="May be empty.")
    body = serializers.CharField(source="comment.body", help_text="Plain text.")
    status = serializers.ChoiceField(
        CommentStatus.choices, source="comment.status", help_text="What was decided on it."
    )
    revision = serializers.IntegerField(
        source="comment.revision", help_text="How often its text was changed."
    )
    submitted_at = serializers.DateTimeField(
        source="comment.submitted_at", default_timezone=UTC, help_text="When it came, in UTC."
    )
    commenter = QueuedCommenterSerializer(source="comment.commenter", help_text="Who sent it.")
    held_by = serializers.CharField(
        source="comment.held_by", help_text="The rule that held it; empty for none."
    )
    reasons = HeldForSerializer(many=True, help_text="What the rules found.")
    reports = QueuedReportSerializer(many=True, help_text="The newest that are open.")
    verdicts = serializers.ListField(
        child=serializers.ChoiceField(VERBS),
        source="verbs",
        help_text="What can be decided on it now.",
    )


@extend_schema_serializer(examples=[example("A decision", DECISION)])
class DecisionSerializer(serializers.ModelSerializer):
    """One decision on a comment, by a person (`by`) or by a rule."""

    by = serializers.CharField(
        source="by.username",
        default=None,
        allow_null=True,
        help_text="The account; null where a rule decided.",
    )
    old = serializers.ChoiceField(CommentStatus.choices, help_text="What it was before.")
    new = serializers.ChoiceField(CommentStatus.choices, help_text="What it was then.")
    at = serializers.DateTimeField(default_timezone=UTC, help_text="When, in UTC.")

    class Meta:
        model = Decision
        fields = ["action", "old", "new", "by", "rule", "reason", "at"]
        read_only_fields = fields
        extra_kwargs = {
            "action": {"help_text": "What was done."},
            "rule": {"help_text": "The rule that decided; empty where a person did."},
            "reason": {"help_text": "In the moderator's words; may be empty."},
        }


@extend_schema_serializer(examples=[sent("Approved", VERDICT)])
class VerdictSerializer(serializers.Serializer):
    """What is decided, on the comment as it was read: on another one nothing is (409)."""

    verdict = serializers.ChoiceField(VERBS, help_text="What is decided.")
    status = serializers.ChoiceField(CommentStatus.choices, help_text="The status as it was read.")
    revision = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The `revision` as it was read."
    )
    reason = serializers.CharField(
        max_length=REASON_MAX_LENGTH,
        allow_blank=True,
        trim_whitespace=False,
        default="",
        help_text="For the record.",
    )
