"""The two pages that come near an address: the exact look-up, and the disclosure.

Both answer a POST with the page itself. Nothing of what was typed or disclosed goes into an
address of the site, a message, a session, Django's own log of the admin, or back into the form.
"""

from typing import Any, cast

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from articles.arabic import is_blank
from comments import addresses
from comments.admin.fields import validate_no_address
from comments.models import AddressAccess, Commenter
from comments.posting import validate_whole_characters
from comments.privacy import ADDRESS_MAX_BYTES, normalise_address

LOOK_UP = "comments.look_up_address"
DISCLOSE = "comments.disclose_address"
_SHORTEST_REASON = 10


class WrittenReasonField(forms.CharField):
    """A reason in so many words: it stays in the record for ever, without the address."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reason"),
            max_length=AddressAccess._meta.get_field("reason").max_length,
            help_text=_("Kept for ever beside your name. Leave the address out of it."),
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
            validators=[validate_whole_characters, _validate_written_out, validate_no_address],
        )


def _validate_written_out(value: str) -> None:
    if sum(not is_blank(character) for character in value) < _SHORTEST_REASON:
        raise ValidationError(_("Write the reason out, in ten letters at least."), "short")


class UnkeptInput(forms.PasswordInput):
    """A field that comes back empty whatever was typed."""

    def __init__(self, input_type: str) -> None:
        super().__init__(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"})
        self.input_type = input_type


class LookUpForm(forms.Form):
    address = forms.EmailField(
        label=_("Exact address"),
        max_length=ADDRESS_MAX_BYTES,
        widget=UnkeptInput("email"),
        validators=[validate_whole_characters],
    )
    reason = WrittenReasonField()

    @sensitive_variables()
    def clean_address(self) -> str:
        try:
            return normalise_address(self.cleaned_data["address"])
        except ValueError as error:
            raise ValidationError(EmailValidator.message, code="invalid") from error


class DisclosureForm(forms.Form):
    private_key = forms.CharField(
        label=_("Private key"),
        max_length=200,
        help_text=_("Used for this one answer. It is kept nowhere."),
        widget=UnkeptInput("password"),
    )
    reason = WrittenReasonField()


@sensitive_post_parameters("address")
@sensitive_variables("form", "address")
def look_up_page(request: HttpRequest, *, desk: ModelAdmin) -> HttpResponse:
    """Whether anybody comments under exactly this address; asked by POST alone, and recorded."""
    _let_in(request, LOOK_UP)
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, desk, "look_up", _("Look up by address"), form=form)
    commenter = addresses.look_up(
        form.cleaned_data["address"],
        by=cast(User, request.user),
        reason=form.cleaned_data["reason"],
    )
    return _page(
        request,
        desk,
        "look_up",
        _("Look up by address"),
        form=LookUpForm(),
        answered=True,
        commenter=commenter,
    )


@sensitive_post_parameters("private_key")
@sensitive_variables("form", "address")
def disclose_page(request: HttpRequest, commenter_id: int, *, desk: ModelAdmin) -> HttpResponse:
    """The address of one commenter, shown in the answer to the POST that brought the key."""
    _let_in(request, DISCLOSE)
    commenter = get_object_or_404(Commenter, pk=commenter_id)
    title = _("Disclose an address")
    form = DisclosureForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, desk, "disclose", title, form=form, commenter=commenter)
    try:
        address = addresses.disclose(
            commenter.pk,
            form.cleaned_data["private_key"],
            by=cast(User, request.user),
            reason=form.cleaned_data["reason"],
        )
    except addresses.WrongKey as refused:
        form.add_error("private_key", str(refused))
        return _page(request, desk, "disclose", title, form=form, commenter=commenter)
    except addresses.Destroyed:
        commenter.refresh_from_db()
        return _page(request, desk, "disclose", title, commenter=commenter)
    return _page(request, desk, "disclose", title, commenter=commenter, address=address)


def _let_in(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _page(
    request: HttpRequest, desk: ModelAdmin, name: str, title: Any, **context: Any
) -> HttpResponse:
    form = context.get("form")
    return TemplateResponse(
        request,
        f"admin/comments/commenter/{name}.html",
        {
            **desk.admin_site.each_context(request),
            "opts": desk.opts,
            "title": title,
            "has_view_permission": desk.has_view_permission(request),
            **context,
        },
        status=422 if form and form.errors else 200,
    )
