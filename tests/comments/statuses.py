"""A comment's statuses by their short names, and the record of its changes."""

from comments.models import Comment, CommentStatus

PENDING, APPROVED, REJECTED, SPAM, TRASH, WITHDRAWN = CommentStatus


def record(comment: Comment) -> list[tuple[str, str]]:
    """The changes of a comment's status, oldest first."""
    return [*comment.decisions.order_by("id").values_list("old", "new")]
