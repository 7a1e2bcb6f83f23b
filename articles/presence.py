"""Who else has a story open: signs of life of the browsers in which its form is."""

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from articles.models import Article, Presence


def sign_of_life(article: Article, user: User) -> None:
    """Note that somebody has the story open; whoever fell silent, in any story, is forgotten."""
    Presence.objects.gone().delete()
    now = timezone.now()
    Presence.objects.bulk_create(
        [Presence(article=article, user=user, since=now, seen_at=now)],
        update_conflicts=True,
        update_fields=["seen_at"],
        unique_fields=["article", "user"],
    )


def leave(article: Article, user: User) -> None:
    """Note that somebody closed the story."""
    Presence.objects.filter(article=article, user=user).delete()


def others(article: Article, user: User) -> models.QuerySet[Presence]:
    """Who has the story open beside this person, the longest there first."""
    return (
        Presence.objects.there().filter(article=article).exclude(user=user).select_related("user")
    )
