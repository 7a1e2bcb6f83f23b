"""Comments: what readers wrote under articles."""

from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.arabic import excerpt
from articles.constraints import not_blank, one_of, validate_not_blank
from articles.models import Article, status_needs_a_decision
from comments.models.commenter import Commenter
from comments.models.tally import TALLIED
from comments.privacy import DIGEST_SIZE

NAME_MAX_LENGTH = 80
BODY_MAX_LENGTH = 5000

# The rules that hold a comment without anything in it being suspect.
NEWCOMER = "newcomer"
EVERYTHING = "everything"
HELD_WITHOUT_SUSPICION = ("", NEWCOMER, EVERYTHING)

models.TextField.register_lookup(Length)


class CommentStatus(models.TextChoices):
    PENDING = "pending", _("pending")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    SPAM = "spam", _("spam")
    TRASH = "trash", _("trash")
    WITHDRAWN = "withdrawn", _("withdrawn")


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> "CommentQuerySet":
        """What every reader may see under an article. The only place that says so."""
        return self.filter(status=CommentStatus.APPROVED)


class CommentManager(models.Manager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    """Reads comments without the column that only the database searches in."""

    def get_queryset(self) -> CommentQuerySet:
        return super().get_queryset().defer("search_index")


class Comment(models.Model):
    """What a reader wrote under an article. Its status is changed by `comments.moderation`."""

    if TYPE_CHECKING:
        # Set by `comments.threads` on the comments of a page.
        depth: int
        answered: "Comment | None"
        is_plain_answer: bool
        answers: int | None
        shown_name: str
        shown_website: str
        is_marked_as_edited: bool
        article_id: int
        parent_id: int | None
        commenter_id: int

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="comments",
        db_index=False,
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
    )
    commenter = models.ForeignKey(
        Commenter,
        verbose_name=_("commenter"),
        on_delete=models.PROTECT,
        related_name="comments",
        db_index=False,
        editable=False,
    )
    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH, validators=[validate_not_blank])
    website = models.URLField(_("website"), blank=True)
    body = models.TextField(
        _("comment"), max_length=BODY_MAX_LENGTH, validators=[validate_not_blank]
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=CommentStatus,
        default=CommentStatus.PENDING,
        editable=False,
    )
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now, editable=False)
    receipt_digest = models.BinaryField(_("digest of the receipt"), unique=True, editable=False)
    held_by = models.CharField(_("held by"), max_length=50, blank=True, editable=False)
    findings = models.JSONField(_("findings of the rules"), default=list, editable=False)
    open_reports = models.PositiveIntegerField(_("open reports"), default=0, editable=False)
    revision = models.PositiveIntegerField(_("changes of the text"), default=0, editable=False)
    edited_at = models.DateTimeField(_("edited at"), null=True, editable=False)
    original_body = models.TextField(_("as it was sent"), blank=True, editable=False)

    search_index = search.index_column("name", "body")

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-submitted_at", "-id"]
        permissions = [("moderate_comment", _("Can decide on comments"))]
        constraints = [
            not_blank("comment", "name"),
            not_blank("comment", "body"),
            one_of("comment", "status", CommentStatus),
            models.CheckConstraint(
                name="comment_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="comment_website_on_the_web",
                condition=models.Q(website="") | models.Q(website__iregex="^https?://"),
            ),
            models.CheckConstraint(
                name="comment_body_length",
                condition=models.Q(body__length__lte=BODY_MAX_LENGTH),
            ),
            models.CheckConstraint(
                name="comment_receipt_is_a_digest",
                condition=models.Q(receipt_digest__octet_length=DIGEST_SIZE),
            ),
        ]
        indexes = [
            # An article's discussion in the order of its threads.
            models.Index(fields=["article", "status", "id"], name="comment_discussion"),
            # The moderators' list: newest first, of one status.
            models.Index(fields=["status", "-submitted_at", "-id"], name="comment_queue"),
            # The same of all. With its condition only a query that has it too uses it: PostgreSQL
            # would else walk it for one status as well, past all comments of every other.
            models.Index(
                fields=["-submitted_at", "-id"],
                name="comment_newest",
                condition=models.Q(id__gt=0),
            ),
            # The tabs of the queue for newcomers, for what a rule stopped, for what was reported.
            models.Index(
                fields=["-submitted_at", "-id"],
                name="comment_newcomers",
                condition=models.Q(status=CommentStatus.PENDING, held_by=NEWCOMER),
            ),
            models.Index(
                fields=["-submitted_at", "-id"],
                name="comment_suspect",
                condition=models.Q(status=CommentStatus.PENDING)
                & ~models.Q(held_by__in=HELD_WITHOUT_SUSPICION),
            ),
            models.Index(
                fields=["-submitted_at", "-id"],
                name="comment_reported",
                condition=models.Q(open_reports__gt=0),
            ),
            # What one rule has held, in each of the queue's tabs.
            models.Index(
                fields=["held_by", "status", "-submitted_at", "-id"],
                name="comment_held_by",
                condition=~models.Q(held_by=""),
            ),
            GinIndex(fields=["search_index"], name="comment_search"),
            # A commenter's history, counted by status.
            models.Index(fields=["commenter", "status"], name="comment_of_commenter"),
        ]
        triggers = [
            status_needs_a_decision(
                initial=CommentStatus.PENDING,
                decisions="comments_decision",
                foreign_key="comment_id",
            ),
            # A reply would be left behind on another article, or a circle of replies be on no page.
            pgtrigger.ReadOnly(name="stays_where_it_was_posted", fields=["article", "parent"]),
            pgtrigger.Trigger(
                name="parent_of_the_same_article",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__parent__isnull=False),
                func="""
                IF NEW.article_id IS DISTINCT FROM
                    (SELECT article_id FROM comments_comment WHERE id = NEW.parent_id)
                THEN
                    RAISE EXCEPTION 'a reply belongs to the article of the comment it answers'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="text_needs_a_decision",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf(
                    "name", "website", "body", "original_body", "revision"
                ),
                timing=pgtrigger.Deferred,
                func="""
                IF (NEW.name, NEW.website, NEW.body, NEW.original_body)
                        IS DISTINCT FROM (OLD.name, OLD.website, OLD.body, OLD.original_body)
                    AND NEW.revision <= OLD.revision
                OR EXISTS (
                    SELECT 1 FROM comments_comment c WHERE c.id = NEW.id AND c.revision <> (
                        SELECT count(*) FROM comments_decision d WHERE d.comment_id = c.id
                            AND d.action IN ('edit', 'redact', 'rename', 'erase')
                    )
                ) THEN
                    RAISE EXCEPTION 'the text of comment % was changed without a decision', NEW.id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
            *TALLIED,
        ]

    def __str__(self) -> str:
        return f"{self.name}: {excerpt(self.body, 60)}"
