"""Text of the Arabic script: blanks, slugs and excerpts; folding; whole words of a list.

A leaf: it imports nothing of the project and knows no model.
"""

from articles.arabic.affixes import LIGHT_STEMS, lighten
from articles.arabic.folding import (
    REMOVED_PATTERN,
    TYPED_CHARACTERS,
    WRITTEN_CHARACTERS,
    Folded,
    fold,
    normalise,
)
from articles.arabic.text import (
    INVISIBLE_CHARACTERS,
    NOT_BLANK_PATTERN,
    SLUG_CHARACTERS,
    SLUG_MAX_LENGTH,
    excerpt,
    is_blank,
    slugify,
)
from articles.arabic.words import Entry, Hit, Lexicon, folded_word

__all__ = [
    "INVISIBLE_CHARACTERS",
    "LIGHT_STEMS",
    "NOT_BLANK_PATTERN",
    "REMOVED_PATTERN",
    "SLUG_CHARACTERS",
    "SLUG_MAX_LENGTH",
    "TYPED_CHARACTERS",
    "WRITTEN_CHARACTERS",
    "Entry",
    "Folded",
    "Hit",
    "Lexicon",
    "excerpt",
    "fold",
    "folded_word",
    "is_blank",
    "lighten",
    "normalise",
    "slugify",
]
