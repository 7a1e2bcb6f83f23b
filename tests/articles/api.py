"""The API of articles as its tests read it."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

LIST = "/api/v1/articles/"


def titles(client: Client, **query: Any) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200, response.content
    return [each["title"] for each in response.json()["results"]]


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def all_pages(client: Client, address: str | None, field: str) -> list[list[Any]]:
    """This field of all rows, page by page, from an address on along `next`."""
    pages = []
    while address:
        answer = client.get(address).json()
        pages.append([each[field] for each in answer["results"]])
        address = answer["next"]
    return pages
