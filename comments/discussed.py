"""Which stories readers talk about."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from articles.models import Article
from comments.models import Comment

PERIOD = timedelta(days=7)
MOST_LISTED = 6
# So many of those with the most comments may be out of the readers' sight, and the list is full.
# To join all stories with all comments of a week would cost more than to count these.
_SPARE = 20


@dataclass(frozen=True)
class Discussed:
    """A public story, and how many comments on it are public that came lately."""

    article: Article
    comments: int


def most_discussed(
    period: timedelta = PERIOD, most: int = MOST_LISTED, *, without: Article | None = None
) -> list[Discussed]:
    """The stories with the most public comments of the last days, in two queries.

    It reads the index entries of these days alone, however many comments there are. `without` is
    a story that is left out.
    """
    lately = Comment.objects.public().filter(submitted_at__gte=timezone.now() - period)
    if without is not None:
        lately = lately.exclude(article=without)
    counted = (
        lately.order_by()
        .values("article_id")
        .annotate(number=Count("*"))
        .order_by("-number", "-article_id")
    )
    numbers = {row["article_id"]: row["number"] for row in counted[: most + _SPARE]}
    stories = Article.objects.public().only("title", "slug", "language").in_bulk(numbers)
    shown = [Discussed(stories[key], number) for key, number in numbers.items() if key in stories]
    return shown[:most]
