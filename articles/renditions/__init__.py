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
from articles.renditions.planning import FORMATS, MEDIA_TYPES, WIDTHS, Rendition, plan
from articles.renditions.writing import remove, resized, write

__all__ = [
    "ENDINGS",
    "FIRST_PHOTOGRAPH",
    "FORMATS",
    "MAX_BYTES",
    "MAX_PIXELS",
    "MEDIA_TYPES",
    "WIDTHS",
    "Measurement",
    "Rendition",
    "decoded",
    "measure",
    "one_at_a_time",
    "plan",
    "remove",
    "resized",
    "write",
]
