"""Sets of stories: what readers may see, and what a page or a list reads of each."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models.functions import JSONObject, Left, Now
from django.utils import timezone

from articles import search
from articles.models.correction import Correction
from articles.models.status import ArticleStatus
from articles.models.tag import TaggedArticle

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
        """Stories whose main or further category is one of these.

        Both are columns of the story: so the database knows how common they are, and reads the
        newest stories one by one for a large category and the index for a small one.
        """
        return self.filter(models.Q(category__in=ids) | models.Q(indexed_categories__overlap=ids))

    def with_entries(self) -> "ArticleQuerySet":
        """With `entries`, a column of the index alone, to filter by; for `newest_found`."""
        return self.alias(entries=search.STORY_ENTRIES)

    def newest_found(self, most: int) -> "ArticleQuerySet":
        """The newest of those that the index of words finds.

        They are not read by their date, or the entries of each story on the way were computed.
        """
        return self.order_by(models.F("published_at") + timedelta(0), "id").reverse()[:most]

    def found_by(self, entries: search.Entries, words: SearchQuery) -> "ArticleQuerySet":
        """Those that match a search, which is given in both its forms."""
        found = self.with_entries().filter(models.Q(entries=entries.query))
        return found if entries.is_exact else found.filter(search_index=words)

    def with_tag_names(self) -> "ArticleQuerySet":
        """With `tag_names`, in the order in which they were put on."""
        tagged = TaggedArticle.objects.filter(content_object=models.OuterRef("pk")).order_by("id")
        return self.annotate(tag_names=ArraySubquery(tagged.values("tag__name")))

    def with_further_categories(self) -> "ArticleQuerySet":
        """With `further_category_ids`, for `CategoryTree.pick`."""
        further = self.model.further_categories.through.objects.filter(
            article=models.OuterRef("pk")
        )
        return self.annotate(further_category_ids=ArraySubquery(further.values("category_id")))

    def with_tags_read(self) -> "ArticleQuerySet":
        """With `tags_read`, for `Article.tags_shown`."""
        tagged = TaggedArticle.objects.filter(content_object=models.OuterRef("pk")).order_by("id")
        read = JSONObject(id="tag_id", slug="tag__slug", name="tag__name")
        return self.annotate(tags_read=ArraySubquery(tagged.values(read=read)))

    def for_page(self) -> "ArticleQuerySet":
        """With what the article's own page shows, in one query."""
        return (
            self.select_related("category", "byline", "image")
            .defer("search_index", "image__search_index")
            .annotate(
                corrections_read=ArraySubquery(
                    Correction.objects.standing()
                    .filter(article=models.OuterRef("pk"))
                    .values(read=JSONObject(text="text", at="at"))
                )
            )
            .with_further_categories()
        )

    def for_lists(self) -> "ArticleQuerySet":
        """With all that a list shows of an article, and only the opening of its body."""
        return (
            self.select_related("category", "byline", "image")
            .defer("body", "search_index", "image__search_index")
            .annotate(opening=Left("body", _OPENING_LENGTH))
        )
