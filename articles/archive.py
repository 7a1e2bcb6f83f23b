"""The archive: stories by the month of their publication, as the paper's own clock has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, DateTimeField, Func, IntegerField, Max, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext

from articles.days import midnight
from articles.models import Article, ArticleQuerySet

_MONTHS_OF_A_YEAR = 12


class Archive:
    """The page of all months, as a step on the way to one."""

    @property
    def name(self) -> str:
        return pgettext("page", "Archive")

    def get_absolute_url(self) -> str:
        return reverse("archive")


@dataclass(frozen=True)
class Month:
    """A month of a year, both counted from 1."""

    year: int
    month: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        local = timezone.localtime(moment)
        return cls(local.year, local.month)

    @property
    def name(self) -> str:
        """As readers say it, with its year."""
        return formatted(self.first_day, "F Y")

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def begins(self) -> datetime:
        return midnight(self.first_day)

    @property
    def ends(self) -> datetime:
        """When the next month begins."""
        return self.next.begins

    @property
    def next(self) -> "Month":
        years, month = divmod(self.month, _MONTHS_OF_A_YEAR)
        return Month(self.year + years, month + 1)

    def get_absolute_url(self) -> str:
        return reverse("month", args=[self.year, self.month])


@dataclass(frozen=True)
class MonthOfStories:
    """A month in which `count` public stories came out, the newest of them at `newest`."""

    month: Month
    count: int
    newest: datetime


def stories_of(month: Month) -> ArticleQuerySet:
    """The public stories that came out in a month."""
    return Article.objects.public().filter(
        published_at__gte=month.begins, published_at__lt=month.ends
    )


def months_with_stories() -> list[MonthOfStories]:
    """Every month in which a public story came out, newest first; two queries."""
    public = Article.objects.public()
    oldest = public.order_by("published_at", "id").values_list("published_at", flat=True).first()
    if oldest is None:
        return []
    months = list(_months(Month.of(oldest), Month.of(timezone.now())))
    # Each story's place among the beginnings of the months: by the same calendar as the pages of
    # the months, and in less than half the time that PostgreSQL's `date_trunc` takes.
    begins = Value([month.begins for month in months], ArrayField(DateTimeField()))
    place = Func("published_at", begins, function="width_bucket", output_field=IntegerField())
    rows = public.annotate(place=place).values_list("place")
    counted = rows.annotate(Count("pk"), Max("published_at")).order_by("-place")
    return [MonthOfStories(months[place - 1], count, newest) for place, count, newest in counted]


def _months(first: Month, last: Month) -> Iterator[Month]:
    """All months from the first to the last."""
    month = first
    while month.first_day <= last.first_day:
        yield month
        month = month.next


def neighbours(month: Month) -> tuple[Month | None, Month | None]:
    """The nearest months with public stories, before this one and after it; two queries."""
    public = Article.objects.public().values_list("published_at", flat=True)
    before = public.filter(published_at__lt=month.begins).order_by("-published_at", "-id")
    after = public.filter(published_at__gte=month.ends).order_by("published_at", "id")
    found = (before.first(), after.first())
    earlier, later = (Month.of(moment) if moment else None for moment in found)
    return earlier, later
