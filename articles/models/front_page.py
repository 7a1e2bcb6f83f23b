"""What the editors chose for the front page: stories in its first places, sections in order."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.category import Category

# The lead, and the stories beside it.
MOST_ON_TOP = 5
MOST_SECTIONS = 12


class FrontPage(models.Model):
    """The choice as a whole: one row, or none as long as nothing was ever chosen."""

    # How often it was changed. A form says of which version it is the change.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("order of the front page")
        verbose_name_plural = _("order of the front page")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(name="frontpage_is_one_row", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def load(cls) -> "FrontPage":
        """The one row, or version 0 where nothing was ever chosen."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class FrontStory(models.Model):
    """A story in a place of its own on the front page; 0 is the lead's."""

    if TYPE_CHECKING:
        article_id: int

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="front_story")
    place = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        default_permissions = ()
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                name="frontstory_in_a_place_that_there_is",
                condition=models.Q(place__gte=0, place__lt=MOST_ON_TOP),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.article_id}"


class FrontSection(models.Model):
    """A category with a block of its own on the front page."""

    if TYPE_CHECKING:
        category_id: int

    category = models.OneToOneField(
        Category, on_delete=models.CASCADE, related_name="front_section"
    )
    place = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        default_permissions = ()
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                name="frontsection_in_a_place_that_there_is",
                condition=models.Q(place__gte=0, place__lt=MOST_SECTIONS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.category_id}"
