"""The archive of pictures."""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.lookups import Exact, Regex
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from articles import search
from articles.arabic import NOT_BLANK_PATTERN
from articles.constraints import not_blank, validate_not_blank
from articles.models.picture_fields import (
    DAY_OF_NO_PHOTOGRAPH,
    IN_THE_PICTURE,
    line_of_words,
    percent,
    validate_day_of_a_photograph,
)
from articles.models.picture_use import SHOWN_PICTURE_STAYS_DESCRIBED
from articles.models.tag import tags_from_text
from articles.renditions import (
    FIRST_PHOTOGRAPH,
    FORMATS,
    MEDIA_TYPES,
    Cut,
    Rendition,
    measure,
    plan,
    plan_cut,
    plan_shared,
    remove,
)

RENDER_JOB = "articles.jobs.make_renditions"
# One picture at a time: whatever else the worker has to do is not kept waiting by hundreds.
RENDER_LOCK = "articles.renditions"
FOCAL_STEP = 5  # percent
_LARGEST_SHOWN = 1280


def original_name(image: "ArchiveImage", filename: str) -> str:
    """Where the uploaded file is kept: by its digest, outside of what is served."""
    return f"originals/{image.sha256[:2]}/{image.sha256}{PurePosixPath(filename).suffix.lower()}"


def words_in_line(text: str) -> str:
    """Words parted by Arabic or Latin commas or semicolons, each once, parted by one sign."""
    return "، ".join(tags_from_text(text))


class AlreadyInArchive(ValidationError):
    """The same file is kept already: `image` is the picture that has it."""

    def __init__(self, image: "ArchiveImage") -> None:
        super().__init__(
            _("This picture is in the archive already: “%(picture)s”. Pick it there."),
            params={"picture": image},
        )
        self.image = image


class ArchiveImageQuerySet(models.QuerySet["ArchiveImage"]):
    def search(self, words: str) -> "ArchiveImageQuerySet":
        """Pictures that these words describe, in whatever spelling; also by a part of a word."""
        return self.filter(
            models.Q(search_index=search.query(words)) | models.Q(alt__icontains=words.strip())
        )

    def undescribed(self) -> "ArchiveImageQuerySet":
        """Pictures that no story may show to readers yet."""
        return self.filter(alt="")

    def unused(self) -> "ArchiveImageQuerySet":
        """Pictures that no story shows, neither above nor in its text."""
        return self.filter(articles__isnull=True, body_pictures__isnull=True)

    def used(self) -> "ArchiveImageQuerySet":
        """Pictures that some story shows."""
        return self.exclude(pk__in=self.unused().values("pk"))


