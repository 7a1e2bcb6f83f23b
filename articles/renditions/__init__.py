"""Pictures as files: judged at the door, planned by pure code, written once, never upscaled.

A rendition carries the pixels alone: orientation applied, colours in sRGB, no EXIF, no GPS, no
profile of a camera. Only renditions are public; the file as uploaded stays under `originals/`.
"""

from articles.renditions.measuring import (
    ENDINGS,
    FIRST_PHOTOGRAPH,
    MAX_BYTES,
    MAX_PIXELS,
    Measurement,
    measure,
)
from articles.renditions.pixels import decoded, one_at_a_time
from articles.renditions.planning import (
    FORMATS,
    MEDIA_TYPES,
    WIDTHS,
    Cut,
    Rendition,
    plan,
    plan_cut,
    plan_shared,
)
from articles.renditions.title_cards import TitleCard, can_draw, draw
from articles.renditions.writing import cut_out, remove, resized, write

__all__ = [
    "ENDINGS",
    "FIRST_PHOTOGRAPH",
    "FORMATS",
    "MAX_BYTES",
    "MAX_PIXELS",
    "MEDIA_TYPES",
    "WIDTHS",
    "Cut",
    "Measurement",
    "Rendition",
    "TitleCard",
    "can_draw",
    "cut_out",
    "decoded",
    "draw",
    "measure",
    "one_at_a_time",
    "plan",
    "plan_cut",
    "plan_shared",
    "remove",
    "resized",
    "write",
]
