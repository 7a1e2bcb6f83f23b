"""Sets of stories: what readers may see, and what a page or a list reads of each."""

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject, Left, Now
from django.utils import timezone

from articles.models.correction import Correction
from articles.models.status import ArticleStatus

if TYPE_CHECKING:
    from articles.models.article import Article as Article

_OPENING_LENGTH = 1500


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self) -> "ArticleQuerySet":
        """What every reader may see. The only place that says so."""
        return self.filter(status=ArticleStatus.PUBLISHED, published_at__lte=timezone.now())

    def retracted(self) -> "ArticleQuerySet":
        return self.filter(status=ArticleStatus.RETRACTED)

    def due(self) -> "ArticleQuerySet":
        """Scheduled stories whose moment has come by the database's own clock."""
        return self.filter(status=ArticleStatus.SCHEDULED, publish_at__lte=Now())

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-published_at", "-id")

    def in_categories(self, ids: list[int]) -> "ArticleQuerySet":
        """Stories whose main or further category is one of these."""
        further = self.model.further_categories.through.objects.filter(category__in=ids)
        return self.filter(
            models.Q(category__in=ids) | models.Q(pk__in=further.values("article_id"))
        )

    def for_page(self) -> "ArticleQuerySet":
        """With what the article's own page shows, in one query."""
        further = self.model.further_categories.through.objects.filter(
            article=models.OuterRef("pk")
        )
        return (
            self.select_related("category", "byline", "image")
            .defer("search_index", "image__search_index")
            .annotate(
                further_category_ids=ArraySubquery(further.values("category_id")),
                corrections_read=ArraySubquery(
                    Correction.objects.standing()
                    .filter(article=models.OuterRef("pk"))
                    .values(read=JSONObject(text="text", at="at"))
                ),
            )
        )

    def for_lists(self) -> "ArticleQuerySet":
        """With all that a list shows of an article, and only the opening of its body."""
        return (
            self.select_related("category", "byline", "image")
            .defer("body", "search_index", "image__search_index")
            .annotate(opening=Left("body", _OPENING_LENGTH))
        )
