"""The archive of pictures at work: the one way in for a file, where a picture is used, tidying."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, models
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import (
    ArchiveImage,
    ArchiveImageQuerySet,
    Article,
    ArticleQuerySet,
    BodyPicture,
)
from articles.models.image import AlreadyInArchive
from articles.renditions import TitleCard
from articles.storage import UNFINISHED

# So old is what a crash left behind, and nobody is still writing.
_LEFT_FOR = timedelta(hours=6)
# Which story a card was drawn for is written nowhere; it is drawn again when it is asked for.
_CARDS_KEPT_FOR = timedelta(days=7)
_ARCHIVE_FOLDERS = ("originals", "renditions")
_DIGEST_LENGTH = 64


def add(file: File, *, by: User | None = None, **fields: Any) -> ArchiveImage:
    """Put a file into the archive, with or without a description; the worker makes its renditions.

    Raises AlreadyInArchive for one that is kept already, and ValidationError with a plain sentence
    for each field or for the file. After either nothing of the file remains.
    """
    image = ArchiveImage(file=file, uploaded_by=by, **fields)
    # Size and digest, which the constraints are about, come from the file alone.
    image.full_clean(
        exclude=[] if image.alt else ["alt"], validate_unique=False, validate_constraints=False
    )
    try:
        image.save()
    except IntegrityError:
        # Somebody who sent the same file at the same moment was first.
        image.refuse_twin()
        raise
    return image


def twin_in(error: ValidationError) -> ArchiveImage | None:
    """The picture that has the refused file already, where that is what `add` refused it for."""
    each_field = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    errors = (each for errors in each_field for each in errors)
    return next((each.image for each in errors if isinstance(each, AlreadyInArchive)), None)


def with_use_count(images: ArchiveImageQuerySet) -> ArchiveImageQuerySet:
    """With `use_count`: how many stories show each picture."""
    here = models.OuterRef("pk")
    leads = Article.objects.filter(image=here)
    further = BodyPicture.objects.filter(image=here).exclude(article__image=here)
    return images.annotate(use_count=_count(leads) + _count(further))


def _count(shown_by: models.QuerySet[Any]) -> Coalesce:
    counted = shown_by.order_by().values("image").annotate(count=models.Count("pk"))
    return Coalesce(models.Subquery(counted.values("count")), 0)


def stories_with(image: ArchiveImage) -> ArticleQuerySet:
    """The stories that show a picture, newest first; `leads` says where it stands above one."""
    in_bodies = BodyPicture.objects.filter(image=image).values("article_id")
    leads = models.Q(image=image, image__isnull=False)
    return (
        Article.objects.filter(models.Q(image=image) | models.Q(pk__in=in_bodies))
        .annotate(leads=models.ExpressionWrapper(leads, models.BooleanField()))
        .only("id", "title", "status")
        .order_by("-id")
    )


def remove_leftovers() -> int:
    """Remove files that belong to no picture, as a crash leaves them, and old title cards.

    Answers how many they were. What is younger than some hours may still be on its way.
    """
    left = [*_without_any_picture(), *_old_title_cards()]
    for name in left:
        default_storage.delete(name)
    return len(left)


def _without_any_picture() -> Iterator[str]:
    for top in _ARCHIVE_FOLDERS:
        for names in _folders(top):
            yield from (each for each in _without_picture(names) if _is_older(each, _LEFT_FOR))


def _old_title_cards() -> Iterator[str]:
    for names in _folders(TitleCard.FOLDER):
        yield from (each for each in names if _is_older(each, _CARDS_KEPT_FOR))


def _folders(top: str) -> Iterator[list[str]]:
    """The names of the files in each folder below this one."""
    if default_storage.exists(top):
        for folder in default_storage.listdir(top)[0]:
            names = default_storage.listdir(f"{top}/{folder}")[1]
            yield [f"{top}/{folder}/{name}" for name in names]


def _without_picture(names: list[str]) -> list[str]:
    digests = {PurePosixPath(name).name[:_DIGEST_LENGTH] for name in names}
    kept = ArchiveImage.objects.filter(sha256__in=digests).values_list("sha256", "file")
    known, originals = {sha256 for sha256, _file in kept}, {file for _sha256, file in kept}
    return [
        name
        for name in names
        if name.endswith(UNFINISHED)
        or (
            name not in originals
            if name.startswith("originals/")
            else PurePosixPath(name).name[:_DIGEST_LENGTH] not in known
        )
    ]


def _is_older(name: str, age: timedelta) -> bool:
    return default_storage.get_modified_time(name) < timezone.now() - age
