"""Corrections: what readers are told of a mistake in a story."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from articles.constraints import not_blank, validate_not_blank

CORRECTION_MAX_LENGTH = 1000


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> "CorrectionQuerySet":
        """Those that readers see, in the order in which they were made."""
        return self.filter(taken_back_at__isnull=True).order_by("at", "id")


class Correction(models.Model):
    """A dated note on a story. Its words never change; one that is wrong is taken back."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="corrections"
    )
    text = models.TextField(
        _("correction"), max_length=CORRECTION_MAX_LENGTH, validators=[validate_not_blank]
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["at", "id"]
        constraints = [
            not_blank("correction", "text"),
            models.CheckConstraint(
                name="correction_of_a_limited_length",
                condition=LessThanOrEqual(Length("text"), CORRECTION_MAX_LENGTH),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="words_never_change",
                operation=pgtrigger.UpdateOf("text", "at", "article_id", "by_id"),
            ),
            pgtrigger.Protect(
                name="taken_back_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_back_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text
