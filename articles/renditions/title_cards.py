"""The title of a story drawn as a picture, for stories that have none and are shared.

Arabic is shaped by Raqm, which Pillow's wheels bring along; it in turn needs the FriBiDi of the
system. Without it nothing is drawn: unshaped letters would be worse than no picture.
"""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from PIL import Image, ImageDraw, ImageFont, features

FONT = Path(__file__).parent / "font" / "NotoKufiArabic-Bold.ttf"
_PAPER, _INK, _MUTED, _RULE, _ACCENT = "#fcfbf8", "#191a1d", "#595b60", "#dcd7cb", "#9a1b28"
# Pixels.
_MARGIN = 80
_BAR = 16
_SECTION_SIZE, _SECTION_TOP = 34, 72
_TITLE_TOP, _TITLE_BOTTOM = 138, 488
_TITLE_SIZES = range(76, 39, -4)
_LINE_HEIGHT = 1.5  # of the size of the letters
_RULE_TOP, _NAME_SIZE, _NAME_MIDDLE = 516, 40, 568
_ELLIPSIS = "…"


@dataclass(frozen=True)
class TitleCard:
    """All that is drawn. What is drawn alike is one file, whose name never means another."""

    WIDTH: ClassVar[int] = 1200
    HEIGHT: ClassVar[int] = 630
    MEDIA_TYPE: ClassVar[str] = "image/png"
    FOLDER: ClassVar[str] = "title-cards"
    _DESIGN: ClassVar[int] = 1

    title: str
    section: str
    paper: str
    is_rtl: bool

    @property
    def digest(self) -> str:
        """Of all that is drawn, and of how it is drawn: SHA-256 in hex."""
        drawn = json.dumps([self._DESIGN, *astuple(self)])
        return hashlib.sha256(drawn.encode()).hexdigest()

    @property
    def name(self) -> str:
        """The name of its file in the storage."""
        return f"{self.FOLDER}/{self.digest[:2]}/{self.digest}.png"


def can_draw() -> bool:
    """Whether this machine can join Arabic letters and put them in their order."""
    return bool(features.check("raqm"))


def draw(card: TitleCard) -> bytes:
    """The card as a PNG file of 1200 × 630 pixels."""
    picture = Image.new("RGB", (card.WIDTH, card.HEIGHT), _PAPER)
    pen = _Pen(ImageDraw.Draw(picture), card)
    pen.frame()
    pen.line(card.section, _SECTION_SIZE, _SECTION_TOP, _ACCENT)
    pen.title()
    pen.line(card.paper, _NAME_SIZE, _NAME_MIDDLE, _MUTED)
    buffer = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


class _Pen:
    """Draws lines of text from the side at which the story's language begins."""

    def __init__(self, drawing: ImageDraw.ImageDraw, card: TitleCard) -> None:
        self._drawing = drawing
        self._card = card
        self._direction = "rtl" if card.is_rtl else "ltr"
        self._start = card.WIDTH - _MARGIN if card.is_rtl else _MARGIN
        self._anchor = "rm" if card.is_rtl else "lm"
        self._room = card.WIDTH - 2 * _MARGIN

    def frame(self) -> None:
        self._drawing.rectangle((0, 0, self._card.WIDTH, _BAR), fill=_ACCENT)
        rule = (_MARGIN, _RULE_TOP, self._card.WIDTH - _MARGIN, _RULE_TOP + 2)
        self._drawing.rectangle(rule, fill=_RULE)

    def line(self, text: str, size: int, middle: float, colour: str) -> None:
        """One line, cut where there is no more room."""
        font = _font(size)
        for shown in self._broken(" ".join(text.split()), font, most=1):
            self._drawing.text(
                (self._start, middle),
                shown,
                fill=colour,
                font=font,
                anchor=self._anchor,
                direction=self._direction,
            )

    def title(self) -> None:
        """In the largest letters that leave room for all of it, in the middle of its place."""
        text = " ".join(self._card.title.split())
        height = _TITLE_BOTTOM - _TITLE_TOP
        for size in _TITLE_SIZES:
            step = size * _LINE_HEIGHT
            lines = list(self._broken(text, _font(size), most=int(height // step)))
            if not lines[-1].endswith(_ELLIPSIS):
                break
        top = _TITLE_TOP + (height - len(lines) * step) / 2
        for number, line in enumerate(lines):
            self.line(line, size, top + (number + 0.5) * step, _INK)

    def _broken(self, text: str, font: ImageFont.FreeTypeFont, *, most: int) -> Iterator[str]:
        """At most so many lines that fit; the last one says by its end that there was more."""
        for number in range(1, most + 1):
            head = self._head(text, font)
            rest = text[len(head) :].strip()
            if number == most and rest:
                yield self._with_ellipsis(head, font)
                return
            yield head.strip()
            if not rest:
                return
            text = rest

    def _head(self, text: str, font: ImageFont.FreeTypeFont) -> str:
        """As many whole words as fit into a line; a longer word is cut."""
        head = ""
        for word in text.split(" "):
            longer = f"{head} {word}" if head else word
            if not self._fits(longer, font):
                break
            head = longer
        if head or not text:
            return head
        end = 1
        while end < len(text) and self._fits(text[: end + 1], font):
            end += 1
        return text[:end]

    def _with_ellipsis(self, head: str, font: ImageFont.FreeTypeFont) -> str:
        while head and not self._fits(f"{head} {_ELLIPSIS}", font):
            head = head.rpartition(" ")[0] or head[:-1]
        return f"{head} {_ELLIPSIS}"

    def _fits(self, text: str, font: ImageFont.FreeTypeFont) -> bool:
        return font.getlength(text, direction=self._direction) <= self._room


@lru_cache(maxsize=len(_TITLE_SIZES) + 2)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.RAQM)
