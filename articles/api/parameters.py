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
from articles.arabic import SLUG_CHARACTERS

FIELDS = "fields"
# Which names it takes, the schema reads off what is answered.
FIELDS_PARAMETER = OpenApiParameter(
    FIELDS,
    {"type": "array", "items": {"type": "string"}, "minItems": 1},
    description="The fields wanted, parted by commas. Default: all.",
    style="form",
    explode=False,
)
SLUG_PARAMETER = OpenApiParameter(
    "slug",
    str,
    OpenApiParameter.PATH,
    description="The slug of an article, as its `slug` says it; a former one leads to it.",
    pattern=f"^{SLUG_CHARACTERS}+$",
)


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Raises ValidationError that names each parameter of the address that nobody knows, or that
    has no value.

    A filter with a slip in its name, or with nothing to look for, would else answer all there is.
    """
    unknown = sorted(set(request.query_params) - known)
    told = _("Not known here. Known are: %(known)s.") % {"known": ", ".join(sorted(known)) or "-"}
    errors = {name: [told] for name in unknown}
    empty = sorted(name for name in known if request.query_params.get(name) == "")
    errors |= {name: [_("Give a value, or leave this out.")] for name in empty}
    if errors:
        raise ValidationError(errors)


def selected_fields(request: Request, known: dict[str, Field]) -> set[str] | None:
    """The fields that `?fields=` asks for; None for all. An unknown name is an error."""
    # Some clients write one parameter for each.
    asked = request.query_params.getlist(FIELDS)
    if not asked:
        return None
    names = {name.strip() for name in ",".join(asked).split(",")} - {""}
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
