"""The moderators' queue: its tabs with their counts, its filters, and its pages.

Pages are cut by a place in the order (when, id), not by a number, so that the last page costs
what the first one costs, and nothing is shown twice when comments come or go meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.days import midnight
from articles.numbers import whole_number
from comments.models import Comment, CommentStatus, Decision, Report, Tally
from comments.models.comment import HELD_WITHOUT_SUSPICION, NEWCOMER

PAGE_SIZE = 25
# A selection by more than its tab is counted no further than this for a page.
MOST_COUNTED = 10_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WAITING = Q(status=CommentStatus.PENDING)


@dataclass(frozen=True)
class Tab:
    """A part of all comments: which they are, and which rows of the tally count them."""

    name: str
    label: str | Promise
    comments: Q
    tallied: Q


def _tab(name: str, label: str | Promise, which: Q) -> Tab:
    return Tab(name, label, comments=which, tallied=which)


TABS = {
    tab.name: tab
    for tab in (
        _tab("pending", _("Pending"), _WAITING),
        _tab("suspect", _("Suspect"), _WAITING & ~Q(held_by__in=HELD_WITHOUT_SUSPICION)),
        Tab("reported", _("Reported"), Q(open_reports__gt=0), Q(reported=True)),
        _tab("newcomers", _("Newcomers"), _WAITING & Q(held_by=NEWCOMER)),
        _tab("spam", _("Spam"), Q(status=CommentStatus.SPAM)),
        _tab("approved", _("Approved"), Q(status=CommentStatus.APPROVED)),
        _tab("rejected", _("Rejected"), Q(status=CommentStatus.REJECTED)),
        _tab("trash", _("In the trash"), Q(status=CommentStatus.TRASH)),
        # The condition of the index for all of them.
        Tab("all", _("All"), Q(id__gt=0), Q()),
    )
}
FIRST_TAB = "pending"


def counts() -> dict[str, int]:
    """How many comments each tab has, exactly, in one query."""
    return Tally.objects.aggregate(
        **{
            name: Coalesce(Sum("amount", filter=tab.tallied or None), 0)
            for name, tab in TABS.items()
        }
    )


@dataclass(frozen=True)
class Moment:
    """What there was when a page was shown: the newest comment, decision and report; 0 for none."""

    comment: int
    decision: int
    report: int

    @classmethod
    def now(cls) -> "Moment":
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT (SELECT coalesce(max(id), 0) FROM comments_comment),
                       (SELECT coalesce(max(id), 0) FROM comments_decision),
                       (SELECT coalesce(max(id), 0) FROM comments_report)
                """
            )
            return cls(*cursor.fetchone())

    @classmethod
    def parse(cls, text: str) -> "Moment":
        """The moment that a form names. Raises ValueError where it names none."""
        numbers = [whole_number(part) for part in text.split("-")]
        if len(numbers) != 3 or None in numbers:
            raise ValueError("no moment of the queue")
        return cls(*(number or 0 for number in numbers))

    def __str__(self) -> str:
        return f"{self.comment}-{self.decision}-{self.report}"

    def still(self, comments: QuerySet[Comment], by: User) -> QuerySet[Comment]:
        """Those that were there and that nobody else has decided on, changed or reported since.

        What the moderator `by` did after the page was shown was done before their own eyes.
        """
        of_it = OuterRef("pk")
        since = Decision.objects.filter(comment=of_it, pk__gt=self.decision)
        return comments.filter(
            ~Exists(since.exclude(by=by)),
            ~Exists(Report.objects.filter(comment=of_it, pk__gt=self.report)),
            pk__lte=self.comment,
        )


@dataclass(frozen=True)
class Place:
    """A place in the order of the queue: a comment's time and number."""

    at: datetime
    pk: int

    @classmethod
    def of(cls, comment: Comment) -> "Place":
        return cls(comment.submitted_at, comment.pk)

    @classmethod
    def parse(cls, text: str) -> "Place":
        """The place that an address names. Raises ValueError where it names none."""
        microseconds, _dash, pk = text.partition("-")
        since, number = whole_number(microseconds), whole_number(pk)
        if since is None or number is None:
            raise ValueError("no place in the queue")
        try:
            return cls(_EPOCH + timedelta(microseconds=since), number)
        except OverflowError as error:
            raise ValueError("no place in the queue") from error

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.pk}"


