"""What the tests of whole processes share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom.commands import manage, short_folder


@pytest.fixture(scope="session")
def migrated() -> Iterator[Path]:
    """A folder for `VAR_ROOT` with a migrated database, the same for every test of a run."""
    with short_folder() as folder:
        ended = manage("migrate", VAR_ROOT=str(folder))
        assert ended.returncode == 0, ended.stderr
        yield folder
