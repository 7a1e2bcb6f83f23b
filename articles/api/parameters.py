"""What else a request of the API can ask, and that what nobody knows is refused."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.fields import Field
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.conditional import conditional
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


class Reading:
    """What a viewset does that is read: it answers 304 to whoever has these very bytes, and refuses
    what it does not know. `parameters` names what each action knows.
    """

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if isinstance(response, Response):
            response.add_post_render_callback(partial(conditional, request))
        return response

    def parameters(self) -> set[str]:
        return set()

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method in {"GET", "HEAD"}:
            refuse_unknown(request, self.parameters())
