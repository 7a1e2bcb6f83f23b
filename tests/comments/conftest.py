"""What the tests of the desk share."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import moderation
from comments.models import Comment, CommentStatus


@pytest.fixture
def desk(moderator: User, as_user: Callable[[User], Client]) -> Client:
    """The moderator's browser."""
    return as_user(moderator)


@pytest.fixture
def in_status(pending: Callable[..., Comment]) -> Callable[..., Comment]:
    """Makes a comment with this status."""

    def make(status: str, **fields: object) -> Comment:
        comment = pending(**fields)
        if status != "pending":
            moderation.decide(comment.pk, CommentStatus(status), rule="test")
        comment.refresh_from_db()
        return comment

    return make


@pytest.fixture
def found_in(pending: Callable[..., Comment]) -> Callable[..., Comment]:
    """Makes a comment in which rules have found something: (rule, field, start, end)."""

    def make(
        *findings: tuple[str, str, int, int], held_by: str = "words", **fields: object
    ) -> Comment:
        comment = pending(**fields)
        Comment.objects.filter(pk=comment.pk).update(
            held_by=held_by,
            findings=[
                {"rule": rule, "verdict": "hold", "field": of, "start": at, "end": to, "note": "لا"}
                for rule, of, at, to in findings
            ],
        )
        comment.refresh_from_db()
        return comment

    return make
