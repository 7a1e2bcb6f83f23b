"""How many requests of the API one client, or one token, may make in a minute.

A client is a network as the flood limits of comments know it, by a digest under a salt that dies
with the process: no address is kept. Each process counts by itself, so a client may be let through
up to once more for each worker; a count that all share would cost a write for every read. What is
counted has a room of its own, in which those that ask least are forgotten first: many addresses
make nobody's count higher.
"""

import secrets
from typing import Any

from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from comments.api.throttled import TooMany
from comments.privacy import KEY_SIZE, network_digest, network_of

_SALT = secrets.token_bytes(KEY_SIZE)
_OWN_MACHINE = {network_of("127.0.0.1"), network_of("::1")}


class _Throttle(SimpleRateThrottle):
    cache: Any = ConnectionProxy(caches, "throttles")

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        sender = self.sender(request)
        return self.cache_format % {"scope": self.scope, "ident": sender} if sender else None

    def sender(self, request: Request) -> str | None:
        """By whom this request counts; None where it does not."""
        raise NotImplementedError

    def throttle_failure(self) -> bool:
        raise TooMany(self.wait(), _("Too many requests. Wait a little, then try again."))


class Reads(_Throttle):
    """Whatever is read."""

    scope = "reads"

    def sender(self, request: Request) -> str | None:
        if request.method not in SAFE_METHODS:
            return None
        return _token(request) or _client(request)


class Posts(_Throttle):
    """Whatever is sent without a token. What becomes of a comment, its own limits say."""

    scope = "posts"

    def sender(self, request: Request) -> str | None:
        if request.method in SAFE_METHODS or request.auth is not None:
            return None
        return _client(request)


class TokenWrites(_Throttle):
    """Whatever is sent with a token."""

    scope = "token-writes"

    def sender(self, request: Request) -> str | None:
        return None if request.method in SAFE_METHODS else _token(request)


def _token(request: Request) -> str | None:
    return None if request.auth is None else f"token-{request.auth.pk}"


def _client(request: Request) -> str | None:
    """The digest of the network. None for this very machine: what stands on it, a front end or a
    proxy that nobody has named, speaks for many, and one of them would shut all others out.
    """
    try:
        network = network_of(request.META["REMOTE_ADDR"])
    except ValueError:  # reached by a socket that knows no addresses
        return None
    return None if network in _OWN_MACHINE else network_digest(_SALT, network).hex()
