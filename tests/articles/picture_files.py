"""Picture files as tests send them: honest, damaged, hostile."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from articles.models import ArchiveImage
from articles.renditions import Rendition

SUFFIXES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}


def encoded(picture: Image.Image, file_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def noise(width: int = 200, height: int = 200) -> Image.Image:
    """A picture that no encoder makes small."""
    return Image.effect_noise((width, height), 50).convert("RGB")


def archived(data: bytes, name: str = "picture.jpg", **fields: Any) -> ArchiveImage:
    return ArchiveImage.objects.create(
        file=ContentFile(data, name=name), **{"alt": "صورة", **fields}
    )


def opened(settings: Any, rendition: Rendition) -> Image.Image:
    with Image.open(Path(settings.MEDIA_ROOT, rendition.name)) as picture:
        picture.load()
        return picture


def kept_files(settings: Any) -> list[str]:
    return sorted(file.name for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file())


def from_a_phone(width: int = 640, height: int = 400, orientation: int = 1) -> bytes:
    """A photograph with all that a phone writes beside the pixels: place, day, maker, remark."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2025:03:21 17:45:10"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 30.0, 36.0), 29: "2025:01:01"})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><SecretXmp/></x:xmpmeta>"
    picture = Image.new("RGB", (width, height), "#335577")
    return encoded(picture, "JPEG", exif=exif, comment=b"SecretComment", xmp=xmp)


def wide_gamut_profile() -> bytes:
    """A profile whose red and green are swapped: nobody can overlook whether it was applied."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def png_header(width: int, height: int, length: int = 13) -> bytes:
    """A PNG that claims this size in a header of `length` bytes, and holds no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)[:length]
    chunk = struct.pack(">I", length) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\x10\0IDAT"


def gif_header(width: int, height: int) -> bytes:
    """A GIF that claims this size, and holds no pixels."""
    size = struct.pack("<HH", width, height)
    return b"GIF89a" + size + b"\0\0\0," + b"\0\0\0\0" + size + b"\0\x08"


def webp_header(width: int, height: int) -> bytes:
    """An extended WebP that claims this canvas, and holds nothing else."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def jpeg_that_claims(width: int, height: int) -> bytes:
    """A small JPEG whose frame header says another size."""
    data = bytearray(encoded(Image.new("RGB", (16, 16)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)
