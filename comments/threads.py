"""The order of a discussion: threads oldest first, replies under what they answer, paged.

One query reads the shape of the whole discussion (two integers a comment), a second one reads
what the page shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from articles.models import Article
from comments.models import Comment

THREADS_PER_PAGE = 50


@dataclass(frozen=True)
class Shape:
    """Where a public comment stands: its depth and the public comment it answers, if any."""

    pk: int
    depth: int
    answers: int | None


@dataclass(frozen=True)
class Discussion:
    """One page of an article's public comments, in the order in which they are read."""

    count: int
    page: Page
    comments: list[Comment]


def read_discussion(article: Article, page_number: int | str | None = 1) -> Discussion:
    """The page of the discussion with this number; the nearest one for a number out of range."""
    pairs = _pairs(article)
    paginator = Paginator(arrange(pairs), THREADS_PER_PAGE)
    page = paginator.get_page(page_number)
    shapes = [shape for thread in page for shape in thread]
    return Discussion(count=len(pairs), page=page, comments=_read(shapes))


def page_of(comment: Comment) -> int:
    """The number of the page on which a public comment stands."""
    threads = arrange(_pairs(comment.article))
    places = (place for place, thread in enumerate(threads) if _is_in(comment, thread))
    return next(places, 0) // THREADS_PER_PAGE + 1


def arrange(pairs: Sequence[tuple[int, int | None]]) -> list[list[Shape]]:
    """Threads, each flat in reading order, from (comment, parent) pairs in order of arrival.

    A reply to a comment that is not public stands as a thread of its own. Linear in time, and
    without recursion, so that no depth of replies is too deep.
    """
    present = {pk for pk, _parent in pairs}
    replies: dict[int, list[int]] = {}
    roots: list[int] = []
    for pk, parent in pairs:
        if parent in present:
            replies.setdefault(parent, []).append(pk)
        else:
            roots.append(pk)
    return [_thread(root, replies) for root in roots]


def _pairs(article: Article) -> list[tuple[int, int | None]]:
    """Every public comment of an article and what it answers, in order of arrival."""
    public = Comment.objects.public().filter(article=article).order_by("id")
    return list(public.values_list("pk", "parent_id"))


def _is_in(comment: Comment, thread: list[Shape]) -> bool:
    return any(shape.pk == comment.pk for shape in thread)


def _thread(root: int, replies: dict[int, list[int]]) -> list[Shape]:
    thread: list[Shape] = []
    waiting = [Shape(root, 0, None)]
    while waiting:
        shape = waiting.pop()
        thread.append(shape)
        waiting.extend(
            Shape(pk, shape.depth + 1, shape.pk) for pk in reversed(replies.get(shape.pk, []))
        )
    return thread


def _read(shapes: list[Shape]) -> list[Comment]:
    """The comments of a page, each told its `depth` and the name it `replies_to`."""
    found = (
        Comment.objects.public()
        .only("pk", "name", "website", "body", "submitted_at", "article_id", "parent_id")
        .in_bulk([shape.pk for shape in shapes])
    )
    comments = []
    for shape in shapes:
        comment = found.get(shape.pk)
        if comment is None:
            continue
        comment.depth = shape.depth
        answered = found.get(shape.answers or 0)
        comment.replies_to = answered.name if answered else ""
        comments.append(comment)
    return comments
