"""Danger to the writer, or to somebody they name: what leads to a person stands in the text.

The note says what it is: phone, email, id_number or postal_address. Only an exact span can be
blacked out, so none overlaps another.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from articles.arabic import Folded, fold
from comments.rules.context import Context
from comments.rules.personal import email, identity, phone, postal
from comments.rules.personal.numbers import without_neutral_numbers
from comments.rules.verdict import Finding, Verdict

NAME = "danger"

Span = tuple[int, int]


FIELDS = ("name", "website", "body")


def check(context: Context) -> Iterator[Finding]:
    texts = {field: getattr(context, field) for field in FIELDS}
    yield from find(texts, context.limits.phone_region)


def find(texts: Mapping[str, str], region: str) -> Iterator[Finding]:
    """What leads to a person in these fields of a comment; `region` is where phones are dialled."""
    for field, typed in texts.items():
        folded = fold(typed)
        text = folded.text
        numbers = text if field == "website" else without_neutral_numbers(text)
        # Where two overlap, the later one says what it is.
        found: list[tuple[str, Iterable[Span]]] = [
            ("phone", phone.find(numbers, region)),
            ("phone", phone.find_in_links(text)),
            ("email", email.find(text)),
        ]
        if field == "body":
            found.insert(0, ("postal_address", postal.find(folded)))
            found.insert(1, ("id_number", identity.find(numbers)))
        for start, end, note in _apart(folded, found):
            yield Finding(NAME, Verdict.HOLD, field, start, end, note)


def _apart(
    folded: Folded, found: list[tuple[str, Iterable[Span]]]
) -> Iterator[tuple[int, int, str]]:
    """The spans as typed, in their order; what two of them share is the later one's."""
    owners: list[tuple[str, int]] = [("", 0)] * len(folded.typed)
    for note, spans in found:
        for span in spans:
            start, end = folded.span(*span)
            owners[start:end] = [(note, start)] * (end - start)
    for (note, _start), run in groupby(range(len(owners)), key=owners.__getitem__):
        places = list(run)
        piece = folded.typed[places[0] : places[-1] + 1]
        if note and any(character.isalnum() for character in piece):
            before = len(piece) - len(piece.lstrip())
            after = len(piece) - len(piece.rstrip())
            yield places[0] + before, places[-1] + 1 - after, note
