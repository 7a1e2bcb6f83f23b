"""Every address outside the desk, made concrete by values for its placeholders."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.urls import get_resolver

from tests.newsroom.desk_addresses import routes

_PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses(values: dict[str, Any]) -> Iterator[str]:
    """The address of each route, and that of each probe; what has no value given is `1`."""
    yield from ("/healthz", "/readyz")
    for route in routes(get_resolver().url_patterns):
        if not route.startswith("admin/"):
            yield _PLACEHOLDER.sub(lambda found: str(values.get(found[1], "1")), _plain(route))


def _plain(route: str) -> str:
    """With a slash before it, and without what a regular expression has beside placeholders."""
    return simplify_regex(route)
