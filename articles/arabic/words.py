"""Listed words, found whole in a text in whatever spelling they were typed.

Affixes come off the text's words, never off the listed one, but for its article. What is
found and what is not is specified by the corpus in the tests.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from articles.arabic.affixes import bears_no_article, stems
from articles.arabic.folding import Folded, fold
from articles.arabic.latin import ChatAlphabet, is_spelled_distinctly, undisguised
from articles.arabic.tokens import Word, goes_on, is_arabic, readings, unstretched

# Pictures and signs that can be listed by themselves, tones of skin apart.
_SYMBOL = re.compile("[\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]")
_ARTICLE = "ال"
_ARTICLES_APART = frozenset([_ARTICLE, "al", "el", "il"])
_SHORTEST_STEM = 3
# Sets a word that Latin letters may spell apart from the same word in Arabic letters.
_IN_LATIN = "~"
# شرطها is no شرطة with a nunation, which a teh marbuta bears without an alef.
_NUNATION = "ا"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase to be found; `latin`: also where Latin letters spell the Arabic ones."""

    key: Hashable
    text: str
    latin: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry's key, and where in the text as typed its word or phrase begins and ends."""

    key: Hashable
    start: int
    end: int


def folded_word(text: str) -> str:
    """The one form in which all spellings of a listed word or phrase are equal.

    Made from the word as listed, not from a form that was folded already. Empty where nothing
    could be found by it: no letter, single letters only, several symbols.
    """
    return " ".join(word.form for word in _listed(text))


class _Listed(NamedTuple):
    """A word of the list: its form, and whether it was listed with a teh marbuta."""

    form: str
    feminine: bool = False


def _listed(text: str) -> list[_Listed]:
    folded = fold(text)
    rows = readings(folded.text)
    words, place = [], 0
    while place < len(rows):
        word = max(rows[place], key=lambda word: word.following)
        words.append(_listed_word(word, folded))
        place = word.following
    if any(len(word.form) > 1 for word in words):
        return words
    symbols = set(_SYMBOL.findall(folded.text))
    return [_Listed(symbols.pop())] if len(symbols) == 1 and not words else []


def _listed_word(word: Word, folded: Folded) -> _Listed:
    shortest, *longer = unstretched(word.text)
    form = longer[0] if longer and len(shortest) == 1 else shortest
    rest = form.removeprefix(_ARTICLE)
    if len(rest) >= _SHORTEST_STEM and _may_bear_article(word, folded):
        form = rest
    last = folded.typed[folded.origins[word.end - 1]]
    return _Listed(form, unicodedata.normalize("NFKC", last) == "ة")


def _may_bear_article(word: Word, folded: Folded) -> bool:
    return _ARTICLE not in word.text or not bears_no_article(_typed(word, folded))


def _typed(word: Word, folded: Folded) -> str:
    return folded.typed[folded.origins[word.start] : folded.origins[word.end - 1] + 1]


@dataclass(slots=True)
class _Node:
    """A place in the tree of listed phrases, a word a step."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    keys: list[Hashable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text being searched: its tokens, and what of the list may begin at each."""

    folded: Folded
    tokens: list[Word]
    meanings: list[list[tuple[Word, list[str]]]]

    def continues_at(self, place: int, end: int) -> bool:
        """Whether a phrase that has come to `end` may go on with this token."""
        if place >= len(self.tokens):
            return False
        return goes_on(self.folded.text[end : self.tokens[place].start])


class Lexicon:
    """Listed words and phrases, built once, then searched for in any number of texts.

    Building takes time by the length of the list; searching by the length of the text, hardly
    by that of the list. Entries without a word in them are never hit.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        self._vocabulary: set[str] = set()
        self._feminine: set[str] = set()
        self._chat_alphabet = ChatAlphabet()
        for entry in entries:
            words = _listed(entry.text)
            if words:
                self._add([word.form for word in words], entry.key)
                self._feminine.update(word.form for word in words if word.feminine)
            if words and entry.latin:
                self._add_latin([word.form for word in words], entry.key)

    def hits(self, text: str) -> list[Hit]:
        """What is found, by place; where spans of one entry overlap, the first and longest."""
        searched = self._read(text)
        found = {
            (*searched.folded.span(start, end), key): None
            for start, end, keys in (*self._phrases(searched), *self._symbols(searched.folded))
            for key in keys
        }
        hits: list[Hit] = []
        ends: dict[Hashable, int] = {}
        for start, end, key in sorted(found, key=lambda each: (each[0], -each[1])):
            if start >= ends.get(key, 0):
                ends[key] = end
                hits.append(Hit(key, start, end))
        return hits

    def _add(self, words: list[str], key: Hashable) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.keys.append(key)
        self._vocabulary.update(words)

    def _add_latin(self, words: list[str], key: Hashable) -> None:
        if len(words) == 1 and not is_spelled_distinctly(words[0]):
            return
        arabic = [word for word in words if is_arabic(word)]
        for word in arabic:
            self._chat_alphabet.add(word)
        if arabic:
            self._add([_IN_LATIN + word if is_arabic(word) else word for word in words], key)

    def _read(self, text: str) -> _Text:
        folded = fold(text)
        rows = readings(folded.text)
        meanings = cache(self._meanings)
        found = [
            [
                (word, meant)
                for word in row
                if (meant := meanings(word.text, _may_bear_article(word, folded)))
            ]
            for row in rows
        ]
        return _Text(folded, [row[0] for row in rows], found)

    def _meanings(self, word: str, article: bool) -> list[str]:
        """The listed words that this one may be; `article`: whether it may begin with one."""
        if not is_arabic(word):
            typed = {form for each in undisguised(word) for form in unstretched(each)}
            spelled = {_IN_LATIN + each for each in self._chat_alphabet.words(word)}
            return sorted((typed & self._vocabulary) | spelled)
        found = {
            stem
            for form in unstretched(word)
            for stem, suffix in stems(form, article=article)
            if stem in self._vocabulary and not (suffix == _NUNATION and stem in self._feminine)
        }
        return sorted(found)

    def _phrases(self, searched: _Text) -> Iterator[tuple[int, int, list[Hashable]]]:
        for first, token in enumerate(searched.tokens):
            pending = [(self._root, first)]
            while pending:
                node, place = pending.pop()
                for word, meanings in searched.meanings[place]:
                    for child in filter(None, map(node.children.get, meanings)):
                        if child.keys:
                            yield token.start, word.end, child.keys
                        if child.children and searched.continues_at(word.following, word.end):
                            pending.append((child, word.following))
                here = searched.tokens[place]
                article = place > first and here.text in _ARTICLES_APART
                if article and searched.continues_at(place + 1, here.end):
                    pending.append((node, place + 1))

    def _symbols(self, folded: Folded) -> Iterator[tuple[int, int, list[Hashable]]]:
        for match in _SYMBOL.finditer(folded.text):
            if node := self._root.children.get(match[0]):
                yield match.start(), match.end(), node.keys
