"""The keys of an answer of the API, and those that the schema tells of it, written as paths."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def keys_of(answer: Any, above: str = "") -> Iterator[str]:
    """`results[].image.alt`: each key of an answer behind those above it."""
    if isinstance(answer, list):
        for each in answer:
            yield from keys_of(each, f"{above}[]")
    elif isinstance(answer, dict):
        for name, each in answer.items():
            path = f"{above}.{name}".removeprefix(".")
            yield path
            yield from keys_of(each, path)


def documented_keys(schema: Schema, node: Schema, above: str = "") -> Iterator[str]:
    """The same of all that a part of the schema says may be answered."""
    if "$ref" in node:
        component = schema["components"]["schemas"][node["$ref"].rpartition("/")[2]]
        yield from documented_keys(schema, component, above)
    for each in (part for word in ("allOf", "anyOf", "oneOf") for part in node.get(word, ())):
        yield from documented_keys(schema, each, above)
    if "items" in node:
        yield from documented_keys(schema, node["items"], f"{above}[]")
    for name, each in node.get("properties", {}).items():
        path = f"{above}.{name}".removeprefix(".")
        yield path
        yield from documented_keys(schema, each, path)


def documented_answer(schema: Schema, path: str, method: str = "get", status: int = 200) -> Schema:
    """The part of the schema for what an operation answers."""
    answer = schema["paths"][path][method]["responses"][str(status)]
    described: Schema = answer["content"]["application/json"]["schema"]
    return described
