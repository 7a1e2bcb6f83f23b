"""Who asks: a program of the newsroom by its token, within what the token is good for."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from articles import tokens
from articles.models import ApiToken, Scope


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Bearer …`; the account is the request's `user`, the token its `auth`."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        try:
            token = tokens.find(key)
        except ApiToken.DoesNotExist as error:
            told = _("This token opens nothing. Make a new one at the desk.")
            raise AuthenticationFailed(told) from error
        return token.user, token


class TokenScheme(OpenApiAuthenticationExtension):
    """The token as the schema tells of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        told = "A token of an account of the newsroom, made at the desk."
        return {"type": "http", "scheme": "bearer", "description": told}


class InScope(BasePermission):
    """Lets through what the token is good for: the view's `scope`."""

    message = _("This token is not good for that.")

    def has_permission(self, request: Request, view: Any) -> bool:
        token: Any = request.auth
        scope: Scope = view.scope
        return token is not None and scope in token.scopes
