"""What the tests of the whole share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """Where a server of its own listens: pytest-django's fixture starts before the settings are."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture
def schema(client: Client) -> dict[str, Any]:
    """The schema of the API as it is served."""
    told: dict[str, Any] = client.get(
        "/api/v1/schema/", headers={"accept": "application/json"}
    ).json()
    return told
