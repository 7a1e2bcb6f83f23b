"""The difference between two rich texts, word by word, as data to be rendered.

A leaf: it imports nothing of the project and knows no model. It reads whatever elements a text
has: what it does not know is a block of text like any other.
"""

from articles.differences.blocks import Block, Token, blocks_of, tokens_of
from articles.differences.texts import (
    BlockDifference,
    compare_plain,
    compare_rich,
    words_changed,
)
from articles.differences.words import Run, RunKind

__all__ = [
    "Block",
    "BlockDifference",
    "Run",
    "RunKind",
    "Token",
    "blocks_of",
    "compare_plain",
    "compare_rich",
    "tokens_of",
    "words_changed",
]
