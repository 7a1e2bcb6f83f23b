"""The record of what was done with comments, in rows that never change."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.constraints import one_of
from articles.models import (
    APPEND_ONLY,
    AbstractRecord,
    changes_a_status,
    decision_gives_the_status,
)
from comments.models.comment import Comment, CommentStatus


class DecisionAction(models.TextChoices):
    """What a decision was on. All but the first leave the status as it is."""

    STATUS = "status", _("status")
    EDIT = "edit", _("text edited")
    REDACT = "redact", _("text redacted")
    RENAME = "rename", _("name replaced")
    ERASE = "erase", _("text erased at the commenter's wish")
    DISMISS_REPORTS = "dismiss_reports", _("reports dismissed")
    REOPEN_REPORTS = "reopen_reports", _("reports opened again")


# Each of these makes a comment's `revision` one higher.
TEXT_CHANGES = (
    DecisionAction.EDIT,
    DecisionAction.REDACT,
    DecisionAction.RENAME,
    DecisionAction.ERASE,
)


class Decision(AbstractRecord):
    """One decision on a comment, by a person, by a rule or by the commenter.

    `batch` is shared by all that one action of the desk decided, so that it can be undone.
    """

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )
    action = models.CharField(
        _("what"), max_length=20, choices=DecisionAction, default=DecisionAction.STATUS
    )
    old = models.CharField(_("from"), max_length=20, choices=CommentStatus)
    new = models.CharField(_("to"), max_length=20, choices=CommentStatus)
    rule = models.CharField(_("rule"), max_length=50, blank=True)
    batch = models.UUIDField(_("one action of the desk"), null=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        constraints = [
            *changes_a_status(
                "decision", CommentStatus, keeps_it=~models.Q(action=DecisionAction.STATUS)
            ),
            one_of("decision", "action", DecisionAction),
            models.CheckConstraint(
                name="decision_by_a_person_or_a_rule",
                condition=models.Q(by__isnull=False, rule="")
                | models.Q(by=None) & ~models.Q(rule=""),
            ),
        ]
        indexes = [
            # The newest decision on a comment, as the triggers ask for it.
            models.Index(fields=["comment", "-id"], name="decision_newest"),
            # The record, filtered by rule.
            models.Index(fields=["rule", "-id"], name="decision_of_rule"),
            # The record, filtered by moderator.
            models.Index(
                fields=["by", "-id"],
                name="decision_of_moderator",
                condition=models.Q(by__isnull=False),
            ),
            # The record, filtered by what is rare in it.
            models.Index(
                fields=["action", "-id"],
                name="decision_of_action",
                condition=~models.Q(action=DecisionAction.STATUS),
            ),
            models.Index(
                fields=["new", "-id"],
                name="decision_of_status",
                condition=~models.Q(new=CommentStatus.APPROVED),
            ),
            # The record of some days: small, as rows come in the order of their time.
            BrinIndex(fields=["at"], name="decision_at", pages_per_range=32),
            # Undoing.
            models.Index(
                fields=["batch"], name="decision_batch", condition=models.Q(batch__isnull=False)
            ),
        ]
        triggers = [
            *APPEND_ONLY,
            decision_gives_the_status(decided_on="comments_comment", foreign_key="comment_id"),
        ]

    def __str__(self) -> str:
        if self.action != DecisionAction.STATUS:
            return str(self.get_action_display())
        return gettext("from %(old)s to %(new)s") % {
            "old": self.get_old_display(),
            "new": self.get_new_display(),
        }
