"""Pages of a discussion, in the order in which it is read."""

from typing import Any

from rest_framework.request import Request

from articles.api.examples import ARTICLE
from articles.api.paging import Cursor, CursorPages, cursor_of
from articles.models import Article
from comments.models import Comment
from comments.policy import policy_of
from comments.threads import read_part


class DiscussionPages(CursorPages):
    """A cursor names the comment behind which a page begins, or before which it ends."""

    example = f"/api/v1/articles/{ARTICLE['slug']}/comments/?cursor=WzAsICI4NyJd"

    def page(self, rows: Article, request: Request, size: int) -> list[Any]:
        cursor = cursor_of(request, [Comment._meta.pk])
        key = cursor.keys[0] if cursor else None
        is_backward = cursor is not None and cursor.is_backward
        part = read_part(
            rows,
            size,
            behind=None if is_backward else key,
            before=key if is_backward else None,
            policy=policy_of(rows),
        )
        if part.comments and part.are_behind:
            self.next = Cursor([part.comments[-1].pk])
        if part.comments and part.are_before:
            self.previous = Cursor([part.comments[0].pk], is_backward=True)
        return part.comments
