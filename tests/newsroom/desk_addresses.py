"""Every address of the desk, made concrete by rows that the tests have written."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.test import Client
from django.urls import URLPattern

_PLACEHOLDER = re.compile(r"(?:\(\?P)?<(?:\w+:)?(\w+)>(?:\.\*\))?")
_APPS = re.compile(r"\(\?P<app_label>([\w|]+)\)")
# Placeholders that hold the key of what the address is about.
_KEYS = {"object_id", "pk", "id", "key", "commenter_id"}

Rows = dict[str, dict[str, Any]]


def addresses(rows: Rows, others: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each route of the desk with a note of its row, and the address that it is for that row.

    `rows` are by model (`articles/article`) and name; `others` are values of further placeholders.
    """
    for route in routes(admin.site.get_urls()):
        for each in _apps_written_out(route):
            model = "/".join(each.split("/")[:2])
            named = {name for name in _PLACEHOLDER.findall(each) if name in _KEYS}
            for name, key in (rows[model] if named and model in rows else {"": 0}).items():
                yield (
                    f"/admin/{each} [{name}]" if name else f"/admin/{each}",
                    "/admin/"
                    + _PLACEHOLDER.sub(lambda found, key=key: _value(found[1], key, others), each),
                )


def answer(client: Client, address: str) -> str:
    """What the address answers to a look: its status, or `login` where it leads to the door."""
    response = client.get(address)
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "login"
    return str(response.status_code)


def _value(name: str, key: Any, others: dict[str, Any]) -> str:
    return str(key if name in _KEYS else others[name])


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """The patterns of all addresses, each with what stands before it."""
    for each in patterns:
        if isinstance(each, URLPattern):
            yield prefix + str(each.pattern).removeprefix("^").removesuffix("$")
        else:
            yield from routes(each.url_patterns, prefix + str(each.pattern))


def _apps_written_out(route: str) -> list[str]:
    found = _APPS.search(route)
    if found is None:
        return [route]
    return [_APPS.sub(app, route) for app in found[1].split("|")]
