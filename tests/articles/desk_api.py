"""A program of the newsroom, as the tests of its API send with it."""

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from articles import tokens
from articles.models import Scope

DESK = "/api/v1/desk/"
STORIES = f"{DESK}articles/"
PICTURES = f"{DESK}images/"
COMMENTS = f"{DESK}comments/"


class Program(Client):
    """Sends JSON with the token of an account."""

    def __init__(self, told: str) -> None:
        super().__init__(HTTP_AUTHORIZATION=f"Bearer {told}")

    def send(self, method: str, address: str, body: str, **more: Any) -> Any:
        return getattr(super(), method)(address, body, content_type="application/json", **more)

    def upload(self, address: str, **fields: Any) -> Any:
        """Send a form with files."""
        return super().post(address, fields)

    def post(self, address: str, data: Any = None, **more: Any) -> Any:  # type: ignore[override]
        return self.send("post", address, json.dumps(data or {}), **more)

    def patch(self, address: str, data: Any = None, **more: Any) -> Any:  # type: ignore[override]
        return self.send("patch", address, json.dumps(data or {}), **more)


def program_of(user: User, *scopes: Scope) -> Program:
    _token, told = tokens.make(user, name="برنامج", scopes=scopes, days=30)
    return Program(told)
