"""The one way in for a comment: the page's form and the API go through `submit`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from articles.constraints import validate_not_blank
from articles.models import Article
from comments.models import Comment, Commenter
from comments.models.comment import BODY_MAX_LENGTH, NAME_MAX_LENGTH
from comments.privacy import (
    ADDRESS_MAX_BYTES,
    address_digest,
    new_receipt_code,
    normalise_address,
    receipt_digest,
    seal,
)

CLOSED = _("Comments on this article are closed.")


def validate_whole_characters(value: str) -> None:
    """Refuse halves of surrogate pairs: JSON can carry them, no stored text can hold them."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(_("Write something that can be read here."), "surrogate") from error


class LinesField(forms.CharField):
    """Text of several lines. A line break is one character, as the browser counts it."""

    def to_python(self, value: Any) -> str:
        return normalize_newlines(super().to_python(value) or "")


class CommentForm(forms.Form):
    """What a reader sends. `article` bounds what may be answered."""

    body = LinesField(
        label=_("Comment"),
        max_length=BODY_MAX_LENGTH,
        validators=[validate_not_blank, validate_whole_characters],
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_MAX_LENGTH,
        validators=[validate_not_blank, validate_whole_characters],
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=ADDRESS_MAX_BYTES,
        validators=[validate_whole_characters],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[validate_whole_characters],
        widget=forms.URLInput(attrs={"autocomplete": "url", "dir": "ltr"}),
    )
    parent = forms.ModelChoiceField(
        queryset=Comment.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment-%s", **kwargs})
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Comment.objects.public().filter(article=article)
        parent.error_messages["invalid_choice"] = _(
            "The comment you are answering is not here any more. Your comment can stand by itself."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "parent" in self.errors:
            # Shown again, the form offers what was typed as a comment of its own.
            self.data = {name: self.data.get(name, "") for name in self.fields} | {"parent": ""}
        return cleaned

    def clean_email(self) -> str:
        try:
            address = normalise_address(self.cleaned_data["email"])
        except ValueError as error:
            raise ValidationError(EmailValidator.message, code="invalid") from error
        if len(address.encode()) > ADDRESS_MAX_BYTES:
            raise ValidationError(_("This address is too long."), code="max_length")
        return address

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and not website.lower().startswith(("http://", "https://")):
            raise ValidationError(_("The address of a website begins with https://"))
        return website


class DiscussionClosed(Exception):
    """The article takes no comments."""


@dataclass(frozen=True)
class Invalid(Exception):
    """Something that was sent cannot be taken; the form says what, field by field."""

    form: CommentForm

    def __str__(self) -> str:
        # Tracebacks quote this in logs, and a form would be quoted with the address in it.
        return f"wrong: {', '.join(self.form.errors)}"


@dataclass(frozen=True)
class Accepted:
    """A comment that was kept, and the code of its receipt: shown now, and never again."""

    comment: Comment
    receipt: str

    @property
    def receipt_url(self) -> str:
        return reverse("receipt", args=[self.receipt])


def submit(article: Article, data: Any, *, at: datetime | None = None) -> Accepted:
    """Take a comment on a public article and hold it for the moderators.

    `data` is what a form would be given; `at` is when it was sent (default: now). Raises
    DiscussionClosed and Invalid.
    """
    if not article.comments_open:
        raise DiscussionClosed
    form = CommentForm(data, article=article)
    if not form.is_valid():
        raise Invalid(form)
    receipt = new_receipt_code()
    with transaction.atomic():
        comment = Comment.objects.create(
            article=article,
            parent=form.cleaned_data["parent"],
            commenter=_commenter(form.cleaned_data["email"]),
            name=form.cleaned_data["name"],
            website=form.cleaned_data["website"],
            body=form.cleaned_data["body"],
            submitted_at=at or timezone.now(),
            receipt_digest=receipt_digest(receipt),
        )
    return Accepted(comment, receipt)


def _commenter(address: str) -> Commenter:
    """Whoever writes under this address; the address itself goes no further than this."""
    return Commenter.objects.get_or_create(
        digest=address_digest(address), defaults={"sealed_address": lambda: seal(address)}
    )[0]
