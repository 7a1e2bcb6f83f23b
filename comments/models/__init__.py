"""The models of readers' comments."""

from comments.models.comment import Comment, CommentQuerySet, CommentStatus, Decision
from comments.models.commenter import Commenter

__all__ = ["Comment", "CommentQuerySet", "CommentStatus", "Commenter", "Decision"]
