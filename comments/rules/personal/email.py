"""E-mail addresses, also where the writer spells the signs out: name (at) gmail dot com."""

import re
from collections.abc import Iterator

from comments.rules.domains import LABEL, TOP_LEVEL

_LOCAL = r"(?<![\w.+'-])[\w.+'-]{1,64}"
_SIGN = r"(?:@|%40|&#0{0,5}64;|&commat;)"
_OPEN, _CLOSE = r"[(\[{<]\s?", r"\s?[)\]}>]"
_WRAPPED_SIGN = rf"{_OPEN}(?:@|at|ات|عند){_CLOSE}"
_SPELLED_DOT = rf"\s?{_OPEN}(?:\.|dot|نقطه|دوت){_CLOSE}\s?|\s(?:dot|نقطه|دوت)\s"
_DOT = rf"(?:\s?\.\s?|{_SPELLED_DOT})"
_TOP = rf"(?:{TOP_LEVEL}|اورغ|نت)(?!\w)"
_PROVIDER = (
    "(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|protonmail|proton|live|aol|gmx|yandex"
    "|جيميل|جي ميل|هوتميل|هوت ميل|ياهو|اوتلوك|ايكلاود|بروتون)(?!\\w)"
)
_HOST = rf"{LABEL}(?:{_DOT}{LABEL}){{0,4}}{_DOT}{_TOP}"

_WRITTEN = rf"{_LOCAL}{_SIGN}{LABEL}(?:\.{LABEL}){{1,6}}"
_SPACED = rf"{_LOCAL}\s{{0,3}}(?:{_SIGN}|{_WRAPPED_SIGN})\s{{0,3}}(?:{_HOST}|{_PROVIDER})"
# A bare “at” is a word of English: it needs a mailbox's host or a dot spelled out after it.
_SPELLED = (
    rf"{_LOCAL}\s{{1,3}}(?:at|ات)\s{{1,3}}(?!(?:an?|the|this|that|my|our|his|her)\s)"
    rf"(?:{_PROVIDER}{_DOT}{_TOP}|{LABEL}(?:{_SPELLED_DOT}{LABEL}){{0,4}}(?:{_SPELLED_DOT}){_TOP})"
)
_ADDRESS = re.compile(f"{_WRITTEN}|{_SPACED}|{_SPELLED}")


def find(text: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESS.finditer(text):
        yield match.span()
