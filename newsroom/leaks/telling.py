"""Asks searches and filters for an address, and for one that nobody ever used.

A difference between the answers tells whether an address has commented, though no answer holds it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from comments.privacy import address_digest
from newsroom.leaks.text import TELLING, Text
from newsroom.leaks.visiting import Answer, Visitor

# Names that a view might read without saying so; asked for all at once.
GUESSES = (
    *("email", "author_email", "address", "author", "commenter", "user", "digest", "hash"),
    *("gravatar", "q", "query", "search", "s"),
)

Comparable = tuple[int, str, str]

# A CSRF token is another one in every answer; digests have no capitals.
_TOKEN = re.compile(r"\b(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{64}\b")
# They change from one moment to the next, or with the question that is repeated on the page.
_UNCOMPARED = {"set-cookie", "etag", "date", "expires", "last-modified", "content-length"}


@dataclass(frozen=True)
class Asked:
    """The same question about an address that commented and about one that never did.

    `core` is the letters of the value, by which a page that repeats the question is known.
    """

    what: str
    value: str
    core: str


ADDRESS, KEYED_DIGEST = "the address", "its keyed digest"


def questions(address: str) -> list[Asked]:
    """What somebody would ask who wants to know whether this address has commented."""
    local = address.partition("@")[0]
    asked = [Asked(ADDRESS, address, local), Asked("the part before the @", local, local)]
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, address.encode()).hexdigest()
        asked.append(Asked(f"its {algorithm}", digest, digest))
    keyed = address_digest(address).hex()
    return [*asked, Asked(KEYED_DIGEST, keyed, keyed)]


class Teller:
    """Compares what is answered for a `used` address with what is answered for an `unused` one."""

    def __init__(self, used: str, unused: str) -> None:
        self._pairs = list(zip(questions(used), questions(unused), strict=True))

    def ask(
        self, visitor: Visitor, address: str, names: Iterable[str], *only: str
    ) -> Iterator[Text]:
        """One text for each question, which says so where its answer tells.

        All `names` are given the same value in one request. Every question is asked, or `only`
        those with these names.
        """
        wanted = sorted(names)
        path, mark, query = address.partition("?")
        place = f"{path}?{'=…&'.join(wanted)}=…"

        def answer(asked: Asked) -> Comparable:
            given = urlencode(dict.fromkeys(wanted, asked.value))
            return _comparable(visitor.get(f"{path}?{query}{mark and '&'}{given}"), asked)

        pairs = [(used, unused) for used, unused in self._pairs if not only or used.what in only]
        usual = answer(pairs[0][1])
        for used, unused in pairs:
            told = "" if answer(used) == usual else _told(answer, used, unused)
            yield Text(TELLING, place, "", told)


def _told(answer: Callable[[Asked], Comparable], used: Asked, unused: Asked) -> str:
    """How the answers differ, asked again: the first may have held a message for once only."""
    likely = answer(unused)
    if answer(used) == likely:
        return ""
    if answer(unused) != likely:
        return "cannot be compared: no two answers are the same"
    return f"differs for {used.what}"


def _comparable(answer: Answer, asked: Asked) -> Comparable:
    """Status, headers and body without the question itself."""
    headers = "\n".join(
        line
        for line in answer.headers.splitlines()
        if line.partition(":")[0].lower() not in _UNCOMPARED
    )
    headers, body = (
        text.replace(asked.value, "…").replace(quote(asked.value), "…").replace(asked.core, "…")
        for text in (headers, _TOKEN.sub("", answer.body))
    )
    return answer.status, headers, body
