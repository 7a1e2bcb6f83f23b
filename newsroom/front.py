"""The desk's front page: what waits for whoever has logged in, each block only for whom it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import rights, worklists
from articles.models import ArticleStatus
from comments import discussed, queue

_COUNTED_TABS = ("suspect", "newcomers", "reported")


@dataclass(frozen=True)
class Block:
    """A part of the page. `name` is that of its template; `content` is for it alone."""

    name: str
    title: str | Promise
    content: Any
    empty: str | Promise = ""
    more: str = ""

    @property
    def template(self) -> str:
        return f"admin/front/{self.name}.html"


@dataclass(frozen=True)
class Waiting:
    """How many comments wait, in all and in some tabs of the queue."""

    pending: int
    tabs: list[tuple[queue.Tab, int]]


def blocks(request: HttpRequest) -> list[Block]:
    """What concerns this user, in the order of a working day, some ten queries at most."""
    may = request.user.has_perm
    made: list[Block] = []
    if rights.may_publish(request.user):
        made += [*_late(), *_for_editors(), *_own(request)]
    elif may("articles.view_article"):
        made += [*_own(request), *_of_a_writer(request)]
    if may("comments.moderate_comment"):
        made.append(_comments())
    if may("articles.view_article") or may("comments.moderate_comment"):
        made.append(_discussed())
    if may("articles.view_article"):
        made.append(_published())
    return made


def buttons(request: HttpRequest) -> list[tuple[str, str | Promise]]:
    """The address and the words of what is begun most often."""
    offered = (
        ("add_article", "article_add", _("Write a story")),
        ("add_archiveimage", "archiveimage_upload", _("Add pictures")),
        ("change_frontpage", "frontpage_changelist", _("Order the front page")),
    )
    return [
        (reverse(f"admin:articles_{page}"), words)
        for right, page, words in offered
        if request.user.has_perm(f"articles.{right}")
    ]


def _own(request: HttpRequest) -> Iterator[Block]:
    if request.user.has_perm("articles.add_article"):
        yield Block(
            "drafts",
            _("My drafts"),
            worklists.my_drafts(request.user),
            _("You have no draft."),
            stories(owner=str(request.user.pk), status__exact=ArticleStatus.DRAFT),
        )


def _for_editors() -> Iterator[Block]:
    yield Block(
        "review",
        _("Waiting for review"),
        worklists.in_review(),
        _("No story is waiting for an editor."),
        stories(status__exact=ArticleStatus.IN_REVIEW),
    )
    yield Block(
        "going_out",
        _("Going out"),
        worklists.going_out(),
        _("No story is scheduled."),
        stories(status__exact=ArticleStatus.SCHEDULED),
    )


def _late() -> Iterator[Block]:
    """A notice that is there only where there is something to notice."""
    late = worklists.came_out_late()
    if late:
        yield Block("late", _("Published late: nobody was there at the moment"), late)


def _of_a_writer(request: HttpRequest) -> Iterator[Block]:
    owner = str(request.user.pk)
    yield Block(
        "review",
        _("My stories in review"),
        worklists.in_review(request.user),
        _("None of your stories is waiting for an editor."),
        stories(owner=owner, status__exact=ArticleStatus.IN_REVIEW),
    )
    yield Block(
        "going_out",
        _("My stories going out"),
        worklists.going_out(request.user),
        _("None of your stories is scheduled."),
        stories(owner=owner, status__exact=ArticleStatus.SCHEDULED),
    )


def _comments() -> Block:
    counts = queue.counts()
    tabs = [(queue.TABS[name], counts[name]) for name in _COUNTED_TABS]
    return Block(
        "comments",
        _("Comments waiting"),
        Waiting(counts["pending"], [(tab, count) for tab, count in tabs if count]),
        _("No comment is waiting for a decision."),
        reverse("admin:comments_comment_changelist"),
    )


def _discussed() -> Block:
    return Block(
        "discussed",
        _("Most discussed in the last seven days"),
        discussed.most_discussed(),
        _("No comment has been published in the last seven days."),
    )


def _published() -> Block:
    return Block(
        "published",
        _("Last published"),
        worklists.last_published(),
        _("No story has been published yet."),
        stories(status__exact=ArticleStatus.PUBLISHED),
    )


def stories(**filters: str) -> str:
    """The list of the stories with these filters; of everybody's, where no owner is named."""
    page = reverse("admin:articles_article_changelist")
    return f"{page}?{urlencode({'owner': '', **filters})}"
