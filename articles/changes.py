"""When what readers can find last changed."""

from datetime import datetime

from django.db.models import Max

from articles.models import Article


def last_retraction() -> datetime | None:
    """When a story was last taken from readers; no date of the stories that are left tells it."""
    return Article.objects.retracted().aggregate(latest=Max("updated_at"))["latest"]
