"""The sender's network, as flood limits know it: never an IP address, and only for hours.

A digest needs both the server's index key and a random salt that the database keeps for one day
and then overwrites: neither a stolen database nor, on the next day, a seized server can compute
it again.
"""

import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments.models import NetworkSalt, RecentPost
from comments.privacy import KEY_SIZE, network_digest, network_of
from comments.rules.context import Sender

REMEMBERED = timedelta(hours=1)


def digest_of(address: str | None, *parts: str) -> bytes | None:
    """Today's digest of an IP address with further `parts`; None for what is no IP address."""
    made = digests_of(address, parts)
    return made[0] if made else None


def digests_of(address: str | None, *further: tuple[str, ...]) -> list[bytes] | None:
    """Today's digest of an IP address with each of these `further` parts; None as `digest_of`."""
    try:
        network = network_of(address or "")
    except ValueError:
        return None
    salt = _salt()
    return [network_digest(salt, network, *parts) for parts in further]


def sender_of(network: bytes, own: bytes, text: bytes, at: datetime, *, most: int = 0) -> Sender:
    """What came from this network in the past hour, as far back as the highest limit, `most`."""
    recent = RecentPost.objects.filter(at__gt=at - REMEMBERED).order_by("-at")
    return Sender(
        network=_oldest_first(recent.filter(network=network), most),
        own=_oldest_first(recent.filter(sender=own), most),
        same_text=recent.filter(sender=own, text=text).count(),
    )


def _oldest_first(newest: QuerySet[RecentPost], most: int) -> tuple[datetime, ...]:
    return tuple(newest.values_list("at", flat=True)[:most])[::-1]


def wait_of(network: bytes, at: datetime, *, most: int) -> timedelta:
    """How long until fewer than `most` things from this network lie in the past hour."""
    newest = RecentPost.objects.filter(network=network, at__gt=at - REMEMBERED).order_by("-at")
    reached = list(newest.values_list("at", flat=True)[most - 1 : most])
    return reached[0] + REMEMBERED - at if reached else timedelta(0)


def remember(network: bytes, at: datetime) -> None:
    """Keep, for an hour, that something came from this network."""
    RecentPost.objects.create(network=network, sender=network, text=network, at=at)


def one_at_a_time(*digests: bytes) -> None:
    """Wait for others that post from the same network or address; until the transaction ends."""
    keys = sorted(int.from_bytes(digest[:8], "big", signed=True) for digest in digests)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def forget_networks(at: datetime | None = None) -> int:
    """Drop what is too old for any limit, and yesterday's salt; how many rows that were."""
    _salt()
    old = RecentPost.objects.filter(at__lte=(at or timezone.now()) - REMEMBERED)
    return old.delete()[0]


def _salt() -> bytes:
    """The salt of today, made by whoever asks first; what the old one made is worthless then."""
    today = timezone.now().date()
    # The clock of another server may be past midnight already: its salt is taken.
    row = NetworkSalt.objects.filter(pk=1, day__gte=today).first()
    if row is None:
        with transaction.atomic():
            row = NetworkSalt.objects.select_for_update().get_or_create(
                pk=1, defaults={"day": today, "salt": secrets.token_bytes(KEY_SIZE)}
            )[0]
            if row.day < today:
                row.day, row.salt = today, secrets.token_bytes(KEY_SIZE)
                row.save()
    return bytes(row.salt)
