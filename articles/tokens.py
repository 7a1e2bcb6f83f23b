"""Tokens of the API: made, found by what a program sends, revoked.

A token is 256 random bits: its bare SHA-256 digest tells nothing of it, and can be looked up.
"""

import secrets
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import ApiToken, Scope

# By which people and programs that look for lost secrets know one.
PREFIX = "newsroom_"
_RANDOM_BYTES = 32


def make(user: User, *, name: str, scopes: Collection[Scope], days: int) -> tuple[ApiToken, str]:
    """A token that works for so many days, and what it says: this is the only time it is told."""
    told = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scopes=sorted(scopes),
        digest=_digest(told),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token, told


def find(told: str) -> ApiToken:
    """The working token that says this; that it was used is noted, by the day.

    Raises ApiToken.DoesNotExist for one that is unknown, over or revoked, or whose account is
    closed or does not work here any more.
    """
    token = ApiToken.objects.working().select_related("user").get(digest=_digest(told))
    today = timezone.localdate()
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(used_on=today)
    return token


def revoke(token: ApiToken) -> bool:
    """End a token for good; whether it had not been before."""
    found = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    return bool(found.update(revoked_at=timezone.now()))


def _digest(told: str) -> str:
    return sha256(told.encode(errors="surrogatepass")).hexdigest()
