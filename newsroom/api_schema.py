"""The schema of the API, made whole: in English whatever the site speaks, with the answers that all
operations of a kind give, and with what no serializer says of parameters and fields."""

from typing import Any

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

from articles.api.paging import CURSOR
from articles.api.parameters import FIELDS
from newsroom.api_answers import HEADERS, SCHEMAS, answers_of, header_references

Schema = dict[str, Any]

_IF_UNCHANGED: Schema = {
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` of the answer that you have; 304 where it is still the same.",
        "schema": {"type": "string"},
    },
    "IfModifiedSince": {
        "name": "If-Modified-Since",
        "in": "header",
        "description": "The `Last-Modified` of the answer that you have, where it is all you have.",
        "schema": {"type": "string"},
    },
}
# Nothing to look for is refused, and so is a character that no text of PostgreSQL can hold.
_SOME_TEXT = r"^[^\u0000]+$"
_NO_NUL = r"^[^\u0000]*$"


class EnglishSchema(SchemaGenerator):
    """The same schema whatever language the site speaks."""

    def get_schema(self, *args: Any, **kwargs: Any) -> Any:
        with override("en"):
            return super().get_schema(*args, **kwargs)


def complete(result: Schema, **_kwargs: Any) -> Schema:
    """The hook that tells what is true of every operation of a kind."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(SCHEMAS)
    components |= {"headers": HEADERS, "parameters": _IF_UNCHANGED}
    # A change leaves out what it likes, and never on what it is based.
    components["schemas"]["PatchedDraftChange"]["required"] = ["revision"]
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            _tell_answers(operation, path, method)
            _tell_parameters(operation, method)
            _tell_fields(operation, components["schemas"])
            if "/desk/" in path and "requestBody" in operation:
                _take_nothing_else(operation["requestBody"], components["schemas"])
    for schema in components["schemas"].values():
        for told in schema.get("properties", {}).values():
            _without_label(told)
    return result


def _tell_answers(operation: Schema, path: str, method: str) -> None:
    answers = operation["responses"]
    for status, answer in answers_of(path, method).items():
        answers.setdefault(status, answer.told())
    for status, told in answers.items():
        if status.startswith("2"):
            told["description"] = told["description"] or "As asked."
    if method == "get":
        names = ["ETag", "Last-Modified", *(["Link"] if _parameter(operation, CURSOR) else [])]
        answers["200"]["headers"] = header_references(*names)
    operation["responses"] = dict(sorted(answers.items()))


def _tell_parameters(operation: Schema, method: str) -> None:
    parameters = operation.setdefault("parameters", [])
    for each in parameters:
        schema = _without_label(each["schema"])
        if each["in"] == "query" and schema.keys() == {"type"} and schema["type"] == "string":
            schema["pattern"] = _SOME_TEXT
    if method == "get":
        parameters += [{"$ref": f"#/components/parameters/{name}"} for name in _IF_UNCHANGED]


def _tell_fields(operation: Schema, schemas: Schema) -> None:
    """What `fields` takes is what is answered, of which no field need then be there."""
    parameter = _parameter(operation, FIELDS)
    if parameter is None:
        return
    (answer,) = operation["responses"]["200"]["content"].values()
    row = _component(answer["schema"], schemas)
    if "results" in row["properties"]:
        row = _component(row["properties"]["results"]["items"], schemas)
    items = parameter["schema"]["items"] | {"enum": [*row["properties"]]}
    parameter["schema"] = parameter["schema"] | {"items": items}
    row.pop("required", None)


def _take_nothing_else(body: Schema, schemas: Schema) -> None:
    """What programs of the newsroom send is refused where it has a field that nobody knows, or a
    character that no text of PostgreSQL can hold.
    """
    for content in body["content"].values():
        sent = _component(content["schema"], schemas)
        sent["additionalProperties"] = False
        body["required"] = "required" in sent
        for field in sent["properties"].values():
            for text in (field, field.get("items", {})):
                if text.get("type") == "string" and "format" not in text:
                    text["pattern"] = _NO_NUL


def _parameter(operation: Schema, name: str) -> Schema | None:
    parameters = operation.get("parameters", ())
    return next((each for each in parameters if each.get("name") == name), None)


def _component(reference: Schema, schemas: Schema) -> Schema:
    found: Schema = schemas[reference["$ref"].rpartition("/")[2]]
    return found


def _without_label(schema: Schema) -> Schema:
    """Labels are those of the desk's forms."""
    schema.pop("title", None)
    return schema
