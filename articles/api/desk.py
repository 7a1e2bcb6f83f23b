"""What all addresses for the newsroom's own programs have in common."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status, viewsets
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    Throttled,
)

from articles.api.authentication import InScope, TokenAuthentication
from articles.api.parameters import Strict
from articles.models import Scope
from articles.numbers import whole_number

NUMBER_PARAMETER = OpenApiParameter("id", int, OpenApiParameter.PATH, description="Its number.")


class Conflict(APIException):
    """It cannot be done with the thing as it stands now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class DeskViewSet(Strict, viewsets.GenericViewSet):
    """For whoever has a token with the `scope`; no cache keeps what is answered."""

    scope: Scope
    authentication_classes = [TokenAuthentication]
    permission_classes = [InScope]
    filter_backends: list[Any] = []
    lookup_value_regex = "[0-9]+"

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def handle_exception(self, exc: Exception) -> Any:
        """Whoever knocks without a token counts as a client; a row that has just gone is none."""
        if isinstance(exc, AuthenticationFailed | NotAuthenticated):
            try:
                self.check_throttles(self.request)
            except Throttled as too_many:
                exc = too_many
        return super().handle_exception(NotFound() if isinstance(exc, ObjectDoesNotExist) else exc)

    def require(self, right: str) -> None:
        """Raises PermissionDenied where the account has not this right, as the desk would."""
        if not self.request.user.has_perm(right):
            raise PermissionDenied

    def key(self, pk: str) -> int:
        """The key in the address. Raises NotFound for a number that no row can have."""
        key = whole_number(pk)
        if key is None:
            raise NotFound
        return key
