"""Listed words, in whatever spelling they are typed (`articles.arabic`)."""

from collections.abc import Iterator

from comments.rules.context import Context
from comments.rules.verdict import Finding, Verdict

NAME = "words"


def check(context: Context) -> Iterator[Finding]:
    for field in ("name", "body", "website"):
        for hit in context.words.hits(getattr(context, field)):
            assert isinstance(hit.key, tuple)
            action, listed = hit.key
            yield Finding(NAME, Verdict(action), field, hit.start, hit.end, note=listed)
