"""The archive of pictures."""

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.constraints import not_blank, validate_not_blank
from articles.renditions import Rendition, measure, plan, remove, write

_LARGEST_SHOWN = 1280


def original_name(image: "ArchiveImage", filename: str) -> str:
    """Where the uploaded file is kept: by its digest, outside of what is served."""
    return f"originals/{image.sha256[:2]}/{image.sha256}{PurePosixPath(filename).suffix.lower()}"


class ArchiveImage(models.Model):
    """A picture kept for any number of stories."""

    file = models.ImageField(_("file"), upload_to=original_name, max_length=200)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        validators=[validate_not_blank],
        help_text=_("What is to be seen, for those who cannot see it. Required."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    is_archive = models.BooleanField(
        _("from the archive"),
        default=False,
        help_text=_("The picture does not show the event itself; readers are told so."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("archived picture")
        verbose_name_plural = _("picture archive")
        ordering = ["-added_at", "-id"]
        constraints = [
            not_blank("archiveimage", "alt"),
            not_blank("archiveimage", "file"),
            models.CheckConstraint(
                name="archiveimage_has_a_size",
                condition=models.Q(width__gt=0, height__gt=0),
            ),
            models.CheckConstraint(
                name="archiveimage_sha256_in_hex",
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def is_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]

    def measure(self) -> None:
        """Take size and digest from the file. Raises ValidationError for what is no picture."""
        measurement = measure(self.file)
        self.width = measurement.width
        self.height = measurement.height
        self.sha256 = measurement.sha256
        self.file.name = f"picture.{measurement.extension}"
        self.__dict__.pop("renditions", None)

    def clean(self) -> None:
        super().clean()
        if not self.is_new_file:
            return
        try:
            self.measure()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error
        same = ArchiveImage.objects.filter(sha256=self.sha256).exclude(pk=self.pk).first()
        if same:
            raise ValidationError(
                {"file": _("This picture is in the archive already: “%s”. Pick it there.") % same}
            )

    def save(self, *args, **kwargs) -> None:
        if self.is_new_file:
            self._save_with_file(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def _save_with_file(self, *args, **kwargs) -> None:
        """Save the row, the original and the renditions; no original stays without its row."""
        self.measure()
        replaced = ArchiveImage.objects.filter(pk=self.pk).exclude(sha256=self.sha256).first()
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
                with self.file.open() as file:
                    write(file, self.renditions)
                if replaced:
                    replaced.remove_files()
        except Exception:
            if not self.is_new_file:
                self.file.storage.delete(str(self.file.name))
            raise

    def remove_files(self) -> None:
        """Take the files off the disk once the transaction has held."""
        name, renditions = str(self.file.name), self.renditions
        transaction.on_commit(lambda: remove(name, renditions))

    @cached_property
    def renditions(self) -> list[Rendition]:
        return plan(self.sha256, self.width, self.height)

    @property
    def srcset(self) -> str:
        """The sizes as `srcset` wants them."""
        return ", ".join(f"{each.url} {each.width}w" for each in self.renditions)

    @property
    def url(self) -> str:
        """The address of the rendition for clients that choose no size themselves."""
        shown = [each for each in self.renditions if each.width <= _LARGEST_SHOWN]
        return (shown or self.renditions)[-1].url

    @property
    def thumbnail(self) -> Rendition:
        return self.renditions[0]


@receiver(post_delete, sender=ArchiveImage)
def remove_files_of_a_deleted_picture(instance: ArchiveImage, **_signal: Any) -> None:
    """What is deleted from the archive is public no longer; bulk deletion included."""
    instance.remove_files()
