"""Renditions of archived pictures: planned by pure code, written once, never upscaled.

A rendition carries the pixels alone: orientation applied, no EXIF, no GPS, no profile of a
camera. Only renditions are public; the file as uploaded stays under `originals/`.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

WIDTHS = (320, 640, 960, 1280, 1920)
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_HEIGHT = 16_383  # WebP's own limit.
_QUALITY = 80


@dataclass(frozen=True)
class Measurement:
    """What a picture's file says of itself: pixels as shown, digest in hex, file ending."""

    width: int
    height: int
    sha256: str
    extension: str


@dataclass(frozen=True)
class Rendition:
    """One size of one picture: its place under the media root and its size in pixels."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return default_storage.url(self.name)


def plan(sha256: str, width: int, height: int) -> list[Rendition]:
    """The renditions of a picture of this digest and size in pixels, smallest first."""
    widths = [each for each in WIDTHS if each < width]
    if len(widths) < len(WIDTHS):
        widths.append(width)
    return [
        Rendition(
            name=f"renditions/{sha256[:2]}/{sha256}-{each}.webp",
            width=each,
            height=max(1, round(height * each / width)),
        )
        for each in widths
    ]


def measure(file: IO[bytes]) -> Measurement:
    """Read a picture whole and measure it. Raises ValidationError with a plain sentence."""
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(megabytes)d MB. Save the picture smaller and try again."),
            params={"megabytes": MAX_BYTES // 1024 // 1024},
        )
    picture = _open(data)
    return Measurement(
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(data).hexdigest(),
        extension=FORMATS[_format(data)],
    )


def write(file: IO[bytes], renditions: Iterable[Rendition]) -> None:
    """Write the renditions that are not there yet."""
    missing = [each for each in renditions if not default_storage.exists(each.name)]
    if not missing:
        return
    file.seek(0)
    picture = _open(file.read())
    for rendition in missing:
        resized = picture.resize((rendition.width, rendition.height), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        resized.save(buffer, "WEBP", quality=_QUALITY, method=4)
        default_storage.save(rendition.name, ContentFile(buffer.getvalue()))


def remove(original: str, renditions: Iterable[Rendition]) -> None:
    """Remove a picture from the disk whole: what was uploaded, and what was public of it."""
    for name in (original, *(each.name for each in renditions)):
        default_storage.delete(name)


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey brought to eight; Pillow would cut off all above the eighth."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")


def _format(data: bytes) -> str:
    with Image.open(io.BytesIO(data), formats=list(FORMATS)) as picture:
        return picture.format or ""


def _open(data: bytes) -> Image.Image:
    """The pixels, upright, in RGB or RGBA, without any metadata."""
    try:
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as source:
            if source.width * source.height > MAX_PIXELS:
                raise ValidationError(
                    _("The picture has more than %(megapixels)d million pixels. Save it smaller."),
                    params={"megapixels": MAX_PIXELS // 1_000_000},
                )
            upright = _in_eight_bits(ImageOps.exif_transpose(source))
            if upright.height > MAX_HEIGHT:
                raise ValidationError(
                    _("The picture is more than %(pixels)d pixels high. Cut it and try again."),
                    params={"pixels": MAX_HEIGHT},
                )
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            plain = Image.new(mode, upright.size)
            plain.paste(upright.convert(mode))
            return plain
    except ValidationError:
        raise
    except Exception as error:  # Decoders raise whatever a damaged file leads them to.
        raise ValidationError(
            _("This is no picture that can be read. Use a JPEG, PNG, WebP, AVIF or GIF file.")
        ) from error
