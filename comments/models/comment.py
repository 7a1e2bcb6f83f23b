"""Comments and the decisions on them."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.arabic import excerpt
from articles.constraints import not_blank, one_of, validate_not_blank
from articles.models import (
    APPEND_ONLY,
    AbstractDecision,
    Article,
    changes_a_status,
    decision_gives_the_status,
    status_needs_a_decision,
)
from comments.models.commenter import Commenter
from comments.privacy import DIGEST_SIZE

NAME_MAX_LENGTH = 80
BODY_MAX_LENGTH = 5000

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


class Comment(models.Model):
    """What a reader wrote under an article. Its status is changed by `comments.moderation`."""

    if TYPE_CHECKING:
        # Set by `comments.threads` on the comments of a page.
        depth: int
        replies_to: str
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

    objects = CommentQuerySet.as_manager()

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
                name="comment_receipt_is_keyed_digest",
                condition=models.Q(receipt_digest__octet_length=DIGEST_SIZE),
            ),
        ]
        indexes = [
            # An article's discussion in the order of its threads.
            models.Index(fields=["article", "status", "id"], name="comment_discussion"),
            # The moderators' list: newest first, of all or of one status.
            models.Index(fields=["-submitted_at", "-id"], name="comment_newest"),
            models.Index(fields=["status", "-submitted_at", "-id"], name="comment_queue"),
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
        ]

    def __str__(self) -> str:
        return f"{self.name}: {excerpt(self.body, 60)}"


class Decision(AbstractDecision):
    """One change of a comment's status, by a person, by a rule or by the commenter."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    old = models.CharField(_("from"), max_length=20, choices=CommentStatus)
    new = models.CharField(_("to"), max_length=20, choices=CommentStatus)
    rule = models.CharField(_("rule"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        constraints = [
            *changes_a_status("decision", CommentStatus),
            models.CheckConstraint(
                name="decision_by_a_person_or_a_rule",
                condition=models.Q(by__isnull=False, rule="")
                | models.Q(by=None) & ~models.Q(rule=""),
            ),
        ]
        triggers = [
            *APPEND_ONLY,
            decision_gives_the_status(decided_on="comments_comment", foreign_key="comment_id"),
        ]

    def __str__(self) -> str:
        return gettext("from %(old)s to %(new)s") % {
            "old": self.get_old_display(),
            "new": self.get_new_display(),
        }
