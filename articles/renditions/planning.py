"""Which renditions a picture has: a pure function of its digest and its size."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

WIDTHS = (320, 640, 960, 1280, 1920)
# In the order in which a browser is offered them; every one reads the last.
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
FORMATS = tuple(MEDIA_TYPES)
# The shape of a card in social networks, 1.91 : 1.
SHARED_WIDTH, SHARED_HEIGHT = 1200, 630


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


@dataclass(frozen=True)
class Cut:
    """A part of a picture in the shape of a card, in pixels of the original."""

    left: float
    top: float
    width: float
    height: float


def plan_cut(width: int, height: int, *, focal_x: int, focal_y: int) -> Cut:
    """The largest such part, placed by the focal point (in percent) as style sheets place it."""
    cut_width = min(width, height * SHARED_WIDTH / SHARED_HEIGHT)
    cut_height = cut_width * SHARED_HEIGHT / SHARED_WIDTH
    return Cut(
        left=(width - cut_width) * focal_x / 100,
        top=(height - cut_height) * focal_y / 100,
        width=cut_width,
        height=cut_height,
    )


def plan_shared(sha256: str, cut: Cut, *, focal_x: int, focal_y: int) -> Rendition:
    """The rendition for cards, in the one format that all of them read."""
    width = max(1, min(SHARED_WIDTH, round(cut.width)))
    return Rendition(
        name=f"renditions/{sha256[:2]}/{sha256}-share-{focal_x}-{focal_y}.jpeg",
        width=width,
        height=max(1, round(width * SHARED_HEIGHT / SHARED_WIDTH)),
        format="jpeg",
    )
