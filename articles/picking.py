"""Finding the stories that an editor puts beside a story, and putting one there."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, QuerySet

from articles import finding, revisions
from articles.models import Article, ArticleQuerySet, RelatedPost, TaggedArticle
from articles.related import MOST_PICKS

MOST_FOUND = 12
_LAST_POSITION = 32_767
_SAID = ("title", "slug", "status", "published_at", "created_at", "language")


def as_lines(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With what one line says of a story: title, status, category, date and tags."""
    return articles.select_related("category").only(*_SAID, "category__name").with_tag_names()


def with_lines(picks: QuerySet[RelatedPost]) -> QuerySet[RelatedPost]:
    """Picks with what the lines of their stories say; the tags' names are on the picks."""
    said = [f"to_article__{name}" for name in (*_SAID, "category__name")]
    lines = picks.select_related("to_article__category").only("from_article", "position", *said)
    tags = TaggedArticle.objects.filter(content_object=OuterRef("to_article")).order_by("id")
    return lines.annotate(tag_names=ArraySubquery(tags.values("tag__name")))


def find_stories(
    words: str, among: ArticleQuerySet, *, without: int | None = None
) -> list[Article]:
    """The first stories that the desk's search finds for these words, with their lines.

    `among` is what the editor may see, and `without` the key of the story that is picked for.
    """
    others = among if without is None else among.exclude(pk=without)
    return list(finding.find(as_lines(others), words)[:MOST_FOUND])


def add_pick(article: Article, story: Article) -> bool:
    """Put a story behind the picks of another one; False where there are as many as can be.

    One that is picked already stays where it is.
    """
    with transaction.atomic(), revisions.kept_as_one(article):
        # Weaker than what a pick's key needs, so that two that pick each other do not lock up.
        Article.objects.select_for_update(no_key=True).only("pk").get(pk=article.pk)
        picks = list(RelatedPost.objects.filter(from_article=article))
        if story.pk in {pick.to_article_id for pick in picks}:
            return True
        if len(picks) >= MOST_PICKS:
            return False
        last = max((pick.position for pick in picks), default=-1)
        RelatedPost.objects.create(
            from_article=article, to_article=story, position=min(last + 1, _LAST_POSITION)
        )
        return True
