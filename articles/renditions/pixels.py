"""From a file to pixels, with bounded memory: what a decoder needs is known before it starts."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

DECODED = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 50_000_000
# Decoders that hold the picture several times over: 16 bytes a pixel, and 8 for CMYK.
_MAX_PIXELS_OF = {"WEBP": 20_000_000, "AVIF": 20_000_000, "CMYK": 30_000_000}
_STRIP = 256  # rows, after reduction
_ORIENTATION = 0x0112
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}
_turn = threading.RLock()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until this process holds the pixels of no other picture."""
    with _turn:
        yield


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A picture of which only the header was read. Raises ValidationError, one plain sentence."""
    try:
        picture = Image.open(io.BytesIO(data), formats=DECODED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels(MAX_PIXELS) from error
    except Exception as error:  # Decoders raise whatever a damaged file leads them to.
        raise ValidationError(
            _("This is no picture that can be read. Use a JPEG, PNG, WebP, AVIF or GIF file.")
        ) from error
    with picture:
        most = min(_MAX_PIXELS_OF.get(each or "", MAX_PIXELS) for each in _kinds(picture))
        if picture.width * picture.height > most:
            raise too_many_pixels(most)
        yield picture


def _kinds(picture: Image.Image) -> tuple[str | None, str]:
    return picture.format, picture.mode


def too_many_pixels(most: int) -> ValidationError:
    return ValidationError(
        _("The picture has more than %(megapixels)d million pixels. Save it smaller."),
        params={"megapixels": most // 1_000_000},
    )


def load(picture: Image.Image, size: tuple[int, int]) -> None:
    """Decode, no larger than is needed for `size` where the format can. For JPEG that is quick.

    Raises ValidationError for a file that is cut short or damaged.
    """
    picture.draft(None, size)
    try:
        picture.load()
    except Exception as error:  # Decoders raise whatever a damaged file leads them to.
        raise ValidationError(
            _("The picture's file is cut short or damaged. Take it from its source once more.")
        ) from error


def orientation(picture: Image.Image) -> int:
    """How the camera was held, 1 to 8 as in EXIF; 1 where the file says nothing readable."""
    try:
        said = picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # Damaged metadata are no reason to refuse the pixels.
        return 1
    return said if said in _TRANSPOSITIONS else 1


def upright_size(picture: Image.Image) -> tuple[int, int]:
    """Width and height in pixels as readers will see it."""
    if orientation(picture) in _SIDEWAYS:
        return picture.height, picture.width
    return picture.width, picture.height


def decoded(file: IO[bytes], width: int) -> Image.Image:
    """The picture upright, in sRGB (RGB, or RGBA where it has transparency), without metadata.

    It is at least `width` pixels wide, or as wide as the original. Raises ValidationError.
    """
    file.seek(0)
    with opened(file.read()) as source:
        turned = orientation(source)
        profile = source.info.get("icc_profile")
        share = min(1.0, width / upright_size(source)[0])
        load(source, (ceil(source.width * share), ceil(source.height * share)))
        across = source.height if turned in _SIDEWAYS else source.width
        picture = _reduced(source, max(1, across // width))
    shown = _in_srgb(picture, profile)
    if turned in _TRANSPOSITIONS:
        shown = shown.transpose(_TRANSPOSITIONS[turned])
    shown.info.clear()
    return shown


def _reduced(source: Image.Image, factor: int) -> Image.Image:
    """The picture in eight bits a channel, smaller by a whole factor: strip by strip, so that
    only one copy of all pixels is ever held."""
    mode = _plain_mode(source)
    width, height = source.size
    small = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, _STRIP * factor):
        strip = source.crop((0, top, width, min(top + _STRIP * factor, height)))
        small.paste(_in_eight_bits(strip).convert(mode).reduce(factor), (0, top // factor))
    return small


def _plain_mode(source: Image.Image) -> str:
    if source.has_transparency_data:
        return "RGBA"
    if source.mode in {"L", "1"} or source.mode.startswith("I"):
        return "L"
    return "CMYK" if source.mode == "CMYK" else "RGB"


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey brought to eight; Pillow would cut off all above the eighth."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they were meant; a profile that cannot be read is left out of account."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
        srgb = ImageCms.createProfile("sRGB")
        shown = meant and ImageCms.profileToProfile(colours, meant, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        shown = None
    shown = shown or colours.convert("RGB")
    if alpha:
        shown.putalpha(alpha)
    return shown
