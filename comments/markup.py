"""What readers typed, as HTML that holds nothing but text, line breaks and safe links.

A leaf: it knows no model.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi

from articles.arabic import INVISIBLE_CHARACTERS

# Links of readers are theirs: no search engine counts them, no page behind them reaches ours.
READERS_LINK = "ugc nofollow noopener"

_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")
# No blank, invisible or direction character, so that an address is what it looks like.
_LINK = re.compile(
    rf"(?<![A-Za-z0-9])https?://[^{INVISIBLE_CHARACTERS}<>\"`\\«»“”]+", re.IGNORECASE
)
_END_OF_A_SENTENCE = ".,;:!?'*_~…،؛؟۔"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9]")
_OTHER_LETTER = re.compile(r"[^\W\d_\u0600-\u08ff]")
# Embeddings, overrides and isolates: they act on what stands around an unclosed one.
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def paragraphs(text: str, *, links: bool = True) -> SafeString:
    """Plain text as paragraphs, each in its own direction, with its line breaks and its links.

    One in another script than the page's says so, for those who have the page read to them.
    """
    parts = _BETWEEN_PARAGRAPHS.split(text.replace("\r\n", "\n").strip("\n"))
    return mark_safe(  # noqa: S308 - every piece is escaped
        "\n".join(f'<p dir="auto"{_language(part)}>{_lines(part, links)}</p>' for part in parts)
    )


def on_one_line(text: str) -> str:
    """Text for where nothing isolates it: one line, without a control that turns what follows."""
    return " ".join(_DIRECTION_CONTROLS.sub("", text).split())


def _language(text: str) -> str:
    """The attribute for a text that is not in the page's script; of Latin letters nobody knows
    which language they are of, and an empty value says that."""
    words = _LINK.sub("", text)
    arabic, others = len(_ARABIC_LETTER.findall(words)), len(_OTHER_LETTER.findall(words))
    if get_language_bidi():
        return ' lang=""' if others > arabic else ""
    return ' lang="ar"' if arabic > others else ""


def _lines(text: str, links: bool) -> str:
    html = "".join(_with_links(text)) if links else escape(text)
    return html.replace("\n", "<br>\n")


def _with_links(text: str) -> Iterator[str]:
    done = 0
    for match in _LINK.finditer(text):
        address = _without_tail(match.group())
        if not _is_plain_address(address):
            continue
        yield escape(text[done : match.start()])
        yield format_html('<a href="{0}" rel="{1}" dir="ltr">{0}</a>', address, READERS_LINK)
        done = match.start() + len(address)
    yield escape(text[done:])


def _without_tail(address: str) -> str:
    """The address without what ends the sentence or the bracket in which it stands."""
    unopened = {end: address.count(end) - address.count(start) for end, start in _BRACKETS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _END_OF_A_SENTENCE:
            break
        end -= 1
    return address[:end]


def _is_plain_address(address: str) -> bool:
    """Whether it names a host, and nothing before it that looks like one (https://bank@other/)."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
