"""More links than the policy lets through, or a link in the markup that only programs write."""

import re
from collections.abc import Iterator

from articles.arabic import fold
from comments.rules.context import Context
from comments.rules.domains import ADDRESS
from comments.rules.verdict import Finding, Verdict

NAME = "links"

_ADDRESS = re.compile(ADDRESS)
_MARKUP = re.compile(r"<\s{0,5}a\s[^<>]{0,500}>?|\[\s{0,5}(?:url|link)\b[^\[\]]{0,500}\]?")
_HREF = re.compile(r"^\[|href")
_LOOSE_END = ".,،؛;:!?؟…)}»”’*"


def check(context: Context) -> Iterator[Finding]:
    folded = fold(context.body)
    markup = [match.span() for match in _MARKUP.finditer(folded.text) if _HREF.search(match[0])]
    links = list(_links(folded.text))
    found = [(start, end, "markup") for start, end in markup]
    if len(links) > context.limits.most_links:
        found += [(start, end, "") for start, end in _outside(links, markup)]
    done = 0
    for start, end, note in sorted(found):
        first, last = folded.span(start, end)
        # One character can read as the end of a link and the beginning of the next.
        if last > done:
            yield Finding(NAME, Verdict.HOLD, "body", max(first, done), last, note=note)
            done = last


def _links(text: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(_LOOSE_END))


def _outside(
    spans: list[tuple[int, int]], others: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The spans that begin in none of the others; both in their order."""
    rest = iter(others)
    other = next(rest, None)
    for span in spans:
        while other and other[1] <= span[0]:
            other = next(rest, None)
        if other is None or span[0] < other[0]:
            yield span
