"""What a client sends: read within the site's limit, and refused by name where it cannot be."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request


def sent_object(request: Request) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises ParseError, also for brackets without end, ValidationError for another shape, and
    RequestDataTooBig: the framework's parser knows no limit, Django's own reading does.
    """
    len(request._request.body)
    try:
        sent = request.data
    except (ParseError, RecursionError) as error:
        raise ParseError(_("This is no JSON that can be read.")) from error
    if not isinstance(sent, dict):
        raise ValidationError({"non_field_errors": [_("Send a JSON object.")]})
    return sent


def judged(serializer: Any) -> dict[str, Any]:
    """What a serializer makes of what was sent. Raises ValidationError: texts by field."""
    if not serializer.is_valid():
        raise ValidationError({name: _texts(each) for name, each in serializer.errors.items()})
    values: dict[str, Any] = serializer.validated_data
    return values


def _texts(errors: Any) -> list[str]:
    """The sentences about a field; those about the rows of a list, each once."""
    if isinstance(errors, dict):
        return [*dict.fromkeys(text for each in errors.values() for text in _texts(each))]
    return [_legible(str(each)) for each in errors]


def _legible(text: str) -> str:
    """Without halves of characters: JSON can carry them, no answer can be written with them."""
    return text.encode(errors="replace").decode()


def refuse_unknown_fields(sent: dict[str, Any], known: set[str]) -> None:
    """Raises ValidationError that names each unknown field: a slip would lose its value."""
    unknown = sorted(set(sent) - known)
    if unknown:
        told = _("Not known here. Known are: %(known)s.") % {"known": ", ".join(sorted(known))}
        raise ValidationError({_legible(name): [told] for name in unknown})
