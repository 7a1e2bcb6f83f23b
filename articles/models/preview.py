"""Links that show a story to people without an account before readers see it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def working(self) -> "PreviewLinkQuerySet":
        """Those that still open: neither over nor withdrawn."""
        return self.filter(until__gt=timezone.now(), withdrawn_at__isnull=True)


class PreviewLink(models.Model):
    """Who made a link to the preview of a story, when, and until when it opens."""

    if TYPE_CHECKING:
        article_id: int

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="preview_links"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("made at"), auto_now_add=True)
    until = models.DateTimeField(_("opens until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="previewlink_ends_after_it_begins",
                condition=models.Q(until__gt=models.F("at")),
            )
        ]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def works(self) -> bool:
        """What `PreviewLinkQuerySet.working` asks for, of this one."""
        return self.withdrawn_at is None and self.until > timezone.now()
