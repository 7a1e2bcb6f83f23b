"""The operations of the API as its schema tells them."""

from typing import Any

API = "/api/v1/"


def operations(schema: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Each operation by its method and its address below that of the API."""
    return {
        (method, path.removeprefix(API)): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }
