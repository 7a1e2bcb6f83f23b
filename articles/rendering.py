"""Makes the renditions of archived pictures: by the worker, or on first need.

A worker and a reader's request may want the same one at once: a lock of the database lets one make
it, and the other finds it there. A process holds the pixels of one picture at a time.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from PIL import Image

from articles.models import ArchiveImage
from articles.renditions import (
    Rendition,
    TitleCard,
    cut_out,
    decoded,
    draw,
    one_at_a_time,
    remove,
    resized,
    write,
)


def make(image: ArchiveImage, wanted: Iterable[Rendition]) -> int:
    """Write those of the wanted renditions that are not there yet; how many they were.

    Decodes once. Raises ValidationError or OSError where the original cannot be read.
    """
    made = 0
    with one_at_a_time():
        picture: Image.Image | None = None
        # From large to small, so that each is made from the one before it.
        for rendition in sorted(wanted, key=lambda each: each.width, reverse=True):
            with _alone(image.sha256):
                if default_storage.exists(rendition.name):
                    continue
                picture = resized(picture or _original(image, rendition.width), rendition)
                write(picture, rendition)
                made += 1
    if made:
        _remove_if_deleted(image)
    return made


def make_shared(image: ArchiveImage) -> None:
    """Write the cut for cards of social networks where it is not there yet.

    Raises ValidationError or OSError where the original cannot be read.
    """
    rendition, cut = image.shared, image.cut
    with one_at_a_time(), _alone(image.sha256):
        if default_storage.exists(rendition.name):
            return
        picture = _original(image, ceil(rendition.width * image.width / cut.width))
        share = picture.width / image.width
        write(cut_out(picture, cut, share, rendition), rendition)
    _remove_if_deleted(image)


def title_card_file(card: TitleCard) -> bytes:
    """The file of a card, which is drawn and kept where there is none."""
    with suppress(FileNotFoundError):
        return _read(card.name)
    with one_at_a_time(), _alone(card.digest):
        # Whoever was alone before may have drawn it.
        with suppress(FileNotFoundError):
            return _read(card.name)
        drawn = draw(card)
        default_storage.save(card.name, ContentFile(drawn))
        return drawn


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def make_all(image: ArchiveImage, *, anew: bool = False) -> int:
    """Write all renditions that are missing, or every one `anew`; how many they were."""
    if anew:
        for rendition in image.renditions:
            default_storage.delete(rendition.name)
    return make(image, image.renditions)


def make_named(name: str) -> bool:
    """Write the rendition of this name in the storage; whether a picture has one of that name."""
    sha256 = PurePosixPath(name).name.partition("-")[0]
    image = ArchiveImage.objects.filter(sha256=sha256).first()
    if image and name == image.shared.name:
        make_shared(image)
        return True
    planned = [each for each in image.renditions if each.name == name] if image else []
    if image and planned:
        make(image, planned)
    return bool(planned)


def _remove_if_deleted(image: ArchiveImage) -> None:
    """Whoever deleted the picture meanwhile removed what was there by then."""
    if not ArchiveImage.objects.filter(sha256=image.sha256).exists():
        remove(str(image.file.name), image.sha256)


def _original(image: ArchiveImage, width: int) -> Image.Image:
    with image.file.open() as file:
        return decoded(file, width)


@contextmanager
def _alone(sha256: str) -> Iterator[None]:
    """Hold the lock of this picture's renditions against every other process."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))",
            [f"{ArchiveImage._meta.db_table}.renditions", sha256],
        )
        yield
