"""Stories that the editors put beside a story."""

from typing import TYPE_CHECKING

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.revision import kept_at_commit


class RelatedPost(models.Model):
    """A story that the editors put into another one's related box."""

    if TYPE_CHECKING:
        from_article_id: int | None
        to_article_id: int | None

    from_article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="related_posts", db_index=False
    )
    to_article = models.ForeignKey(
        Article,
        verbose_name=_("related story"),
        on_delete=models.CASCADE,
        related_name="related_from",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_article", "to_article"],
                name="relatedpost_never_twice",
                violation_error_message=_("This story is in the list already."),
            ),
            models.CheckConstraint(
                name="relatedpost_never_itself",
                condition=~models.Q(from_article=models.F("to_article")),
                violation_error_message=_("A story is not related to itself."),
            ),
        ]
        triggers = [
            kept_at_commit(
                "revision_of_related_stories",
                story="from_article_id",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return str(self.to_article)

    def clean(self) -> None:
        super().clean()
        if self.from_article_id and self.from_article_id == self.to_article_id:
            raise ValidationError({"to_article": _("A story is not related to itself.")})
