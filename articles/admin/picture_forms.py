"""Forms of the picture archive: one picture, many files at once, a description in place."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from articles.locks import one_at_a_time
from articles.models import ArchiveImage
from articles.models.picture_fields import CENTRE, IN_THE_PICTURE
from articles.renditions import ENDINGS

_ENDINGS = [ending for endings in ENDINGS.values() for ending in endings]
ACCEPTED = ",".join(f".{ending}" for ending in _ENDINGS)
SHARED_FIELDS = ["credit", "source", "taken_on", "keywords", "people", "is_archive"]
# Django's own limit of files in one request.
MOST_FILES = 100
_WIDGETS = {
    "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "keywords": AdminTextInputWidget,
    "people": AdminTextInputWidget,
}


class ArchiveImageForm(forms.ModelForm):
    """The file is judged by its content, in `articles.renditions`; its name may not deceive."""

    file = forms.FileField(
        label=_("file"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        validators=[FileExtensionValidator(_ENDINGS)],
    )

    class Meta:
        widgets = {"keywords": AdminTextInputWidget, "people": AdminTextInputWidget}
        error_messages = {name: {"min_value": IN_THE_PICTURE} for name in ("focal_x", "focal_y")}

    def clean_focal_x(self) -> int:
        return self._percent("focal_x")

    def clean_focal_y(self) -> int:
        return self._percent("focal_y")

    def _percent(self, field: str) -> int:
        percent: int | None = self.cleaned_data[field]
        return CENTRE if percent is None else percent

    def clean(self) -> dict[str, Any] | None:
        one_at_a_time(ArchiveImage)
        return super().clean()


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files; each is judged by itself later, so that one hinders no other."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            raise forms.ValidationError(_("Choose at least one picture."), code="required")
        return list(data)


class SharedFieldsForm(forms.ModelForm):
    """What all pictures of one upload have in common."""

    pictures = ManyFilesField(
        label=_("Pictures"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )

    class Meta:
        model = ArchiveImage
        fields = SHARED_FIELDS
        widgets = _WIDGETS

    @property
    def shared(self) -> dict[str, Any]:
        """The values of a valid form, without the files."""
        return {name: self.cleaned_data[name] for name in SHARED_FIELDS}


class DescriptionForm(forms.ModelForm):
    """Some fields of one picture, as they are typed beside it; the others stay as they are."""

    class Meta:
        model = ArchiveImage
        fields = ["alt", "caption", *SHARED_FIELDS]

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for name in set(self.fields) - set(data):
            del self.fields[name]
