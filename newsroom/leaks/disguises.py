"""Every form in which a secret must not be found: spellings, encodings and digests of it.

What is looked for are beginnings long enough never to be met by chance, so that a digest that was
cut short is found too. What only wraps a text (escapes, percent signs, entities) is not listed
here: `search.py` takes that off the text that is searched. A leaf: it knows no model.
"""

import codecs
import hashlib
import unicodedata
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_network

import idna

LEAST_LENGTH = 10  # characters: fewer could be met by chance
_HEX_LENGTH, _BASE64_LENGTH = 16, 12  # characters, for 64 and 72 bits of a digest

# What a site might make of an address "so that nobody can read it"; Gravatar does the first two.
ALGORITHMS = (
    *("md5", "sha256", "sha1", "sha224", "sha384", "sha512"),
    *("sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"),
)
_SHORT_BLAKE2B = (16, 20, 32)  # bytes


@dataclass(frozen=True)
class Disguise:
    """A text that gives a secret away, and what it is called in a report.

    `exact` where letters and capitals differ, as in base64.
    """

    name: str
    text: str
    exact: bool = False


def disguises_of_address(address: str) -> list[Disguise]:
    """All disguises of an email address with 20 or more letters between its signs.

    Raises ValueError for a shorter local part, or part of one: it might be found by chance.
    """
    local = address.strip().rpartition("@")[0]
    parts = local.split("+")
    if min(len(part) for part in parts) < 2 * LEAST_LENGTH:
        raise ValueError("Such an address could be found by chance.")
    found = [each for part in parts for each in _readable(part)]
    for name, spelling in spellings(address).items():
        found += [*_base64_of(name, spelling), *_digests(f"the address {name}", spelling)]
    return list(_each_once(found))


def spellings(address: str) -> dict[str, str]:
    """The texts that a site might take for the address, by name; each text once."""
    trimmed = address.strip()
    lower = trimmed.lower()
    local, _at, domain = lower.rpartition("@")
    named = {"lower-cased": lower, "as typed": address, "trimmed": trimmed}
    named |= {"upper-cased": trimmed.upper(), "in NFKC": unicodedata.normalize("NFKC", lower)}
    for name, form in _forms_of_domain(domain):
        named[f"with its domain in {name}"] = f"{local}@{form}"
        named[f"without its tag, with its domain in {name}"] = f"{local.partition('+')[0]}@{form}"
    named |= {
        "lower-cased, as a link": f"mailto:{lower}",
        "lower-cased, with the line's end": f"{lower}\n",
        "before the @": trimmed.rpartition("@")[0],
        "before the @, lower-cased": local,
    }
    once = {text: name for name, text in reversed(named.items())}
    return {name: text for name, text in named.items() if once[text] == name}


def disguises_of_network(address: str) -> list[Disguise]:
    """All disguises of an IPv6 address, none of whose groups is zero, and of its /64."""
    ip = IPv6Address(address)
    written = {"IP address": ip.compressed, "IP address in full": ip.exploded}
    found = [
        Disguise(f"{name}, its network", ":".join(text.split(":")[:4]))
        for name, text in written.items()
    ]
    found.append(Disguise("IP address in hex", ip.packed.hex()[:_HEX_LENGTH]))
    written["network of the IP address"] = str(ip_network((ip, 64), strict=False))
    for name, text in written.items():
        found += _digests(f"the {name}", text)
    return list(_each_once(found))


def disguises_of_bytes(name: str, secret: bytes) -> list[Disguise]:
    """A digest or a sealed address in hex and in base64."""
    in_base64 = {"base64": b64encode(secret), "URL-safe base64": urlsafe_b64encode(secret)}
    return [
        Disguise(f"{name} in hex", secret.hex()[:_HEX_LENGTH]),
        *(
            Disguise(f"{name} in {encoding}", text.decode()[:_BASE64_LENGTH], exact=True)
            for encoding, text in in_base64.items()
        ),
    ]


def _forms_of_domain(domain: str) -> Iterator[tuple[str, str]]:
    """The domain as DNS has it and as people read it; nothing for what is no domain."""
    try:
        in_ascii = idna.encode(domain, uts46=True).decode()
    except UnicodeError:
        return
    yield "ASCII", in_ascii
    yield "Unicode", idna.decode(in_ascii)


def _readable(part: str) -> Iterator[Disguise]:
    """Letters that somebody can read, ten at a time: an address that is masked shows a few."""
    for start in range(0, len(part) - LEAST_LENGTH + 1, LEAST_LENGTH):
        letters = part[start : start + LEAST_LENGTH]
        name = f"letters of the address from number {start + 1}"
        yield Disguise(name, letters)
        yield Disguise(f"{name}, reversed", letters[::-1])
        yield Disguise(f"{name}, in rot13", codecs.encode(letters, "rot13"))
        for spelled in (letters, letters.lower(), letters.upper()):
            yield Disguise(f"{name}, in hex", spelled.encode().hex())


def _base64_of(name: str, spelling: str) -> Iterator[Disguise]:
    """The part before the sign in base64, wherever in a longer text it stands."""
    for shift in range(3):
        text = _inside_base64(spelling.strip().rpartition("@")[0].encode(), shift)
        if text:
            yield Disguise(f"address {name}, in base64 shifted by {shift}", text, exact=True)


def _inside_base64(data: bytes, shift: int) -> str:
    """The characters that stand for these bytes and nothing else, `shift` bytes into a text."""
    encoded = b64encode(b"\0" * shift + data).decode()
    whole_from, whole_to = -(-shift * 8 // 6), (shift + len(data)) * 8 // 6
    return encoded[whole_from:whole_to]


def _digests(name: str, spelling: str) -> Iterator[Disguise]:
    data = spelling.encode()
    made = {algorithm: hashlib.new(algorithm, data).digest() for algorithm in ALGORITHMS}
    for size in _SHORT_BLAKE2B:
        made[f"blake2b of {size} bytes"] = hashlib.blake2b(data, digest_size=size).digest()
    for algorithm, digest in made.items():
        yield from disguises_of_bytes(f"{algorithm} of {name}", digest)


def _each_once(disguises: Iterable[Disguise]) -> Iterator[Disguise]:
    """Each text under the first of its names."""
    seen = set()
    for each in disguises:
        if (each.text, each.exact) not in seen:
            seen.add((each.text, each.exact))
            yield each