@dataclass(frozen=True)
class Selection:
    """What a moderator has chosen to see: a tab, and what narrows it."""

    tab: str = FIRST_TAB
    article: int | None = None
    rule: str = ""
    commenter: int | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None
    oldest_first: bool = False

    def comments(self) -> QuerySet[Comment]:
        """The comments chosen, in no order."""
        found = Comment.objects.filter(TABS[self.tab].comments)
        if self.words:
            found = found.filter(search_index=search.query(self.words))
        return found.filter(
            **_given(
                article=self.article,
                commenter=self.commenter,
                held_by=self.rule or None,
                submitted_at__gte=self.since and midnight(self.since),
                submitted_at__lt=self.until and midnight(self.until + timedelta(days=1)),
            )
        )

    @cached_property
    def is_a_tab(self) -> bool:
        """Whether nothing narrows the tab."""
        return replace(self, oldest_first=False) == Selection(tab=self.tab)

    def number(self, tab_counts: Mapping[str, int]) -> int | None:
        """How many they are: from the tally where it knows, else counted.

        None where they are more than MOST_COUNTED and the tally does not know.
        """
        if self.is_a_tab:
            return tab_counts[self.tab]
        if replace(self, oldest_first=False) == Selection(tab=self.tab, rule=self.rule):
            tallied = Tally.objects.filter(TABS[self.tab].tallied, held_by=self.rule)
            return tallied.aggregate(number=Coalesce(Sum("amount"), 0))["number"]
        counted = self.comments()[: MOST_COUNTED + 1].count()
        return counted if counted <= MOST_COUNTED else None


@dataclass(frozen=True)
class Page:
    """Some comments of a selection, in its order, and the places around them."""

    comments: list[Comment]
    before: Place | None
    after: Place | None


def read_page(
    selection: Selection,
    *,
    after: Place | None = None,
    before: Place | None = None,
    number: int | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """The page that begins after one place, or ends before the other; the first one for neither.

    One query, with the article, the comment that is answered and the commenter. `number` is that
    of `Selection.number`, where it is known; `size` is how many comments there are at most.
    """
    backwards = before is not None and after is None
    place = before if backwards else after
    ascending = selection.oldest_first != backwards
    is_small = not selection.is_a_tab and number is not None and number <= MOST_COUNTED
    found = _ordered(
        with_surroundings(selection.comments()), ascending=ascending, sorted_last=is_small
    )
    if place:
        found = found.filter(_beyond(place, ascending=ascending))
    read = list(found[: size + 1])
    comments, more = read[:size], len(read) > size
    if backwards:
        comments.reverse()
    has_before, has_after = (more, True) if backwards else (place is not None, more)
    return Page(
        comments,
        before=Place.of(comments[0]) if comments and has_before else None,
        after=Place.of(comments[-1]) if comments and has_after else None,
    )


def with_surroundings(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With what an entry of the queue shows, and nothing that could tell of an address."""
    return comments.select_related("article", "parent", "commenter").only(
        *("name", "website", "body", "status", "submitted_at", "held_by", "findings"),
        *("open_reports", "revision", "edited_at", "original_body"),
        *("article__title", "article__slug", "article__language"),
        *("parent__name", "parent__body", "parent__status"),
        "commenter__status",
    )


def _ordered(
    comments: QuerySet[Comment], *, ascending: bool, sorted_last: bool
) -> QuerySet[Comment]:
    """The comments in the order of the queue.

    A few among very many are found first and sorted last: in the order of an index PostgreSQL
    might pass a million comments to find them. An order by more than the column keeps it from that.
    """
    at: F | ExpressionWrapper = F("submitted_at")
    if sorted_last:
        at = ExpressionWrapper(at + Value(timedelta(0)), DateTimeField())
    if ascending:
        return comments.order_by(at, "id")
    return comments.order_by(at.desc(), "-id")


def _beyond(place: Place, *, ascending: bool) -> Q:
    """What stands beyond a place. The first condition is for the index, the second is exact."""
    if ascending:
        return Q(submitted_at__gte=place.at) & (Q(submitted_at__gt=place.at) | Q(pk__gt=place.pk))
    return Q(submitted_at__lte=place.at) & (Q(submitted_at__lt=place.at) | Q(pk__lt=place.pk))


def _given(**conditions: Any) -> dict[str, Any]:
    return {name: value for name, value in conditions.items() if value is not None}
