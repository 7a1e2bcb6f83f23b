"""The folders and the users of the servers that are tested."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsroom import embedded
from tests.newsroom.clusters import Process, cleared_up_after, end_all_in, make_parent


@pytest.fixture
def new_directory() -> Iterator[Path]:
    """Give the path of a folder that does not exist yet."""
    with cleared_up_after(make_parent()) as directory:
        yield directory


@pytest.fixture(scope="module")
def parent_of_cluster() -> Iterator[Path]:
    parent = make_parent()
    with cleared_up_after(parent) as directory:
        embedded.ensure_running(directory)
        embedded.stop_using(directory)
        yield parent


@pytest.fixture
def directory(parent_of_cluster: Path) -> Iterator[Path]:
    """Give a folder with a cluster whose server does not run."""
    directory = parent_of_cluster / "var" / "postgresql"
    yield directory
    end_all_in(directory)


@pytest.fixture
def start() -> Iterator[Callable[[Path], Process]]:
    started = []

    def start_process(where: Path) -> Process:
        started.append(Process(where))
        return started[-1]

    yield start_process
    for process in started:
        process.kill()
