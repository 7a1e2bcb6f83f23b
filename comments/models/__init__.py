"""The models of readers' comments."""

from comments.models.access import AccessKind, AddressAccess
from comments.models.comment import Comment, CommentQuerySet, CommentStatus
from comments.models.commenter import Commenter, CommenterDecision, Standing
from comments.models.decision import TEXT_CHANGES, Decision, DecisionAction
from comments.models.network import NetworkSalt, RecentPost, RecentText
from comments.models.policy import (
    ArticlePolicy,
    CommentPolicy,
    ListedWord,
    Mode,
    PolicyChange,
    WordAction,
)
from comments.models.report import Report, ReportReason
from comments.models.tally import Tally

__all__ = [
    "TEXT_CHANGES",
    "AccessKind",
    "AddressAccess",
    "ArticlePolicy",
    "Comment",
    "CommentPolicy",
    "CommentQuerySet",
    "CommentStatus",
    "Commenter",
    "CommenterDecision",
    "Decision",
    "DecisionAction",
    "ListedWord",
    "Mode",
    "NetworkSalt",
    "PolicyChange",
    "RecentPost",
    "RecentText",
    "Report",
    "ReportReason",
    "Standing",
    "Tally",
    "WordAction",
]
