"""How long a text is, in words and in minutes of reading. A leaf.

The desk counts while somebody types, by the same rules, in `static/articles/counting.js`.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

# Silent reading of Arabic: 181 words a minute over the studies gathered in M. Brysbaert, "How many
# words do we read per minute?", Journal of Memory and Language 109 (2019). Latin words among
# Arabic ones are counted alike.
WORDS_PER_MINUTE = 180

# White space as Python and JavaScript know it, and the dashes and strokes that part words.
_BETWEEN_WORDS = re.compile(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff–—/…]+"
)
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "code",
    "em",
    "i",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
_UNSEEN = {"script", "style", "template"}


@dataclass(frozen=True)
class Length:
    """Words of the text itself, words in its figures, and the minutes that the text takes."""

    words: int
    in_figures: int

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up; 0 for an empty text."""
        return -(-self.words // WORDS_PER_MINUTE)


def length_of(source: str) -> Length:
    """The length of rich text; figures, with their captions, are counted apart."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return Length(words=count_words(reader.text), in_figures=count_words(reader.figures))


def count_words(text: str) -> int:
    """The words of plain text: what stands between blanks and has a letter or a digit in it."""
    return sum(any(map(str.isalnum, part)) for part in _BETWEEN_WORDS.split(text))


class _Reader(HTMLParser):
    """Gathers what is read, a blank wherever one block ends and another begins."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: dict[bool, list[str]] = {False: [], True: []}
        self._figures = self._unseen = 0

    @property
    def text(self) -> str:
        return "".join(self._parts[False])

    @property
    def figures(self) -> str:
        return "".join(self._parts[True])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._enter(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        self._enter(tag, -1)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts[self._figures > 0].append(data)

    def _enter(self, tag: str, step: int) -> None:
        if tag not in _INLINE:
            self._parts[self._figures > 0].append(" ")
        if tag == "figure":
            self._figures = max(self._figures + step, 0)
        elif tag in _UNSEEN:
            self._unseen = max(self._unseen + step, 0)
