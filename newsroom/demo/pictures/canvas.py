"""A sheet of paper and the four ways of putting ink on it: fill, wash, spray and glow."""

import io
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw

from newsroom.demo.pictures.geometry import Point
from newsroom.demo.pictures.palette import PAPER, Colour, blend

WIDTH = 1600
HEIGHT = 900

_OVERSAMPLING = 2
_GRAIN_SIZE = 2
_GRAIN_SHARE = 0.5
_RADIAL_EDGE_LEVEL = 180  # Pillow's radial gradient is white in its corners, not along its sides.
_PAPER_GRAIN_DEPTH = 10
_JPEG_QUALITY = 82

# Level ends on both sides of the climb keep a gradient's ends even, however far a shape goes on.
_RAMP = Image.frombytes(
    "L", (1, 4096), bytes(min(255, max(0, row - 2048)) for row in range(4096))
).resize((3, 4096), Image.Resampling.NEAREST)

Box = tuple[int, int, int, int]


class Canvas:
    """A picture in the making; every coordinate is in pixels of the finished 1600 x 900 picture.

    The same key always gives the same random numbers, and so the same picture.
    """

    def __init__(self, key: str) -> None:
        self.random = Random(key)  # noqa: S311 - no secret hangs on a drawing.
        size = (WIDTH * _OVERSAMPLING, HEIGHT * _OVERSAMPLING)
        self._image = Image.new("RGB", size, PAPER)
        self._pen = ImageDraw.Draw(self._image)
        self._noise = self._make_noise(size)

    def fill(self, outline: Sequence[Point], colour: Colour) -> None:
        """Cover the outline with flat, opaque ink."""
        self._pen.polygon(_enlarged(outline), fill=colour)

    def wash(self, outline: Sequence[Point], colour: Colour, opacity: float) -> None:
        """Cover the outline with transparent ink; `opacity` runs from 0 to 1."""
        box = self._box_around(outline)
        if box:
            self._image.paste(colour, box, _mask(outline, box, round(255 * opacity)))

    def spray(
        self, outline: Sequence[Point], colour: Colour, start: Point, end: Point, density: float = 1
    ) -> None:
        """Stipple the outline with ink that thickens from nothing at `start` to `density` at `end`.

        Past `end` the ink stays as thick as it was there.
        """
        box = self._box_around(outline)
        if not box:
            return
        gradient = _gradient(box, _enlarged([start, end]), density)
        self._stipple(box, ImageChops.multiply(gradient, _mask(outline, box, 255)), colour)

    def glow(self, x: float, y: float, radius: float, colour: Colour, density: float = 1) -> None:
        """Stipple a disc of light that fades from `density` at its centre to nothing."""
        disc = [(x - radius, y - radius), (x + radius, y + radius)]
        box = self._box_around(disc)
        if not box:
            return
        (left, top), (right, bottom) = _enlarged(disc)
        light = Image.radial_gradient("L").point(
            lambda level: 255 * max(0, 1 - level / _RADIAL_EDGE_LEVEL) ** 1.3 * density
        )
        whole = light.resize((round(right - left), round(bottom - top)))
        self._stipple(box, whole.crop(_shifted(box, round(left), round(top))), colour)

    def backdrop(self, stops: Sequence[tuple[float, Colour]]) -> None:
        """Fill the sheet with bands of colour that melt into each other.

        Each stop is a height in pixels and the colour there; above the first and below the last
        the colour stays even.
        """
        column = Image.new("RGB", (1, HEIGHT))
        for row in range(HEIGHT):
            column.putpixel((0, row), _colour_at(stops, row))
        self._image.paste(column.resize(self._image.size))

    def jpeg(self) -> bytes:
        """Return the finished picture as a JPEG without any metadata."""
        picture = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        grain = self._noise.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        grain = grain.point(lambda value: value * _PAPER_GRAIN_DEPTH / 255)
        tooth = Image.merge("RGB", (grain, grain, grain))
        picture = ImageChops.add(picture, tooth, 1, -_PAPER_GRAIN_DEPTH // 2)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
        return buffer.getvalue()

    def _make_noise(self, size: tuple[int, int]) -> Image.Image:
        width, height = size[0] // _GRAIN_SIZE + 1, size[1] // _GRAIN_SIZE + 1
        specks = Image.frombytes("L", (width, height), self.random.randbytes(width * height))
        enlarged = specks.resize(
            (width * _GRAIN_SIZE, height * _GRAIN_SIZE), Image.Resampling.NEAREST
        )
        return enlarged.crop((0, 0, *size))

    def _stipple(self, box: Box, thickness: Image.Image, colour: Colour) -> None:
        """Lay ink as thick as asked: half of it even, half wherever the paper's grain is low."""
        specks = ImageChops.subtract(thickness, self._noise.crop(box))
        specks = specks.point(lambda value: min(255, value * 5))
        self._image.paste(colour, box, Image.blend(thickness, specks, _GRAIN_SHARE))

    def _box_around(self, outline: Sequence[Point]) -> Box | None:
        points = _enlarged(outline)
        left = max(0, int(min(x for x, _ in points)))
        top = max(0, int(min(y for _, y in points)))
        right = min(self._image.width, int(max(x for x, _ in points)) + 1)
        bottom = min(self._image.height, int(max(y for _, y in points)) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None


def _enlarged(outline: Sequence[Point]) -> list[Point]:
    return [(x * _OVERSAMPLING, y * _OVERSAMPLING) for x, y in outline]


def _shifted(box: Box, left: int, top: int) -> Box:
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def _mask(outline: Sequence[Point], box: Box, value: int) -> Image.Image:
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    moved = [(x - box[0], y - box[1]) for x, y in _enlarged(outline)]
    ImageDraw.Draw(mask).polygon(moved, fill=value)
    return mask


def _gradient(box: Box, ends: Sequence[Point], density: float) -> Image.Image:
    """Return the part of a straight gradient that falls in `box`, at a quarter of its detail."""
    (start_x, start_y), (end_x, end_y) = ends
    dx, dy = end_x - start_x, end_y - start_y
    squared = dx * dx + dy * dy or 1
    offset = _RAMP.height // 2 + 255 * ((box[0] - start_x) * dx + (box[1] - start_y) * dy) / squared
    rows = (255 * 4 * dx / squared, 255 * 4 * dy / squared, offset)
    width, height = box[2] - box[0], box[3] - box[1]
    coarse = _RAMP.transform(
        (width // 4 + 2, height // 4 + 2),
        Image.Transform.AFFINE,
        (0, 0, 1, *rows),
        Image.Resampling.NEAREST,
    )
    coarse = coarse.point(lambda value: value * density)
    return coarse.resize((coarse.width * 4, coarse.height * 4)).crop((0, 0, width, height))


def _colour_at(stops: Sequence[tuple[float, Colour]], row: int) -> Colour:
    if row <= stops[0][0]:
        return stops[0][1]
    for (top, first), (bottom, second) in pairwise(stops):
        if row <= bottom:
            return blend(first, second, (row - top) / (bottom - top))
    return stops[-1][1]
