"""The order of a discussion: threads oldest first, replies under what they answer, paged.

One query reads the shape of the whole discussion (two integers a comment), a second one reads
what the page shows. Down to the depth of the policy each reply stands one step further in than
what it answers; deeper ones stand at that depth, in the same order, and name whom they answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from django.core.paginator import Page, Paginator

from articles.models import Article
from comments.editing import ERASED, READER
from comments.models import Comment
from comments.policy import Policy, policy_of
from comments.pseudonyms import public_pseudonym

THREADS_PER_PAGE = 50
# What a reader is shown of a comment, and what decides it.
SHOWN_FIELDS = (
    *("pk", "name", "website", "body", "submitted_at", "edited_at"),
    *("article_id", "parent_id", "commenter_id"),
)


@dataclass(frozen=True)
class Shape:
    """Where a public comment stands: how far in, and the public comment it answers, if any.

    `is_plain` where that needs no word: it answers nothing, or what stands right above it, one
    step less far in.
    """

    pk: int
    depth: int
    answers: int | None
    is_plain: bool


@dataclass(frozen=True)
class Discussion:
    """One page of an article's public comments, in the order in which they are read."""

    count: int
    page: Page
    comments: list[Comment]


def read_discussion(
    article: Article, page_number: int | str | None = 1, *, policy: Policy | None = None
) -> Discussion:
    """The page of the discussion with this number; the nearest one for a number out of range."""
    policy = policy or policy_of(article)
    pairs = _pairs(article)
    paginator = Paginator(arrange(pairs, policy.site.thread_depth), THREADS_PER_PAGE)
    page = paginator.get_page(page_number)
    shapes = [shape for thread in page for shape in thread]
    return Discussion(count=len(pairs), page=page, comments=_read(shapes, policy))


@dataclass(frozen=True)
class Part:
    """Some comments of a discussion in a row, and whether public ones stand before and behind."""

    comments: list[Comment]
    are_before: bool
    are_behind: bool


def read_part(
    article: Article,
    length: int,
    *,
    behind: int | None = None,
    before: int | None = None,
    policy: Policy,
) -> Part:
    """So many comments from the beginning, behind the one with this key, or before it.

    Where that one is not public any more, the part begins, or ends, where it would stand.
    """
    place = behind if before is None else before
    pairs = _pairs(article) if place is None else _with_place(_pairs(article), article, place)
    threads = arrange(pairs, policy.site.thread_depth)
    shapes = [shape for thread in threads for shape in thread]
    places = [number for number, shape in enumerate(shapes) if shape.pk == place]
    begin, end = 0, len(shapes)
    if behind is not None:
        begin = places[0] + 1
        end = min(begin + length, end)
    elif before is not None:
        end = places[0]
        begin = max(end - length, 0)
    else:
        end = min(length, end)
    return Part(
        _read(shapes[begin:end], policy), are_before=begin > 0, are_behind=end < len(shapes)
    )


def page_of(comment: Comment) -> int:
    """The number of the page on which a public comment stands."""
    threads = arrange(_pairs(comment.article), deepest=0)
    places = (place for place, thread in enumerate(threads) if _is_in(comment, thread))
    return next(places, 0) // THREADS_PER_PAGE + 1


def arrange(pairs: Sequence[tuple[int, int | None]], deepest: int) -> list[list[Shape]]:
    """Threads, each in reading order, from (comment, parent) pairs in order of arrival.

    None stands further in than `deepest`. A reply to a comment that is not public stands as a
    thread of its own. Linear in time, and without recursion, so that no chain is too long.
    """
    present = {pk for pk, _parent in pairs}
    replies: dict[int, list[int]] = {}
    roots: list[int] = []
    for pk, parent in pairs:
        if parent in present:
            replies.setdefault(parent, []).append(pk)
        else:
            roots.append(pk)
    return [_thread(root, replies, deepest) for root in roots]


def as_shown(comment: Comment, policy: Policy) -> Comment:
    """The comment, told the name and the website that readers see over it. The only place that
    says so.

    Where pseudonyms stand in place of names, whoever took their name back stays “a reader”: an
    invented name would tie that comment to their others.
    """
    comment.shown_name, comment.shown_website = comment.name, comment.website
    if policy.pseudonyms and comment.name != READER:
        comment.shown_name = public_pseudonym(comment.pk)
        comment.shown_website = ""
    comment.is_marked_as_edited = bool(comment.edited_at) and comment.body != ERASED
    return comment


def _pairs(article: Article) -> list[tuple[int, int | None]]:
    """Every public comment of an article and what it answers, in order of arrival."""
    public = Comment.objects.public().filter(article=article).order_by("id")
    return list(public.values_list("pk", "parent_id"))


def _with_place(
    pairs: Sequence[tuple[int, int | None]], article: Article, place: int
) -> list[tuple[int, int | None]]:
    """The pairs, with one more where it is not among them: a mere place, which nothing answers."""
    if any(pk == place for pk, _parent in pairs):
        return list(pairs)
    own = Comment.objects.filter(article=article, pk=place).values_list("parent_id", flat=True)
    others = [(pk, None if parent == place else parent) for pk, parent in pairs]
    return sorted([*others, (place, own.first())], key=itemgetter(0))


def _is_in(comment: Comment, thread: list[Shape]) -> bool:
    return any(shape.pk == comment.pk for shape in thread)


def _thread(root: int, replies: dict[int, list[int]], deepest: int) -> list[Shape]:
    thread = [Shape(root, 0, None, is_plain=True)]
    waiting = [(pk, thread[0]) for pk in reversed(replies.get(root, []))]
    while waiting:
        pk, answered = waiting.pop()
        depth = min(answered.depth + 1, deepest)
        is_plain = thread[-1] == answered and depth > answered.depth
        shape = Shape(pk, depth, answered.pk, is_plain)
        thread.append(shape)
        waiting.extend((reply, shape) for reply in reversed(replies.get(pk, [])))
    return thread


def _read(shapes: list[Shape], policy: Policy) -> list[Comment]:
    """The comments of a page, each told its `depth` and the comment it answers."""
    found = Comment.objects.public().only(*SHOWN_FIELDS).in_bulk([shape.pk for shape in shapes])
    comments = []
    for shape in shapes:
        comment = found.get(shape.pk)
        if comment is None:
            continue
        comment.depth = shape.depth
        comment.answers = shape.answers
        comment.answered = found.get(shape.answers or 0)
        comment.is_plain_answer = shape.is_plain
        comments.append(as_shown(comment, policy))
    return comments
