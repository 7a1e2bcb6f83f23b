"""Commenters with random addresses, in every spelling that readers use."""

import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from django.apps import apps
from django.db.models import BinaryField

from newsroom.leaks.disguises import (
    LEAST_LENGTH,
    disguises_of_address,
    disguises_of_bytes,
    disguises_of_network,
)
from newsroom.leaks.search import Search

# How a digest or a sealed address is called that belongs in the database and nowhere else.
KEYED = "keyed or sealed"


@dataclass(frozen=True)
class Canary:
    """One commenter: the address as it is typed, the IP address, and how it came in."""

    way: str
    address: str
    network: str


class Canaries:
    """All canaries of a scan; the search is told of each before it is sent anywhere."""

    def __init__(self, search: Search) -> None:
        self.all: list[Canary] = []
        self._search = search
        self._spellings = cycle(SPELLINGS)
        self._learnt: set[bytes] = set()

    def mint(self, way: str, address: str = "") -> Canary:
        canary = Canary(way, address or next(self._spellings)(), random_network())
        self.all.append(canary)
        self._search.look_for(
            (f"the canary of “{way}”", disguise)
            for disguise in [
                *disguises_of_address(canary.address),
                *disguises_of_network(canary.network),
            ]
        )
        return canary

    def learn_keyed_digests(self) -> None:
        """Look for all that the database holds in place of addresses, too.

        It belongs there and in a dump, and nowhere else.
        """
        for name, value in binary_values():
            if value not in self._learnt:
                self._learnt.add(value)
                self._search.look_for((name, each) for each in disguises_of_bytes(KEYED, value))


def binary_values() -> Iterator[tuple[str, bytes]]:
    """Every binary value of every row of the comments' tables, with the name of its column."""
    for model in apps.get_app_config("comments").get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, BinaryField):
                rows = model._default_manager.exclude(**{column.name: None})
                for value in rows.values_list(column.name, flat=True):
                    yield f"{model.__name__}.{column.name}", bytes(value)


# Addresses


def random_letters(count: int = 2 * LEAST_LENGTH) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(count))


def random_network() -> str:
    """An IPv6 address of the block that RFC 3849 keeps for documentation."""
    groups = (f"{secrets.randbelow(0xEFFF) + 0x1000:x}" for _ in range(6))
    return f"2001:db8:{':'.join(groups)}"


def plain_address() -> str:
    return f"{random_letters()}@example.org"


def _with_capitals() -> str:
    return f"{random_letters().title()}{random_letters().upper()}@Example.ORG"


def _with_a_tag() -> str:
    return f"{random_letters()}+{random_letters()}@example.com"


def _with_a_domain_in_arabic() -> str:
    return f"{random_letters()}@جريدة.example"


def _with_that_domain_in_ascii() -> str:
    return f"{random_letters()}@XN--{'جريدة'.encode('punycode').decode()}.example"


def _with_blanks() -> str:
    return f"  {random_letters()}@example.net "


SPELLINGS = (
    *(plain_address, _with_capitals, _with_a_tag, _with_a_domain_in_arabic),
    *(_with_that_domain_in_ascii, _with_blanks),
)
