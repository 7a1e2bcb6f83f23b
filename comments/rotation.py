"""Another pair of keys for sealing, another index key, or both, for all that is stored.

Every address is opened with the old private key before anything is written; then each is sealed
to the new public key, and recognised by its digest under the new index key. All of it is one
transaction, with the table locked against writing. Where an address has been destroyed nothing
leads to the new digest: that commenter is not recognised any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import Case, Count, QuerySet, Value, When
from nacl.exceptions import CryptoError

from articles.progress import Progress, silent
from comments.models import Commenter, Standing
from comments.privacy import address_digest, decode_key, seal, unseal

_TABLE = Commenter._meta.db_table
_AT_ONCE = 1000
# Where one mailbox was recognised under two index keys, the graver standing keeps it.
_GRAVEST_FIRST = Case(
    When(status=Standing.BANNED, then=Value(0)),
    When(status=Standing.TRUSTED, then=Value(1)),
    default=Value(2),
)


@dataclass(frozen=True, repr=False)
class Keys:
    """The old private key, and what is new, in URL-safe base64; what is None stays as it is.

    Raises ImproperlyConfigured, naming the key, where one is malformed.
    """

    old_private: str
    new_public: str | None = None
    new_index: str | None = None

    def __post_init__(self) -> None:
        decode_key("The old private key", self.old_private)
        if self.new_public is not None:
            decode_key("The new public key", self.new_public)
        if self.new_index is not None:
            decode_key("The new index key", self.new_index)
        given = [key for key in (self.old_private, self.new_public, self.new_index) if key]
        if len({*given}) < len(given):
            raise ImproperlyConfigured(
                "One key was given twice: the new public key is the half that seals addresses, and "
                "nobody could open what is sealed to a private one."
            )


@dataclass(eq=False)
class DoesNotOpen(Exception):
    """The old private key does not open all addresses; nothing was written."""

    unopened: int
    sealed: int

    def __str__(self) -> str:
        return f"The old private key does not open {self.unopened} of {self.sealed} addresses."


@dataclass
class Rotated:
    """What became of the commenters, in numbers.

    Not recognised any more are the `lost`, by standing, whose addresses are destroyed, and those
    whose mailbox was there `twice`: the one with the graver standing, or the newer, is recognised.
    """

    sealed: int = 0
    indexed: int = 0
    twice: int = 0
    lost: dict[str, int] = field(default_factory=dict)


def rotate(keys: Keys, progress: Progress = silent) -> Rotated:
    """Bring all commenters over to new keys. Raises DoesNotOpen.

    The site must take no comments meanwhile, and not before it has the new keys.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_TABLE} IN EXCLUSIVE MODE")
        _open_all(keys.old_private, progress)
        rotated = Rotated()
        if keys.new_index is not None:
            _let_none_be_recognised(rotated)
        for rows in _batches(progress(_renewed(keys, rotated), "written", _sealed().count())):
            _write(rows)
        return rotated


def _sealed() -> QuerySet[Commenter]:
    return Commenter.objects.filter(sealed_address__isnull=False)


def _open_all(private_key: str, progress: Progress) -> None:
    unopened = done = 0
    boxes = _sealed().values_list("sealed_address", flat=True).iterator(_AT_ONCE)
    for sealed in progress(boxes, "opened", _sealed().count()):
        try:
            unseal(bytes(sealed or b""), private_key)
        except CryptoError:
            unopened += 1
        done += 1
    if unopened:
        raise DoesNotOpen(unopened, done)


def _let_none_be_recognised(rotated: Rotated) -> None:
    """Give every commenter a random digest; those with an address get the right one after this."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_TABLE} SET digest = "  # noqa: S608 - the name is the model's
            "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))"
        )
    destroyed = Commenter.objects.filter(sealed_address=None)
    rotated.lost = dict(destroyed.values_list("status").annotate(Count("pk")))


_Row = tuple[int, bytes, bytes]


def _renewed(keys: Keys, rotated: Rotated) -> Iterator[_Row]:
    """Each commenter with an address: key, digest and sealed address as they are to be."""
    claimed: set[bytes] = set()
    for commenter in _sealed().order_by(_GRAVEST_FIRST, "-pk").iterator(_AT_ONCE):
        sealed, digest = bytes(commenter.sealed_address or b""), bytes(commenter.digest)
        address = unseal(sealed, keys.old_private)
        if keys.new_public is not None:
            sealed = seal(address, keys.new_public)
            rotated.sealed += 1
        if keys.new_index is not None:
            wanted = address_digest(address, keys.new_index)
            if wanted in claimed:
                rotated.twice += 1
            else:
                claimed.add(wanted)
                digest = wanted
                rotated.indexed += 1
        yield commenter.pk, digest, sealed


def _batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    batch: list[_Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(rows: list[_Row]) -> None:
    keys, digests, sealed = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {_TABLE} c SET digest = n.digest, sealed_address = n.sealed
                FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) n (id, digest, sealed)
                WHERE c.id = n.id
            """,  # noqa: S608 - the name is the model's
            [[*keys], [*digests], [*sealed]],
        )
