"""The one sanitiser of rich text. Whatever is stored as a body has been through `clean`.

A leaf: it imports nothing of the project and knows no model.
"""

import html
import re

import nh3

# What the editor of the admin offers; the sanitiser allows just what these produce.
EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HTML": True,
}

TAGS = {
    *("p", "br", "hr", "h2", "h3", "ul", "ol", "li", "blockquote"),
    *("strong", "em", "s", "a"),
}
# Where one block of text ends and the next one must not run into it.
_BLOCKS = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br>|<hr>", re.IGNORECASE)
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\s*")

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg"},
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
    strip_comments=True,
)
_TEXT_ONLY = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})


def clean(source: str) -> str:
    """Rich text reduced to the paper's own elements, without scripts, styles and handlers.

    Empty paragraphs at the beginning and the end are dropped, so that a body in which nothing
    was typed is the empty string.
    """
    cleaned = _CLEANER.clean(source.replace("\x00", "")).strip()
    first, last = 0, len(cleaned)
    empty = [match.span() for match in _EMPTY_PARAGRAPH.finditer(cleaned)]
    for start, end in empty:
        first = end if start == first else first
    for start, end in reversed(empty):
        last = start if end == last else last
    return cleaned[first:last].strip()


def to_text(source: str) -> str:
    """The plain text of clean HTML, a blank between blocks."""
    spaced = _BLOCKS.sub(lambda match: match.group() + " ", source)
    return html.unescape(_TEXT_ONLY.clean(spaced))
