"""What may be typed into a story, for its form at the desk and for the API alike."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles import revisions
from articles.locks import one_at_a_time
from articles.models import Article, Tag
from articles.numbers import whole_number

# The button that saves over the newer text sends the number of that text under this name.
OVER = "over_revision"
# Each is looked up, and made where it is new, while others wait for the story.
MOST_TAGS = 50
MOST_FURTHER_CATEGORIES = 20
LONGEST_TAG = Tag._meta.get_field("name").max_length or 0


class StoryForm(forms.ModelForm):
    """A story as somebody writes it; what the database would refuse is said beside its field.

    It knows on which revision its text is based, and is refused over a newer one. The row is locked
    by whoever saves it, so that none comes between check and save.
    """

    base_revision = forms.CharField(required=False, widget=forms.HiddenInput)
    newer: Any = None

    class Meta:
        model = Article
        fields = [
            *("title", "subtitle", "byline", "body", "excerpt"),
            *("image", "image_caption", "no_image_reason"),
            *("category", "further_categories", "tags"),
            *("slug", "language", "comments_open"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            newest = revisions.of(self.instance).values_list("history_id", flat=True).first()
            self.initial["base_revision"] = newest

    def clean(self) -> dict[str, Any] | None:
        one_at_a_time(Article)
        cleaned = super().clean()
        newest = revisions.of(self.instance).first() if self.instance.pk else None
        if newest is not None and newest.history_id != self._base():
            self.newer = newest
            self.add_error(None, forms.ValidationError(_not_saved(newest), code="stale"))
        return cleaned

    def _base(self) -> int | None:
        """The revision on which the text is based; None for a number that is none."""
        return whole_number(self.data.get(OVER) or self.data.get("base_revision") or "")

    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(_("A story has at most %d tags.") % MOST_TAGS)
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(_("A tag has at most %d characters.") % LONGEST_TAG)
        return tags

    def clean_further_categories(self) -> Any:
        categories = self.cleaned_data["further_categories"]
        if len(categories) > MOST_FURTHER_CATEGORIES:
            refusal = _("A story stands in at most %d further categories.")
            raise forms.ValidationError(refusal % MOST_FURTHER_CATEGORIES)
        return categories


def _not_saved(newer: Any) -> str:
    when = date_format(timezone.localtime(newer.history_date), "SHORT_DATETIME_FORMAT")
    if newer.history_user is None:
        return _("Nothing was saved: this story was changed at %s, after you opened it.") % when
    return _("Nothing was saved: %(who)s saved this story at %(when)s, after you opened it.") % {
        "who": newer.history_user.get_full_name() or newer.history_user.get_username(),
        "when": when,
    }
