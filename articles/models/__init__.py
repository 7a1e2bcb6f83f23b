"""The models of the newsroom's stories."""

from articles.models.api_token import ApiToken, Scope
from articles.models.article import REVISIONS, Article, ArticleQuerySet
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
from articles.models.former_slug import FormerSlug
from articles.models.front_page import (
    MOST_ON_TOP,
    MOST_SECTIONS,
    FrontPage,
    FrontSection,
    FrontStory,
)
from articles.models.further_category import FurtherCategory
from articles.models.image import ArchiveImage, ArchiveImageQuerySet
from articles.models.picture_use import BodyPicture
from articles.models.presence import Presence
from articles.models.preview import PreviewLink
from articles.models.related import RelatedPost
from articles.models.revision import CONTENT, AbstractRevision
from articles.models.static_page import StaticPage
from articles.models.status import LATE_AFTER, UNFINISHED, ArticleDecision, ArticleStatus
from articles.models.tag import Tag, TaggedArticle

__all__ = [
    "APPEND_ONLY",
    "CONTENT",
    "CORRECTION_MAX_LENGTH",
    "LATE_AFTER",
    "MOST_ON_TOP",
    "MOST_SECTIONS",
    "REASON_MAX_LENGTH",
    "REVISIONS",
    "UNFINISHED",
    "AbstractRecord",
    "AbstractRevision",
    "ApiToken",
    "ArchiveImage",
    "ArchiveImageQuerySet",
    "Article",
    "ArticleDecision",
    "ArticleQuerySet",
    "ArticleStatus",
    "BodyPicture",
    "Byline",
    "Category",
    "CategoryTree",
    "Correction",
    "FormerSlug",
    "FrontPage",
    "FrontSection",
    "FrontStory",
    "FurtherCategory",
    "Presence",
    "PreviewLink",
    "Refused",
    "RelatedPost",
    "Scope",
    "StaticPage",
    "Tag",
    "TaggedArticle",
    "changes_a_status",
    "decision_gives_the_status",
    "status_needs_a_decision",
]
