"""Outlines as lists of points, in pixels of the finished picture; pure functions only."""

import math
from collections.abc import Sequence
from random import Random

Point = tuple[float, float]
Outline = list[Point]


def rectangle(left: float, top: float, right: float, bottom: float) -> Outline:
    """Return the four corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def ellipse(
    x: float,
    y: float,
    radius: float,
    height: float | None = None,
    start: float = 0,
    end: float = 360,
) -> Outline:
    """Return an ellipse around (x, y), or its arc between two angles.

    `radius` is the half width and `height` the half height, which is `radius` when omitted.
    Angles are degrees, clockwise from three o'clock.
    """
    half_height = radius if height is None else height
    count = max(12, int(max(radius, half_height) ** 0.5 * 6))
    angles = (math.radians(start + (end - start) * step / count) for step in range(count + 1))
    return [(x + radius * math.cos(angle), y + half_height * math.sin(angle)) for angle in angles]


def arch(left: float, top: float, right: float, bottom: float, rise: float = 1.0) -> Outline:
    """Return an opening with a rounded head; `rise` is the head's height in half widths."""
    half = (right - left) / 2
    head = ellipse(left + half, top + half * rise, half, half * rise, 180, 360)
    return [*head, (right, bottom), (left, bottom)]


def lens(x: float, y: float, half_width: float, half_height: float) -> Outline:
    """Return a thin shape pointed at both ends, such as a glint on water."""
    return smooth_path(
        [(x - half_width, y), (x, y - half_height), (x + half_width, y)]
    ) + smooth_path([(x + half_width, y), (x, y + half_height), (x - half_width, y)])


def smooth_path(points: Sequence[Point], steps: int = 10) -> Outline:
    """Return an open Catmull-Rom curve that passes through every point."""
    padded = [points[0], *points, points[-1]]
    curve: Outline = []
    for index in range(len(points) - 1):
        curve += _span(padded[index : index + 4], steps)
    return [*curve, points[-1]]


def smooth_loop(points: Sequence[Point], steps: int = 10) -> Outline:
    """Return a closed Catmull-Rom curve that passes through every point."""
    ring = [points[-1], *points, points[0], points[1]]
    curve: Outline = []
    for index in range(len(points)):
        curve += _span(ring[index : index + 4], steps)
    return curve


def _span(knots: Sequence[Point], steps: int) -> Outline:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = knots
    span: Outline = []
    for step in range(steps):
        t = step / steps
        weights = (
            -t + 2 * t**2 - t**3,
            2 - 5 * t**2 + 3 * t**3,
            t + 4 * t**2 - 3 * t**3,
            t**3 - t**2,
        )
        a, b, c, d = (weight / 2 for weight in weights)
        span.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return span


def ribbon(path: Sequence[Point], start_width: float, end_width: float | None = None) -> Outline:
    """Return the outline of a stroke along `path` whose width runs from one value to another."""
    last_width = start_width if end_width is None else end_width
    left: Outline = []
    right: Outline = []
    for index, (x, y) in enumerate(path):
        before, after = path[max(index - 1, 0)], path[min(index + 1, len(path) - 1)]
        length = math.hypot(after[0] - before[0], after[1] - before[1]) or 1
        share = index / max(len(path) - 1, 1)
        half = (start_width + (last_width - start_width) * share) / 2
        across = (-(after[1] - before[1]) / length * half, (after[0] - before[0]) / length * half)
        left.append((x + across[0], y + across[1]))
        right.append((x - across[0], y - across[1]))
    return left + right[::-1]


def rotated(outline: Sequence[Point], centre: Point, degrees: float) -> Outline:
    """Return the outline turned clockwise around `centre`."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turned: Outline = []
    for x, y in outline:
        dx, dy = x - centre[0], y - centre[1]
        turned.append((centre[0] + dx * cosine - dy * sine, centre[1] + dx * sine + dy * cosine))
    return turned


def placed(outline: Sequence[Point], x: float, y: float, scale: float = 1.0) -> Outline:
    """Return an outline that was drawn around (0, 0), scaled and moved to (x, y)."""
    return [(x + px * scale, y + py * scale) for px, py in outline]


def shadow_of(outline: Sequence[Point], ground: float, run: float, fall: float = 0.0) -> Outline:
    """Return the shadow that an upright outline throws on the ground line at `ground`.

    `run` and `fall` are the shadow's horizontal and downward lengths for each pixel of height.
    """
    return [(x + (ground - y) * run, ground + (ground - y) * fall) for x, y in outline]


def reflection_of(outline: Sequence[Point], waterline: float, depth: float = 1.0) -> Outline:
    """Return the outline mirrored below `waterline`, flattened by `depth`."""
    return [(x, waterline + (waterline - y) * depth) for x, y in outline]


def ridge(random: Random, crest: float, rise: float, bumps: int) -> Outline:
    """Return a soft skyline across the whole width that wanders up to `rise` above `crest`."""
    step = 1760 / bumps
    knots = [(-80 + step * index, crest - random.random() * rise) for index in range(bumps + 1)]
    return smooth_path(knots)


def between(first: Point, second: Point, share: float) -> Point:
    """Return the point that lies `share` (0 to 1) of the way from `first` to `second`."""
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
    )
