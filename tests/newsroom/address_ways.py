"""Ways of writing an address, written out here and not taken from what searches for them."""

import codecs
import hashlib
import quopri
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

from django.core import signing

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s")

Way = Callable[[str], str]


def _throughout(pattern: str, text: str) -> str:
    """Every character by its number, written as the pattern says."""
    return "".join(pattern.format(ord(character)) for character in text)


def _in_base64(before: str, text: str, after: str = "") -> str:
    return b64encode(f"{before}{text}{after}".encode()).decode()


def _packed(text: str) -> str:
    return signing.dumps({"email": text, "more": "more " * 40}, compress=True)


_WRITTEN: dict[str, Way] = {
    "plain": str,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "masked at its end": lambda text: f"{text.strip()[:10]}***",
    "the part before the sign": lambda text: text.partition("@")[0],
    "percent-encoded": quote,
    "percent-encoded throughout": partial(_throughout, "%{:02x}"),
    "percent-encoded twice": lambda text: quote(_throughout("%{:02X}", text)),
    "in decimal entities": partial(_throughout, "&#{};"),
    "in hexadecimal entities": partial(_throughout, "&#x{:x};"),
    "in the escapes of JSON": partial(_throughout, "\\u{:04x}"),
    "in the escapes of JavaScript": partial(_throughout, "\\x{:02x}"),
    "in octal escapes": partial(_throughout, "\\{:03o}"),
    "in entities inside of JSON": partial(_throughout, "\\u0026#{};"),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "quoted-printable throughout": partial(_throughout, "={:02X}"),
    "reversed": lambda text: text[::-1],
    "in rot13": lambda text: codecs.encode(text, "rot13"),
    "in hex": lambda text: text.encode().hex(),
    "in small letters, in hex with capitals": lambda text: text.lower().encode().hex().upper(),
    "in base64": partial(_in_base64, ""),
    "in base64 behind one letter": partial(_in_base64, "a"),
    "in base64 between letters": lambda text: _in_base64("ab", text, "xy"),
    "in small letters, in base64": lambda text: _in_base64("", text.lower()),
    "packed into a signed value": _packed,
}

_SPELLED: dict[str, Way] = {
    "as typed": str,
    "trimmed": str.strip,
    "in small letters": lambda text: text.strip().lower(),
    "as a link": lambda text: f"mailto:{text.strip().lower()}",
}

_ENCODED: dict[str, Callable[[bytes], str]] = {
    "hex": bytes.hex,
    "capital hex": lambda digest: digest.hex().upper(),
    "base64": lambda digest: b64encode(digest).decode(),
    "URL-safe base64": lambda digest: urlsafe_b64encode(digest).decode().rstrip("="),
    "hex cut short": lambda digest: digest.hex()[:20],
}


def _digest(algorithm: str, spell: Way, encode: Callable[[bytes], str], text: str) -> str:
    return encode(hashlib.new(algorithm, spell(text).encode()).digest())


def _digests() -> Iterator[tuple[str, Way]]:
    for algorithm in ALGORITHMS:
        for spelling, spell in _SPELLED.items():
            for encoding, encode in _ENCODED.items():
                name = f"{algorithm}, {spelling}, in {encoding}"
                yield name, partial(_digest, algorithm, spell, encode)


WAYS: dict[str, Way] = {**_WRITTEN, **dict(_digests())}
