"""However an address is written, it is found; and nothing else is."""

import hashlib
from base64 import b64encode
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.leaks.canaries import SPELLINGS, plain_address, random_network
from newsroom.leaks.disguises import disguises_of_address, disguises_of_bytes, disguises_of_network
from newsroom.leaks.search import Search
from tests.newsroom.address_ways import WAYS

TYPED = "RecognisableReaderOfOurs+TheTagOfThisVeryReader@Example.Org"
NETWORK = "2001:db8:1a2b:3c4d:5e6f:7a8b:9c1d:2e3f"


def search_for(address: str) -> Search:
    return Search(("reader", disguise) for disguise in disguises_of_address(address))


def names(search: Search, text: str) -> set[str]:
    return {name for _of, name in search.finds(text)}


def test_an_address_is_found_in_every_way_of_writing_it():
    typed = f"  {TYPED} "
    search = search_for(typed)

    assert [name for name, way in WAYS.items() if not search.finds(f'"{way(typed)}"')] == []
    assert [name for name, way in WAYS.items() if search.finds(way(plain_address()))] == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_canary_is_found_in_every_way(spelling: Callable[[], str]):
    typed, other = spelling(), spelling()
    search = search_for(typed)
    # In three octal digits there are no Arabic letters.
    ways = {name: way for name, way in WAYS.items() if typed.isascii() or "octal" not in name}

    assert [name for name, way in ways.items() if not search.finds(way(typed))] == []
    assert [name for name, way in ways.items() if search.finds(way(other))] == []


def test_a_domain_is_known_in_ascii_and_in_unicode():
    local = "recognisablereaderofours"
    search = search_for(f"{local}@جريدة.example")

    for domain in ("جريدة.example", "xn--ogbfjh9j.example"):
        digest = hashlib.md5(f"{local}@{domain}".encode()).hexdigest()
        assert names(search, digest) != set(), domain


def test_what_gravatar_makes_of_an_address_is_named_as_such():
    search = search_for("recognisablereaderofours@example.org")

    assert (
        names(search, "https://gravatar.example/avatar/e3aac99b8acb8e0cb9c0ba6b5ccd9ca4") == set()
    )
    md5 = hashlib.md5(b"recognisablereaderofours@example.org").hexdigest()
    assert names(search, f"https://gravatar.example/avatar/{md5}?s=80") == {
        "md5 of the address lower-cased in hex"
    }


def test_an_address_inside_a_longer_text_in_base64_is_found():
    search = search_for(TYPED)

    for before in ("", "a", "ab", "abc"):
        for after in ("", "x", "xy"):
            text = b64encode(f"{before}{TYPED}{after}".encode()).decode()
            assert names(search, text) == {
                f"address as typed, in base64 shifted by {len(before) % 3}"
            }


def test_an_ip_address_and_its_network_are_found():
    search = Search(("reader", disguise) for disguise in disguises_of_network(NETWORK))
    written = [
        *(NETWORK, f"[{NETWORK}]:443", "2001:0db8:1a2b:3c4d:5e6f:7a8b:9c1d:2e3f"),
        *("2001:db8:1a2b:3c4d::/64", "20010db81a2b3c4d5e6f7a8b9c1d2e3f"),
        hashlib.sha256(NETWORK.encode()).hexdigest(),
        hashlib.md5(b"2001:db8:1a2b:3c4d::/64").hexdigest(),
    ]

    assert [text for text in written if not search.finds(text)] == []
    assert search.finds(random_network()) == set()


def test_a_keyed_digest_is_found_in_hex_and_in_base64():
    digest = bytes(range(32))
    search = Search(("row", disguise) for disguise in disguises_of_bytes("keyed", digest))

    assert names(search, f"\\x{digest.hex()}") == {"keyed in hex"}
    assert "keyed in base64" in names(search, b64encode(digest).decode())


def test_what_is_looked_for_later_is_found_in_words_that_were_clean_before():
    search = Search()

    assert search.finds(TYPED) == set()
    search.look_for(("reader", disguise) for disguise in disguises_of_address(TYPED))
    assert search.finds(TYPED) != set()


@pytest.mark.parametrize(
    "address", ["reader@example.org", "a-long-enough-local-part+tag@a.example"]
)
def test_an_address_that_might_be_met_by_chance_is_refused(address: str):
    with pytest.raises(ValueError, match="by chance"):
        disguises_of_address(address)


@given(st.text())
def test_no_text_makes_the_search_fail(text: str):
    assert search_for(TYPED).finds(text) == set()
    assert (
        search_for(TYPED).finds(f"{text} eJ{text}{'A' * 30} \\u{text} &#{text}; %{text}") == set()
    )
