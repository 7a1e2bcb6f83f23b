"""Looks for thousands of disguises in every text, whatever the text is wrapped in."""

import html
import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from urllib.parse import unquote

from newsroom.leaks.disguises import LEAST_LENGTH, Disguise

# Stretches without blanks, tags or quotation marks, in which a disguise would stand whole.
_WORD = re.compile(rf"[^\s<>\"']{{{LEAST_LENGTH},}}")
_RUN = re.compile(rf"[A-Za-z0-9+/_:-]{{{LEAST_LENGTH},}}")
_SOFT_BREAK = re.compile(r"=\r?\n")
_BACKSLASHED = re.compile(r"\\+(?:u\{?([0-9a-fA-F]{1,6})\}?|x([0-9a-fA-F]{2})|([0-7]{3}))")
_QUOTED = re.compile(r"=([0-9A-F]{2})")
# The header of zlib in base64: so begin Django's signed values, as in sessions and messages.
_COMPRESSED = re.compile(r"eJ[A-Za-z0-9_+/-]{20,}")
_WRAPPINGS = 3  # one inside the other


class Search:
    """Finds disguises in texts. It remembers the words that it has seen: pages repeat them."""

    def __init__(self, disguises: Iterable[tuple[str, Disguise]] = ()) -> None:
        self._exact: dict[str, list[tuple[str, Disguise]]] = {}
        self._folded: dict[str, list[tuple[str, Disguise]]] = {}
        self._seen: dict[str, frozenset[tuple[str, str]]] = {}
        self.look_for(disguises)

    def look_for(self, disguises: Iterable[tuple[str, Disguise]]) -> None:
        """Look for these as well from now on; each comes with what it is a disguise of."""
        self._seen.clear()
        for of, disguise in disguises:
            text = disguise.text if disguise.exact else disguise.text.lower()
            index = self._exact if disguise.exact else self._folded
            index.setdefault(text[:LEAST_LENGTH], []).append((of, disguise))

    def finds(self, text: str) -> set[tuple[str, str]]:
        """What was found: of what it is a disguise, and the disguise's name."""
        found: set[tuple[str, str]] = set()
        words = set(_WORD.findall(text))
        if _SOFT_BREAK.search(text):
            words |= set(_WORD.findall(_SOFT_BREAK.sub("", text)))
        for word in words:
            if word not in self._seen:
                self._seen[word] = self._finds_in_word(word)
            found |= self._seen[word]
        return found

    def _finds_in_word(self, word: str) -> frozenset[tuple[str, str]]:
        return frozenset(
            find
            for reading in readings(word)
            for run in _RUN.findall(reading)
            for find in self._finds_in_run(run)
        )

    def _finds_in_run(self, run: str) -> set[tuple[str, str]]:
        folded = run.lower()
        found = set()
        for start in range(len(run) - LEAST_LENGTH + 1):
            end = start + LEAST_LENGTH
            for index, text in ((self._exact, run), (self._folded, folded)):
                for of, disguise in index.get(text[start:end], ()):
                    wanted = disguise.text if disguise.exact else disguise.text.lower()
                    if text.startswith(wanted, start):
                        found.add((of, disguise.name))
        return found


def readings(word: str) -> set[str]:
    """A word as it stands, and what is in it when its wrappings are taken off, in any order."""
    found = {word}
    newest = found
    for _wrapping in range(_WRAPPINGS):
        newest = {unwrap(each) for each in newest for unwrap in _UNWRAP} - found
        found |= newest
    return found


def _without_backslashes(word: str) -> str:
    def character(match: re.Match[str]) -> str:
        unicode, byte, octal = match.groups()
        code = int(octal, 8) if octal else int(unicode or byte, 16)
        return chr(code) if code < 0x110000 else ""

    return _BACKSLASHED.sub(character, word)


def _without_quoting(word: str) -> str:
    """Quoted-printable, of mail."""
    return _QUOTED.sub(lambda match: chr(int(match[1], 16)), word)


def _decompressed(word: str) -> str:
    def text(match: re.Match[str]) -> str:
        packed = match[0].replace("+", "-").replace("/", "_")
        try:
            data = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
            return zlib.decompressobj().decompress(data).decode(errors="replace")
        except (ValueError, zlib.error):
            return match[0]

    return _COMPRESSED.sub(text, word)


_UNWRAP = (html.unescape, unquote, _without_backslashes, _without_quoting, _decompressed)
