"""Which renditions a picture has: a pure function of its digest and its size."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

WIDTHS = (320, 640, 960, 1280, 1920)
# In the order in which a browser is offered them; every one reads the last.
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
FORMATS = tuple(MEDIA_TYPES)


@dataclass(frozen=True)
class Rendition:
    """One size of one picture in one format: its name in the storage, its size in pixels."""

    name: str
    width: int
    height: int
    format: str

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
            name=f"renditions/{sha256[:2]}/{sha256}-{each}.{file_format}",
            width=each,
            height=max(1, round(height * each / width)),
            format=file_format,
        )
        for each in widths
        for file_format in FORMATS
    ]
