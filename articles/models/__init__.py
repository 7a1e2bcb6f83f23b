"""The models of the newsroom's stories."""

from articles.models.article import Article, ArticleQuerySet, FormerSlug
from articles.models.byline import Byline
from articles.models.category import Category, CategoryTree
from articles.models.correction import CORRECTION_MAX_LENGTH, Correction
from articles.models.decision import (
    APPEND_ONLY,
    REASON_MAX_LENGTH,
    AbstractRecord,
    Refused,
    changes_a_status,
    decision_gives_the_status,
    status_needs_a_decision,
)
from articles.models.image import ArchiveImage
from articles.models.related import RelatedPost
from articles.models.status import LATE_AFTER, UNFINISHED, ArticleDecision, ArticleStatus
from articles.models.tag import Tag, TaggedArticle

__all__ = [
    "APPEND_ONLY",
    "CORRECTION_MAX_LENGTH",
    "LATE_AFTER",
    "REASON_MAX_LENGTH",
    "UNFINISHED",
    "AbstractRecord",
    "ArchiveImage",
    "Article",
    "ArticleDecision",
    "ArticleQuerySet",
    "ArticleStatus",
    "Byline",
    "Category",
    "CategoryTree",
    "Correction",
    "FormerSlug",
    "Refused",
    "RelatedPost",
    "Tag",
    "TaggedArticle",
    "changes_a_status",
    "decision_gives_the_status",
    "status_needs_a_decision",
]
