"""Fields of an archived picture that are alike, and what their values may be."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.renditions import FIRST_PHOTOGRAPH

CENTRE = 50  # percent
IN_THE_PICTURE = _("The focal point lies in the picture: 0 to 100 percent.")
DAY_OF_NO_PHOTOGRAPH = _(
    "This day cannot be right: the first photograph is of 1826, and none is of a day to come."
)
_WORDS_LENGTH = 500


def percent(name: Any, help_text: Any) -> models.PositiveSmallIntegerField:
    """A share of the picture's width or height, in percent."""
    return models.PositiveSmallIntegerField(
        name,
        default=CENTRE,
        db_default=CENTRE,
        blank=True,
        validators=[MinValueValidator(0, IN_THE_PICTURE), MaxValueValidator(100, IN_THE_PICTURE)],
        help_text=help_text,
    )


def line_of_words(name: Any, help_text: Any) -> models.TextField:
    """A line of words. The column has no limit, since tidying the line can lengthen it."""
    return models.TextField(
        name,
        max_length=_WORDS_LENGTH,
        blank=True,
        default="",
        db_default="",
        help_text=help_text,
    )


def validate_day_of_a_photograph(day: date) -> None:
    """Raises ValidationError for a day on which nothing can have been photographed.

    Tomorrow is taken: where the photographer is, it may have begun.
    """
    if not FIRST_PHOTOGRAPH <= day <= timezone.localdate() + timedelta(days=1):
        raise ValidationError(DAY_OF_NO_PHOTOGRAPH, code="no_photograph")
