"""Readers' reports of comments that they think should not stand."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.constraints import one_of
from comments.models.comment import Comment
from comments.privacy import DIGEST_SIZE

NOTE_MAX_LENGTH = 500


class ReportReason(models.TextChoices):
    DANGER = "danger", _("It puts somebody in danger")
    PRIVATE = "private", _("It tells something private")
    INSULT = "insult", _("It insults or threatens")
    HATE = "hate", _("It stirs up hatred")
    SPAM = "spam", _("It is advertising")
    OTHER = "other", _("Something else")


class Report(models.Model):
    """One reader's report. `network` is a keyed digest that means nothing after its day."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason)
    note = models.CharField(_("in the reader's words"), max_length=NOTE_MAX_LENGTH, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    settled = models.BooleanField(_("settled"), default=False)
    batch = models.UUIDField(_("one action of the desk"), null=True, editable=False)
    network = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-id"]
        constraints = [
            one_of("report", "reason", ReportReason),
            models.CheckConstraint(
                name="report_network_is_keyed_digest",
                condition=models.Q(network=None) | models.Q(network__octet_length=DIGEST_SIZE),
            ),
            models.UniqueConstraint(
                name="report_once_from_one_network", fields=["comment", "network"]
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
