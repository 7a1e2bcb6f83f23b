"""Bylines: the source that a story is signed with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.arabic import SLUG_MAX_LENGTH, slugify
from articles.constraints import not_blank, slug_of_an_address, validate_not_blank
from articles.links import link


class Byline(models.Model):
    """An organisation, a desk or a pen name; never a user account of the newsroom."""

    name = models.CharField(_("name"), max_length=100, unique=True, validators=[validate_not_blank])
    slug = models.SlugField(_("slug"), max_length=SLUG_MAX_LENGTH, unique=True, allow_unicode=True)

    class Meta:
        verbose_name = pgettext_lazy("model", "byline")
        verbose_name_plural = pgettext_lazy("model", "bylines")
        ordering = ["name"]
        constraints = [not_blank("byline", "name"), slug_of_an_address("byline")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return link("byline", self.slug)
