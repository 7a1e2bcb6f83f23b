"""The door of the archive: a file is measured, or refused with one plain sentence."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from articles.renditions.disguises import other_kind
from articles.renditions.pixels import MAX_PIXELS, load, one_at_a_time, opened, upright_size

__all__ = ["ENDINGS", "MAX_BYTES", "MAX_PIXELS", "Measurement", "measure"]

MAX_BYTES = 25 * 1024 * 1024
MAX_HEIGHT = 16_383  # WebP's own limit.
# What names of such files end in; the first is the one under which the original is kept.
ENDINGS = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "GIF": ("gif",),
    "AVIF": ("avif",),
}
_EXIF, _TAKEN = 0x8769, 0x9003
FIRST_PHOTOGRAPH = date(1826, 1, 1)
_GLANCE = 1024  # bytes, for telling what a file is that is no picture


@dataclass(frozen=True)
class Measurement:
    """What a picture's file says of itself: pixels as shown, digest in hex, the file's ending,
    the day on which the camera took it, where it says so."""

    width: int
    height: int
    sha256: str
    extension: str
    taken_on: date | None


def measure(file: IO[bytes], name: str) -> Measurement:
    """Judge a file and measure it. Raises ValidationError with one plain sentence.

    `name` is the name under which it came. Nothing of where it was taken is read.
    """
    data = _read(file)
    _refuse_known_others(data)
    with one_at_a_time(), opened(data) as picture:
        # MPO is how Pillow calls a phone's JPEG with further pictures behind the first.
        file_format = "JPEG" if picture.format == "MPO" else picture.format or ""
        _refuse_wrong_ending(file_format, name)
        width, height = upright_size(picture)
        if height > MAX_HEIGHT:
            raise ValidationError(
                _("The picture is more than %(pixels)d pixels high. Cut it and try again."),
                params={"pixels": MAX_HEIGHT},
            )
        _refuse_disguise(data)
        taken_on = _taken_on(picture)
        load(picture, (1, 1))
    return Measurement(
        width=width,
        height=height,
        sha256=hashlib.sha256(data).hexdigest(),
        extension=ENDINGS[file_format][0],
        taken_on=taken_on,
    )


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not data:
        raise ValidationError(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(megabytes)d MB. Save the picture smaller and try again."),
            params={"megabytes": MAX_BYTES // 1024 // 1024},
        )
    return data


def _refuse_known_others(data: bytes) -> None:
    """What is sent most often in place of a picture is told by its name."""
    beginning = data[:_GLANCE].lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}:
        if b"avif" not in data[8:64]:
            raise ValidationError(_("This is a HEIC picture. Export it as JPEG and send that one."))
    elif beginning.startswith((b"<svg", b"<?xml")) and b"<svg" in beginning:
        raise ValidationError(
            _("This is a drawing (SVG), which can hold programs. Export it as PNG.")
        )
    elif beginning.startswith((b"<!doctype html", b"<html", b"<head", b"<script", b"<body")):
        raise ValidationError(
            _("This is a web page, not a picture. Save the picture itself from that page.")
        )


def _refuse_wrong_ending(file_format: str, name: str) -> None:
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if ending not in ENDINGS[file_format]:
        raise ValidationError(
            _(
                "The file is a picture in %(format)s, and its name should end in .%(right)s."
                " Rename it and try again."
            ),
            params={"format": file_format, "right": ENDINGS[file_format][0]},
        )


def _refuse_disguise(data: bytes) -> None:
    other = other_kind(data)
    if other:
        raise ValidationError(
            _(
                "The file is a picture and something else at once (%(kind)s)."
                " Open it in a picture editor, save it anew and send that one."
            ),
            params={"kind": other},
        )


def _taken_on(picture: Image.Image) -> date | None:
    """The day in the camera's record, where that is there and can be true."""
    with suppress(Exception):  # Damaged metadata are no reason to refuse the pixels.
        said = str(picture.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
        day = datetime.strptime(said[:10], "%Y:%m:%d").date()
        return day if FIRST_PHOTOGRAPH <= day <= date.today() else None
    return None
