"""What was typed into a search field, as a query on the index.

All words are to be found, the last one also by its beginning; a phrase stands in quotes, straight
or Arabic; `-word` is left out; `or` stands between two ways to be found. A quote left open is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from operator import or_

from django.contrib.postgres.search import SearchQuery

from articles.arabic import normalise
from articles.search.index import CONFIGURATION, UNSTEMMED, as_searched

QUERY_MAX_LENGTH = 300
_SHORTEST_BEGINNING = 2
_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(
    r"""
    (?P<minus>(?<!\S)[-−])?
    (?:
        "(?P<straight>[^"]*)" | «(?P<arabic>[^«»]*)» | [“”](?P<curly>[^“”]*)[“”]
        | ["«»“”]*(?P<word>[^\s"«»“”]+)
    )
    """,
    re.VERBOSE,
)
_OR = "or"
# What Arabic writes together with a word. PostgreSQL's stemmer leaves them before an alef.
_AND, _PARTICLES = "و", "وفبلك"
_SHORTEST_WITH_PARTICLE = 4
# Off a word that may not be typed to its end; of whole words `as_searched` takes it off.
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(?=.{2})")


@dataclass(frozen=True, slots=True)
class _Part:
    """A word, or the words of a phrase, in the spelling of the index."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_left_out: bool = False
    is_or: bool = False

    def __str__(self) -> str:
        said = " ".join(self.words)
        return ("-" if self.is_left_out else "") + (f'"{said}"' if self.is_phrase else said)


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or a phrase by its stems, and maybe by its beginning, in PostgreSQL's operators."""

    stemmed: str
    begun: str = ""
    is_left_out: bool = False

    @property
    def queries(self) -> list[tuple[str, str]]:
        """One of these is to match: a configuration, and the operators."""
        stemmed = [(CONFIGURATION, self.stemmed)]
        return [*stemmed, (UNSTEMMED, self.begun)] if self.begun else stemmed


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a search: ways to be found, each of which has parts that are all to be found."""

    typed: str
    ways: tuple[tuple[_Part, ...], ...]
    is_cut: bool = False

    @classmethod
    def read(cls, text: str) -> "Asked":
        """What of a text can be searched for; at most its first `QUERY_MAX_LENGTH` characters."""
        typed = text[:QUERY_MAX_LENGTH]
        parts = list(_parts(typed))
        ways = (tuple(way) for is_or, way in groupby(parts, lambda part: part.is_or) if not is_or)
        return cls(typed, tuple(ways), is_cut=len(text) > len(typed))

    def __str__(self) -> str:
        """What is searched for, in the spelling of the index."""
        return f" {_OR} ".join(" ".join(map(str, way)) for way in self.ways)

    @property
    def is_respelled(self) -> bool:
        """Whether the words are searched for in another spelling than they were typed in."""
        return _WORD.findall(self.typed.casefold()) != _WORD.findall(str(self).casefold())

    @property
    def words(self) -> list[str]:
        """The words to be found, each once, in the spelling of the index."""
        wanted = (part for way in self.ways for part in way if not part.is_left_out)
        return list(dict.fromkeys(word for part in wanted for word in part.words))

    @property
    def beginnings(self) -> list[str]:
        """The last word where it is found by its beginning too, and what may be its beginning."""
        last = self.ways[-1][-1] if self.ways else None
        if last is None or last.is_phrase or last.is_left_out:
            return []
        word = last.words[-1]
        if len(word) < _SHORTEST_BEGINNING or word.isdecimal():
            return []
        if article := _ARTICLE.match(word):
            return [word, word[article.end() :]]
        return [word] if len(word) < _SHORTEST_WITH_PARTICLE else [word, _AND + word]

    @property
    def only_leaves_out(self) -> bool:
        """Whether there are words, but none to be found."""
        return bool(self.ways) and not self.words

    @property
    def is_too_short(self) -> bool:
        """Whether every word to be found is a single letter."""
        return bool(self.words) and all(len(word) == 1 and word.isalpha() for word in self.words)

    @property
    def can_be_found(self) -> bool:
        """Whether there is a word to look for that is longer than a letter."""
        return bool(self.words) and not self.is_too_short

    @property
    def terms(self) -> list[list[_Term]]:
        """Of each way that has a word to be found, what stands for each of its words and phrases.

        The last word is also found by its beginning.
        """
        ways = [way for way in self.ways if not all(part.is_left_out for part in way)]
        terms = [[term for part in way for term in _terms(part)] for way in ways]
        if self.beginnings and terms:
            begun = " | ".join(f"{_quoted(beginning)}:*" for beginning in self.beginnings)
            terms[-1][-1] = replace(terms[-1][-1], begun=begun)
        return terms

    def query(self) -> SearchQuery:
        """What the index is asked; it matches nothing where there is no word to be found."""
        ways = [_all_of(way) for way in self.terms]
        return reduce(or_, ways) if ways else _of_operators("")


def query(text: str) -> SearchQuery:
    """What somebody typed into a search field as a query; the one way to search by words."""
    return Asked.read(text).query()


def any_of(words: Sequence[str]) -> SearchQuery:
    """At least one of these words, each as `words_of` gives it."""
    return _of_operators(" | ".join(words))


def any_two_of(words: Sequence[str]) -> SearchQuery:
    """At least two of these words; of a single one, that one."""
    if len(words) < 2:
        return any_of(words)
    pairs = (f"({word} & ({' | '.join(words[n:])}))" for n, word in enumerate(words[:-1], start=1))
    return _of_operators(" | ".join(pairs))


def words_of(text: str) -> list[str]:
    """The words of a text in the spelling of the index: letters and digits alone."""
    return _WORD.findall(as_searched(text))


def _parts(typed: str) -> Iterator[_Part]:
    for match in _PART.finditer(normalise(typed)):
        word = match["word"]
        if word is not None and word.casefold() == _OR and not match["minus"]:
            yield _Part((), is_or=True)
            continue
        text = "".join(filter(None, match.group("straight", "arabic", "curly", "word")))
        words = tuple(each for each in as_searched(text).split() if _WORD.search(each))
        if words:
            yield _Part(words, is_phrase=word is None, is_left_out=bool(match["minus"]))


def _all_of(terms: list[_Term]) -> SearchQuery:
    operands = [f"{'!' if term.is_left_out else ''}{term.stemmed}" for term in terms]
    begun = terms[-1].begun
    if not begun:
        return _of_operators(" & ".join(operands))
    last = _of_operators(operands.pop()) | _of_operators(begun, UNSTEMMED)
    return _of_operators(" & ".join(operands)) & last if operands else last


def _terms(part: _Part) -> Iterator[_Term]:
    together = [" ".join(part.words)] if part.is_phrase else part.words
    for words in together:
        yield _Term(_either(words), is_left_out=part.is_left_out)


def _either(words: str) -> str:
    """The words; around a hyphen also as two words, and a number also behind a hyphen.

    PostgreSQL's parser reads the end of كوفيد-19 as a number below zero.
    """
    ways = [words]
    if "-" in words:
        ways.append(words.replace("-", " "))
    elif words.isdecimal():
        ways.append(f"-{words}")
    elif " " not in words:
        ways = with_particles(words)
    return f"({' | '.join(map(_quoted, ways))})"


def with_particles(word: str) -> list[str]:
    """The word, and with the particles that would hide it from the stemmer: أسعار in بأسعار."""
    if not word.startswith("ا") or len(word) < _SHORTEST_WITH_PARTICLE:
        return [word]
    return [word, *(particle + word for particle in _PARTICLES)]


def _quoted(words: str) -> str:
    """As an operand, of whose signs none is an operator."""
    return "'" + words.replace("\\", " ").replace("'", " ") + "'"


def _of_operators(words: str, configuration: str = CONFIGURATION) -> SearchQuery:
    return SearchQuery(words, config=configuration, search_type="raw")
