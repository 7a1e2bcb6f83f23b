"""The addresses that published stories once had."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import arabic


class FormerSlug(models.Model):
    """An address that a published story once had; the database writes it when a slug changes."""

    slug = models.CharField(_("slug"), max_length=arabic.SLUG_MAX_LENGTH, unique=True)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")

    def __str__(self) -> str:
        return self.slug
