"""Conditions that the database, the forms and the serializers share. A leaf."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.arabic import NOT_BLANK_PATTERN, SLUG_CHARACTERS, is_blank


def validate_not_blank(value: str) -> None:
    """The form's side of `not_blank`. Raises ValidationError."""
    if is_blank(value):
        raise ValidationError(_("Write something that can be read here."), code="blank")


def not_blank(model: str, *fields: str) -> models.CheckConstraint:
    """A CHECK that every named text field holds at least one visible character.

    PostgreSQL's `btrim` knows plain blanks alone; the pattern knows all that `is_blank` knows.
    """
    condition = models.Q()
    for field in fields:
        condition &= models.Q(**{f"{field}__regex": NOT_BLANK_PATTERN})
    return models.CheckConstraint(
        name=f"{model}_{'_'.join(fields)}_not_blank",
        condition=condition,
        violation_error_message=_("Write something that can be read here."),
    )


def slug_of_an_address(model: str) -> models.CheckConstraint:
    """A CHECK that a slug holds just what the addresses of the site can hold."""
    characters = SLUG_CHARACTERS.replace(r"\u0000", r"\u0001")
    return models.CheckConstraint(
        name=f"{model}_slug_of_an_address", condition=models.Q(slug__regex=f"^{characters}+$")
    )


def language_code(model: str) -> models.CheckConstraint:
    """A CHECK that a language is a code as BCP 47 writes it, in small letters.

    Which ones are known is the forms' to say: one more is a catalogue, and no migration.
    """
    return models.CheckConstraint(
        name=f"{model}_language_code", condition=models.Q(language__regex="^[a-z]{2,3}(-[a-z]+)*$")
    )


def one_of(model: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """A CHECK that a field holds one of its choices."""
    return models.CheckConstraint(
        name=f"{model}_{field}_known", condition=models.Q(**{f"{field}__in": choices.values})
    )
