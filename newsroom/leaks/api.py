"""Every answer of the API: the operations and parameters are read from its own schema."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.auth.models import User
from drf_spectacular.generators import SchemaGenerator

from articles import tokens
from articles.models import Scope
from newsroom.leaks.edition import SUPERUSER
from newsroom.leaks.ground import Ground, texts_of
from newsroom.leaks.telling import GUESSES
from newsroom.leaks.text import API, Text, desk_page
from newsroom.leaks.visiting import Answer, Visitor

_EXAMPLES = 3
_MOMENTS = {"date-time": "2020-01-01T00:00:00Z", "date": "2020-01-01", "uuid": "0" * 32}
_IN_BRACES = re.compile(r"\{(\w+)\}")

Schema = dict[str, Any]


def public_api_texts(ground: Ground, client: Visitor) -> Iterator[Text]:
    """Each operation for everybody, and its description by OPTIONS."""
    for template, operations in schema()["paths"].items():
        if not _wants_a_token(operations):
            yield from _texts_of_a_path(ground, client, template, operations, of=API)


def desk_api_texts(ground: Ground, role: str, user: User) -> Iterator[Text]:
    """Each operation for the newsroom's programs, with a token that is good for all of them."""
    _token, told = tokens.make(user, name="leak scan", scopes=[*Scope], days=1)
    client = Visitor(ground.visits, token=told)
    for template, operations in schema()["paths"].items():
        if _wants_a_token(operations):
            is_for_all = role == SUPERUSER
            yield from _texts_of_a_path(
                ground, client, template, operations, of=desk_page(role), is_for_all=is_for_all
            )


def _wants_a_token(operations: Schema) -> bool:
    return any("security" in operation for operation in operations.values())


def _texts_of_a_path(
    ground: Ground,
    client: Visitor,
    template: str,
    operations: Schema,
    *,
    of: str,
    is_for_all: bool = True,
) -> Iterator[Text]:
    """Each operation with each value of each parameter; `of` is the kind of the texts.

    It is a gap where no row was found to ask for, as long as the client may ask for all.
    """
    addresses = list(examples(client, template))
    if not addresses and is_for_all:
        ground.planting.surprises.append(f"no example of {template} was found in the API")
    for address in addresses:
        yield from texts_of(of, client.options(address))
    if "get" in operations and addresses:
        for address in addresses:
            yield from texts_of(of, client.get(address))
        yield from _with_parameters(ground, client, addresses[0], operations["get"], of=of)


def schema() -> Schema:
    """The OpenAPI schema as clients are given it."""
    described: Schema = SchemaGenerator().get_schema(request=None, public=True)
    return described


def query_parameters(operation: Schema) -> list[Schema]:
    return [each for each in operation.get("parameters", []) if each.get("in") == "query"]


def examples(client: Visitor, template: str) -> Iterator[str]:
    """Addresses for a path with names in braces, filled from the list that it is a part of."""
    placeholder = _IN_BRACES.search(template)
    if placeholder is None:
        yield template
        return
    listed = client.get(template[: placeholder.start()])
    for item in _results(listed)[:_EXAMPLES]:
        value = item.get(placeholder[1])
        if value is not None:
            rest = template[placeholder.end() :]
            yield from examples(client, template[: placeholder.start()] + quote(str(value)) + rest)


def _with_parameters(
    ground: Ground, client: Visitor, address: str, operation: Schema, *, of: str
) -> Iterator[Text]:
    plain = client.get(address)
    parameters = query_parameters(operation)
    for parameter in parameters:
        for value in likely_values(parameter, plain):
            yield from texts_of(
                of, client.get(f"{address}?{urlencode({parameter['name']: value})}")
            )
    named = {parameter["name"] for parameter in parameters}
    unlisted = ground.visits.parameters[plain.view] - named
    for name in sorted(named | unlisted):
        yield from ground.teller.ask(client, address, [name])
    yield from ground.teller.ask(client, address, set(GUESSES) - named - unlisted)


def likely_values(parameter: Schema, plain: Answer) -> list[str]:
    """Values that a client would send: those the schema names, and those the answers hold."""
    described = parameter.get("schema", {})
    if "enum" in described:
        return [str(value) for value in described["enum"]]
    kind = described.get("type")
    if kind == "boolean":
        return ["true", "false"]
    if kind in {"integer", "number"}:
        return ["1", "2", "100"]
    if described.get("format") in _MOMENTS:
        return [_MOMENTS[described["format"]]]
    held = [text for item in _results(plain) for text in _texts(item.get(parameter["name"]))]
    return [*dict.fromkeys(held), "الأرصفة"][:_EXAMPLES]


def _results(answer: Answer) -> list[dict[str, Any]]:
    """The items of a list that was answered, or the one item."""
    found = answer.json()
    if isinstance(found, dict):
        found = found.get("results", [found])
    return [item for item in found or [] if isinstance(item, dict)]


def _texts(value: Any) -> Iterator[str]:
    """The texts by which a filter would know this value: itself, or its slug."""
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield from _texts(value.get("slug"))
    elif value is not None:
        yield str(value)
