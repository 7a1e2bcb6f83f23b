"""The one sanitiser of rich text. Whatever is stored as a body has been through `clean`.

A leaf: it imports nothing of the project but numbers, and knows no model.

nh3 reads the text first and writes it last, so that what is stored is what nh3 lets through;
between the two its tree is put in order: what word processors say with styles, which element may
lie in which, pictures and cards in their one form.
"""

import html
import re
from functools import lru_cache

import nh3

from articles.html.nesting import flattened
from articles.html.structure import placed
from articles.html.tree import change, read, write
from articles.html.vocabulary import ATTRIBUTES, CLASSES, TAGS, URL_SCHEMES, value
from articles.html.wordprocessors import plain

__all__ = ["TAGS", "blocks", "clean", "opening", "picture_keys", "to_text"]

# What is read beside the vocabulary itself, to be turned into it.
_ALSO_READ = {"div", "span", "b", "i", "del", "strike", "h1", "h4", "h5", "h6", "tfoot"}
_DROPPED_WHOLE = {
    *("script", "style", "template", "noscript", "iframe", "object", "svg", "title"),
    *("select", "textarea", "audio", "video"),
}
_READER = nh3.Cleaner(
    tags=TAGS | _ALSO_READ,
    clean_content_tags=_DROPPED_WHOLE,
    attributes={**ATTRIBUTES, "*": {"class", "dir", "id", "style"}},
    url_schemes=URL_SCHEMES,
    link_rel=None,
    strip_comments=True,
)
_WRITER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes=ATTRIBUTES,
    attribute_filter=value,
    allowed_classes=CLASSES,
    url_schemes=URL_SCHEMES,
    link_rel="noopener",
    strip_comments=True,
)
_TEXT_ONLY = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})

# Where one block of text ends and the next one must not run into it.
_BLOCK_ENDS = re.compile(
    r"</(?:p|h2|h3|li|blockquote|td|th|caption|figcaption|figure)>|<br>|<hr>", re.IGNORECASE
)
_EMPTY_PARAGRAPH = re.compile(r'(?:<p(?: dir="\w+")?>(?:\s|&nbsp;|<br>)*</p>|<br>)\s*')
# What does not run on in the story; the text may have been cut off within it.
_BESIDE_THE_STORY = re.compile(
    r"<(?:figure|table|blockquote class)\b.*?(?:</(?:figure|table|blockquote)>|\Z)|<[^>]*\Z",
    re.DOTALL,
)
_MARKUP = re.compile("<[^>]*>")
_CUT_OFF_TAG = re.compile(r"<[^>]*\Z")
_PICTURE_KEY = re.compile(r'<figure data-picture="([0-9]{1,18})">')
_MOST_TURNS = 5
# nh3 takes time that grows with the square of the signs that it escapes in one piece of text.
_SLOW_SIGNS = re.compile("&(?!lt;|gt;|quot;)|\xa0")
_MOST_SIGNS = 100_000
_MOST_GROWTH = 10


@lru_cache(maxsize=16)
def clean(source: str) -> str:
    """Rich text reduced to the paper's own elements, without scripts, styles and handlers.

    Empty paragraphs at the beginning and the end are dropped, so that a body in which nothing
    was typed is the empty string. What it returns, it returns again for itself. A few answers
    are remembered, because on its way through a form a text passes here several times.
    """
    cleaned = source.replace("\x00", "")
    if sum(1 for _sign in _SLOW_SIGNS.finditer(cleaned)) > _MOST_SIGNS:
        return _only_text(cleaned)
    for _turn in range(_MOST_TURNS):
        before, cleaned = cleaned, _trimmed(_once(cleaned))
        if cleaned == before:
            return cleaned
    return _only_text(cleaned)


def _once(source: str) -> str:
    written = _READER.clean(flattened(source))
    if len(written) > _MOST_GROWTH * (len(source) + 1_000):
        return _only_text(source)
    root = read(written)
    plain(root)
    change(root, placed)
    return _WRITER.clean(write(root))


def _only_text(source: str) -> str:
    """For markup that comes to no rest, or that multiplies: what it says, in one paragraph."""
    text = html.unescape(_MARKUP.sub(" ", source))
    text = html.escape(" ".join(text.split()), quote=False)
    return f"<p>{text}</p>" if text else ""


def _trimmed(cleaned: str) -> str:
    """Without the empty paragraphs at both ends."""
    cleaned = cleaned.strip()
    first, last = 0, len(cleaned)
    empty = [match.span() for match in _EMPTY_PARAGRAPH.finditer(cleaned)]
    for start, end in empty:
        first = end if start == first else first
    for start, end in reversed(empty):
        last = start if end == last else last
    return cleaned[first:last].strip()


def to_text(source: str) -> str:
    """The plain text of clean HTML, a blank between blocks."""
    spaced = _BLOCK_ENDS.sub(lambda match: match.group() + " ", source)
    return html.unescape(_TEXT_ONLY.clean(spaced))


def blocks(source: str) -> list[str]:
    """The plain text of each block that has one, in order.

    `source` is clean HTML, or the beginning of it, cut off anywhere.
    """
    whole = _CUT_OFF_TAG.sub("", source)
    return [text for part in _BLOCK_ENDS.split(whole) if (text := to_text(part).strip())]


def opening(source: str) -> str:
    """The text as it begins to be read: no captions, cards, tables, nor quotes pulled out of it.

    `source` is clean HTML, or the beginning of it, cut off anywhere.
    """
    return to_text(_BESIDE_THE_STORY.sub(" ", source))


def picture_keys(source: str) -> set[int]:
    """The keys of the archived pictures that stand in clean HTML."""
    return {int(key) for key in _PICTURE_KEY.findall(source)}
