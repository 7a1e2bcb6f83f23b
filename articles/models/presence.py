"""Who has a story open in its form just now."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

# Without a sign of life for so long, somebody has gone.
GONE_AFTER = timedelta(minutes=2)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def there(self) -> "PresenceQuerySet":
        """Those who gave a sign of life lately and have not left, the longest there first."""
        lately = timezone.now() - GONE_AFTER
        return self.filter(seen_at__gt=lately, has_left=False).order_by("since", "id")

    def gone(self) -> "PresenceQuerySet":
        return self.filter(seen_at__lte=timezone.now() - GONE_AFTER)


class Presence(models.Model):
    """That somebody has a story open, since when, and when their browser last said so.

    Each page of a browser is a visit of its own. One that was left stays left, whatever of it
    arrives late; the row is forgotten with those of whoever fell silent.
    """

    if TYPE_CHECKING:
        user_id: int
        article_id: int

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="presences", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    visit = models.CharField(max_length=16)
    has_left = models.BooleanField(default=False)
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "user", "visit"], name="presence_once_each")
        ]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()
