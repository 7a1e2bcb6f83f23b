"""What a client sends: read within the site's limit, and refused by name where it cannot be."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.request import Request


class TooLarge(APIException):
    """More was sent than the site takes at once."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("This is too much at once.")
    default_code = "too_large"


def sent_object(request: Request) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises ParseError, also for brackets without end, ValidationError for another shape, TooLarge.
    """
    try:
        # The framework's parser knows no limit; Django's own reading does.
        len(request._request.body)
        sent = request.data
    except RequestDataTooBig as error:
        raise TooLarge from error
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
    return [*map(str, errors)]


def refuse_unknown_fields(sent: dict[str, Any], known: set[str]) -> None:
    """Raises ValidationError that names each unknown field: a slip would lose its value."""
    unknown = sorted(set(sent) - known)
    if unknown:
        told = _("Not known here. Known are: %(known)s.") % {"known": ", ".join(sorted(known))}
        raise ValidationError({name: [told] for name in unknown})
