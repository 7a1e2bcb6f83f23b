"""What else a request of the API can ask, and that what nobody knows is refused."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.fields import Field
from rest_framework.request import Request

from articles.api.surrogates import SurrogateKeys

FIELDS = "fields"
FIELDS_PARAMETER = OpenApiParameter(
    FIELDS, str, description="The fields wanted, parted by commas. Default: all."
)


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Raises ValidationError that names each parameter of the address that nobody knows.

    A filter with a slip in its name would else answer all there is.
    """
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        told = _("Not known here. Known are: %(known)s.") % {
            "known": ", ".join(sorted(known)) or "-"
        }
        raise ValidationError({name: [told] for name in unknown})


def selected_fields(request: Request, known: dict[str, Field]) -> set[str] | None:
    """The fields that `?fields=` asks for; None for all. An unknown name is an error."""
    asked = request.query_params.get(FIELDS)
    if asked is None:
        return None
    names = {name.strip() for name in asked.split(",")} - {""}
    unknown = sorted(names - set(known))
    if unknown or not names:
        raise ValidationError(
            {
                FIELDS: [
                    _("Not known: %(unknown)s. Known are: %(known)s.")
                    % {"unknown": ", ".join(unknown), "known": ", ".join(known)}
                ]
            }
        )
    return names


class Strict:
    """What a viewset does that refuses parameters it does not know; `parameters` names those that
    each action knows.
    """

    def parameters(self) -> set[str]:
        return set()

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method in {"GET", "HEAD"}:
            refuse_unknown(request, self.parameters())


class Reading(Strict):
    """What a viewset does that everybody reads: it names what it shows.

    `listed` are the rows on which its lists depend.
    """

    listed: Sequence[str] = ()

    @cached_property
    def surrogate_keys(self) -> SurrogateKeys:
        return SurrogateKeys()

    def get_serializer_context(self) -> dict[str, Any]:
        context = super().get_serializer_context()  # type: ignore[misc]
        return {**context, "surrogate_keys": self.surrogate_keys}

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if request.method in {"GET", "HEAD"} and response.status_code == 200:
            if self.action == "list":  # type: ignore[attr-defined]
                self.surrogate_keys.depend_on(*self.listed)
            response["Surrogate-Key"] = str(self.surrogate_keys)
        return response
