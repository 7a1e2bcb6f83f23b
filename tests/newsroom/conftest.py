"""What the tests of the whole share."""

from collections.abc import Iterator

import pytest
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """Where a server of its own listens: pytest-django's fixture starts before the settings are."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()
