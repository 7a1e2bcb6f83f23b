"""The rows that put a story into further categories."""

import pgtrigger

from articles.models.article import Article
from articles.models.indexed import FURTHER_CATEGORIES
from articles.models.revision import kept_at_commit


class FurtherCategory(Article.further_categories.through):  # type: ignore[name-defined]
    """That a story stands in a further category; here for the triggers alone."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            kept_at_commit(
                "revision_of_further_categories",
                story="article_id",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
            *FURTHER_CATEGORIES,
        ]
