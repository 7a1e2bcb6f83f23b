"""Arabic in Latin letters and digits, as chats write it, and disguised Latin words.

The digits are the usual ones of the Arabic chat alphabet: 2 ء, 3 ع, 3' غ, 5 خ, 6 ط, 7 ح, 8 غ or
ق, 9 ص or ق. Long vowels must be written, short ones may be; doubled consonants are one. English
and French are full of words that would do by looser rules (sure, grade, mignon), so the less
usual spellings count only in a token that has such a digit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.arabic.tokens import unstretched

_USUAL = {
    "ا": "a aa 2 2a",
    "ء": "2",
    "ب": "b",
    "ت": "t",
    "ث": "th",
    "ج": "j dj",
    "ح": "7 h",
    "خ": "kh 5 7'",
    "چ": "ch",
    "د": "d",
    "ذ": "dh th z",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "sh ch",
    "ص": "s 9",
    "ض": "d dh 9'",
    "ط": "t 6",
    "ظ": "z dh 6'",
    "ع": "3",
    "غ": "gh 8 3'",
    "ف": "f",
    "ق": "q 2 8 9",
    "ك": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "و": "w o u oo ou uu",
    "ي": "y i ee ii ei iy",
}
_UNUSUAL = {"ث": "t s", "ج": "g", "ذ": "d", "ق": "k g", "ي": "ie e"}
_PREFIXES = ("", "al", "el", "il", "wal", "wel", "bal", "bel", "ya")
_USUAL_SUFFIXES = "a ah eh at ak ek ik ha hom hum na kom kum een oon"
_UNUSUAL_SUFFIXES = "e i y o u l in un ya ye"
_FINAL_HEH = frozenset(["a", "ah", "eh"])
# A name, and no `ya` before another word.
_WHOLE = frozenset(["yasmin", "yasmine", "yasmeen"])
_VOWELS = "aeiou"
_APOSTROPHES = str.maketrans("’‘`", "'''")
_CHAT_DIGITS = frozenset("2356789")
_SHORTEST, _LONGEST_TOKEN, _LONGEST_UNIT = 3, 40, 2
_WEAK = frozenset("اوي")
_THROAT = frozenset("حخعغق")


def _letters_of(*tables: dict[str, str]) -> dict[str, str]:
    """For each Latin unit all the Arabic letters that it may be."""
    letters: dict[str, str] = {}
    for table in tables:
        for letter, units in table.items():
            for unit in units.split():
                letters[unit] = letters.get(unit, "") + letter
    return letters


@dataclass(frozen=True, slots=True)
class _Manner:
    """How freely Latin letters may be read: units, short vowels in a row, endings."""

    letters: dict[str, str]
    vowels: int
    first_alef: str
    suffixes: frozenset[str]


_STRICT = _Manner(_letters_of(_USUAL), 1, "ei", frozenset(_USUAL_SUFFIXES.split()))
_FREE = _Manner(
    _letters_of(_USUAL, _UNUSUAL),
    2,
    "eiou",
    frozenset(f"{_USUAL_SUFFIXES} {_UNUSUAL_SUFFIXES}".split()),
)

# Cyrillic and Greek letters in a word that has Latin ones too are there for their looks.
_LOOKS = str.maketrans("асеорхуіѕјһкмтвнαορνικτυχεη", "aceopxyisjhkmtbhaopviktuxen")
# Digits for letters; the one stands for two letters.
_LEET = ("oieast", "oleast")
_LEET_DIGITS = "013457"


@dataclass(slots=True, eq=False)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    word: str | None = None


class ChatAlphabet:
    """Listed Arabic words, to be recognised in Latin letters.

    All spellings are tried at once along a tree of the words, so a token costs its length times
    the number of words that are alike so far.
    """

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, word: str) -> None:
        node = self._root
        for letter in word:
            node = node.children.setdefault(letter, _Node())
        node.word = word

    def words(self, token: str) -> set[str]:
        """The listed words that a folded token in Latin letters may spell."""
        if not self._root.children or len(token) > _LONGEST_TOKEN or token in _WHOLE:
            return set()
        manner = _STRICT if _CHAT_DIGITS.isdisjoint(token) else _FREE
        return {
            word
            for spelling in unstretched(token.translate(_APOSTROPHES))
            for word in _Spelling(spelling, manner).words(self._root)
        }


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One token on its way along the tree."""

    token: str
    manner: _Manner

    def words(self, root: _Node) -> Iterator[str]:
        # At each place: how far along the tree, and how many short vowels may follow.
        states: list[set[tuple[_Node, int]]] = [set() for _place in range(len(self.token) + 1)]
        for prefix in _PREFIXES:
            if self.token.startswith(prefix):
                states[len(prefix)].add((root, 0))
        for place, reached in enumerate(states):
            for node, vowels in reached:
                yield from self._complete(node, self.token[place:])
                for step, state in self._steps(node, vowels, place, first=node is root):
                    states[place + step].add(state)

    def _steps(
        self, node: _Node, vowels: int, place: int, *, first: bool
    ) -> Iterator[tuple[int, tuple[_Node, int]]]:
        for size in range(1, min(_LONGEST_UNIT, len(self.token) - place) + 1):
            for letter in self.manner.letters.get(self.token[place : place + size], ""):
                if child := node.children.get(letter):
                    yield size, (child, self.manner.vowels)
        if place == len(self.token):
            return
        typed = self.token[place]
        if first:
            if typed in self.manner.first_alef and (child := node.children.get("ا")):
                yield 1, (child, 0)
        elif typed in _VOWELS:
            if vowels:
                yield 1, (node, vowels - 1)
        elif typed == self.token[place - 1]:
            yield 1, (node, vowels)

    def _complete(self, node: _Node, rest: str) -> Iterator[str]:
        """The word that ends here, if what is left of the token may follow it."""
        final = node.children.get("ه")
        if final and final.word and rest in _FINAL_HEH:
            yield final.word
        if node.word and (
            not rest or (len(node.word) >= _SHORTEST and rest in self.manner.suffixes)
        ):
            yield node.word


def is_spelled_distinctly(word: str) -> bool:
    """Whether a word alone can be told in Latin letters.

    Two or three letters, long vowels among them, could be anything (سام is Sam, ثور tour, ردي
    ready), unless a letter is there that other languages spell otherwise or not at all.
    """
    if len(word) == _SHORTEST and not _THROAT.isdisjoint(word):
        return word[1] not in _WEAK
    return len(word) > _SHORTEST or (len(word) == _SHORTEST and _WEAK.isdisjoint(word))


def undisguised(token: str) -> Iterator[str]:
    """A Latin token as typed, then with look-alikes and digits read as letters."""
    yield token
    if not any("a" <= character <= "z" for character in token):
        return
    if not token.isascii():
        token = token.translate(_LOOKS)
        yield token
    if any(digit in token for digit in _LEET_DIGITS):
        for letters in _LEET:
            yield token.translate(str.maketrans(_LEET_DIGITS, letters))