class ArchiveImage(models.Model):
    """A picture kept for any number of stories."""

    file = models.ImageField(_("file"), upload_to=original_name, max_length=200)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        default="",
        db_default="",
        validators=[validate_not_blank],
        help_text=_("What is to be seen, for those who cannot see it. Required."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("From where the paper has it: an agency, a letter, an album. Not shown."),
    )
    keywords = line_of_words(_("keywords"), _("Parted by commas."))
    people = line_of_words(_("people"), _("Who is to be seen, parted by commas."))
    taken_on = models.DateField(
        _("taken on"), null=True, blank=True, validators=[validate_day_of_a_photograph]
    )
    is_archive = models.BooleanField(
        _("from the archive"),
        default=False,
        help_text=_("The picture does not show the event itself; readers are told so."),
    )
    focal_x = percent(
        _("focal point, from the left"), _("Percent of the width. Cut shapes keep this point.")
    )
    focal_y = percent(
        _("focal point, from the top"), _("Percent of the height. Cut shapes keep this point.")
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    search_index = search.index_column(
        *("alt", "keywords", "people", "caption", "credit", "source"), weights="ABBCDD"
    )

    objects = ArchiveImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("archived picture")
        verbose_name_plural = _("picture archive")
        ordering = ["-added_at", "-id"]
        constraints = [
            not_blank("archiveimage", "file"),
            models.CheckConstraint(
                name="archiveimage_alt_empty_or_readable",
                condition=models.Q(Exact(models.F("alt"), ""))
                | models.Q(Regex(models.F("alt"), NOT_BLANK_PATTERN)),
                violation_error_message=_("Write something that can be read here."),
            ),
            models.CheckConstraint(
                name="archiveimage_has_a_size",
                condition=models.Q(width__gt=0, height__gt=0),
            ),
            models.CheckConstraint(
                name="archiveimage_focal_point_in_the_picture",
                condition=models.Q(focal_x__range=(0, 100), focal_y__range=(0, 100)),
                violation_error_message=IN_THE_PICTURE,
            ),
            models.CheckConstraint(
                name="archiveimage_taken_since_there_are_photographs",
                condition=models.Q(taken_on__isnull=True)
                | models.Q(taken_on__gte=FIRST_PHOTOGRAPH),
                violation_error_message=DAY_OF_NO_PHOTOGRAPH,
            ),
            models.CheckConstraint(
                name="archiveimage_sha256_in_hex",
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_index"], name="archiveimage_search"),
            # The library, newest first, and what still needs a description.
            models.Index(fields=["-added_at", "-id"], name="archiveimage_newest"),
            models.Index(
                fields=["-added_at", "-id"],
                condition=models.Q(alt=""),
                name="archiveimage_undescribed",
            ),
        ]
        triggers = [SHOWN_PICTURE_STAYS_DESCRIBED]

    def __str__(self) -> str:
        return self.alt or gettext("Picture %d, not described yet") % (self.pk or 0)

    @property
    def is_described(self) -> bool:
        """Whether a story that shows it may be published."""
        return bool(self.alt)

    # The file

    @property
    def is_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]

    def measure(self) -> None:
        """Take size and digest from the file, and the day on which it was taken where none is
        given. Raises ValidationError for what is no picture."""
        if self.__dict__.get("_measured") is self.file.file:
            return
        measurement = measure(self.file, str(self.file.name))
        self.width = measurement.width
        self.height = measurement.height
        self.sha256 = measurement.sha256
        self.file.name = f"picture.{measurement.extension}"
        if self._state.adding:
            self.taken_on = self.taken_on or measurement.taken_on
        self.__dict__.pop("renditions", None)
        self.__dict__["_measured"] = self.file.file

    def clean(self) -> None:
        super().clean()
        self._tidy()
        if not self.is_new_file:
            return
        try:
            self.measure()
            self.refuse_twin()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def refuse_twin(self) -> None:
        """Raises AlreadyInArchive where another picture has the same file."""
        same = ArchiveImage.objects.filter(sha256=self.sha256).exclude(pk=self.pk).first()
        if same:
            raise AlreadyInArchive(same)

    def save(self, *args, **kwargs) -> None:
        self._tidy()
        if self.is_new_file:
            self._save_with_file(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def _tidy(self) -> None:
        self.keywords = words_in_line(self.keywords)
        self.people = words_in_line(self.people)

    def _save_with_file(self, *args, **kwargs) -> None:
        """Save the row and the original, and ask the worker for the renditions: all or nothing."""
        self.measure()
        replaced = ArchiveImage.objects.filter(pk=self.pk).exclude(sha256=self.sha256).first()
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
                app.configure_task(RENDER_JOB, lock=RENDER_LOCK).defer(sha256=self.sha256)
                if replaced:
                    replaced.remove_files()
        except Exception:
            if not self.is_new_file:
                self.file.storage.delete(str(self.file.name))
            raise

    def remove_files(self) -> None:
        """Take the files off the disk once the transaction has held."""
        name, sha256 = str(self.file.name), self.sha256
        transaction.on_commit(lambda: remove(name, sha256))

    # What is shown of it

    @cached_property
    def renditions(self) -> list[Rendition]:
        return plan(self.sha256, self.width, self.height)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The media type and the sizes, as `srcset` wants them, of each format better than JPEG."""
        return [(MEDIA_TYPES[each], self._srcset(each)) for each in FORMATS if each != "jpeg"]

    @property
    def srcset(self) -> str:
        """The sizes in JPEG as `srcset` wants them."""
        return self._srcset("jpeg")

    def _srcset(self, file_format: str) -> str:
        return ", ".join(f"{each.url} {each.width}w" for each in self._in_format(file_format))

    def _in_format(self, file_format: str) -> list[Rendition]:
        return [each for each in self.renditions if each.format == file_format]

    @property
    def shown(self) -> Rendition:
        """The rendition for clients that choose neither size nor format."""
        sizes = self._in_format("jpeg")
        shown = [each for each in sizes if each.width <= _LARGEST_SHOWN]
        return (shown or sizes)[-1]

    @property
    def url(self) -> str:
        """The address of the rendition that is shown to such clients."""
        return self.shown.url

    @property
    def cut(self) -> Cut:
        """The part of it that cards of social networks show."""
        return plan_cut(self.width, self.height, focal_x=self.focal_x, focal_y=self.focal_y)

    @property
    def shared(self) -> Rendition:
        """The rendition for those cards."""
        return plan_shared(self.sha256, self.cut, focal_x=self.focal_x, focal_y=self.focal_y)

    @property
    def thumbnail(self) -> Rendition:
        return self._in_format("webp")[0]

    @property
    def focal_classes(self) -> str:
        """The class names that keep the focal point in sight where the picture is cut."""
        return f"focal-x-{_step(self.focal_x)} focal-y-{_step(self.focal_y)}"


def _step(percent: int) -> int:
    return round(percent / FOCAL_STEP) * FOCAL_STEP


@receiver(post_delete, sender=ArchiveImage)
def remove_files_of_a_deleted_picture(instance: ArchiveImage, **_signal: Any) -> None:
    """What is deleted from the archive is public no longer; bulk deletion included."""
    instance.remove_files()
