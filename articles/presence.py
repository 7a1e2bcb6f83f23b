"""Who else has a story open: signs of life of the browsers in which its form is.

Each page that shows the form is a visit, which its browser names. Signs of life and of leaving
arrive in any order, so that neither undoes what another visit, or the later word of its own, said.
"""

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article, Presence


def sign_of_life(article: Article, user: User, visit: str) -> None:
    """Note that somebody has the story open; whoever fell silent, in any story, is forgotten."""
    Presence.objects.gone().delete()
    _note(Presence(article=article, user=user, visit=visit), ["seen_at"])


def leave(article: Article, user: User, visit: str) -> None:
    """Note that somebody closed the story."""
    _note(Presence(article=article, user=user, visit=visit, has_left=True), ["seen_at", "has_left"])


def _note(sign: Presence, renewed: list[str]) -> None:
    sign.since = sign.seen_at = timezone.now()
    Presence.objects.bulk_create(
        [sign],
        update_conflicts=True,
        update_fields=renewed,
        unique_fields=["article", "user", "visit"],
    )


def others(article: Article, user: User) -> list[Presence]:
    """Who has the story open beside this person, each once, the longest there first."""
    there = Presence.objects.there().filter(article=article).exclude(user=user)
    longest: dict[int, Presence] = {}
    for each in there.select_related("user"):
        longest.setdefault(each.user_id, each)
    return list(longest.values())
