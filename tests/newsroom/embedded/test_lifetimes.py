"""A server runs while somebody uses it, is not left behind, and comes back when it was killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from newsroom import embedded
from tests.newsroom.clusters import (
    PATIENCE,
    PROJECT,
    comes_true,
    keepers_of,
    kill_all,
    nothing_runs_in,
    postgres_of,
    processes_of,
    query,
    servers_of,
)

FORK = """
import os, sys, time
from pathlib import Path
from newsroom import embedded
embedded.ensure_running(Path(sys.argv[1]))
if os.fork():
    os._exit(0)
if sys.argv[2] == "uses it":
    embedded.ensure_running(Path(sys.argv[1]))
print(os.getpid(), flush=True)
time.sleep(60)
"""


@contextmanager
def forked_child(directory: Path, what_it_does: str) -> Iterator[psutil.Process]:
    """Let a process use the server, fork, and end at once; give its child, which lives on."""
    command = [sys.executable, "-c", FORK, str(directory), what_it_does]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert parent.wait(timeout=PATIENCE) == 0
        yield child
        kill_all([child])


def test_nothing_is_left_when_the_last_user_has_ended(directory: Path, start) -> None:
    first, second = start(directory), start(directory)
    assert first.is_served()
    assert second.is_served()
    first.end()
    assert len(servers_of(directory)) == 1
    second.end()
    assert nothing_runs_in(directory)


def test_nothing_is_left_when_the_only_user_is_killed(directory: Path, start) -> None:
    user = start(directory)
    assert user.is_served()
    user.kill()
    assert comes_true(lambda: nothing_runs_in(directory))


def test_nothing_is_left_when_the_user_is_killed_during_the_very_first_start(
    new_directory: Path, start
) -> None:
    user = start(new_directory)
    assert comes_true(lambda: len(postgres_of(new_directory)) > 0)
    user.kill()
    assert comes_true(lambda: nothing_runs_in(new_directory))
    embedded.ensure_running(new_directory)
    assert query(new_directory, "SELECT 1") == [(1,)]


def test_the_server_ends_when_its_keeper_is_killed_and_starts_again_when_needed(
    directory: Path,
) -> None:
    embedded.ensure_running(directory)
    kill_all(keepers_of(directory))
    assert comes_true(lambda: nothing_runs_in(directory))
    embedded.ensure_running(directory)
    assert query(directory, "SELECT 1") == [(1,)]


def test_a_killed_server_is_started_again_at_once(directory: Path) -> None:
    embedded.ensure_running(directory)
    keepers = keepers_of(directory)
    kill_all(servers_of(directory))
    psutil.wait_procs(keepers, timeout=PATIENCE)
    embedded.ensure_running(directory)
    assert query(directory, "SELECT 1") == [(1,)]


def test_a_keeper_asked_to_stop_stops_its_server(directory: Path) -> None:
    embedded.ensure_running(directory)
    (keeper,) = keepers_of(directory)
    keeper.terminate()
    assert comes_true(lambda: nothing_runs_in(directory))


def test_what_was_committed_survives_the_killing_of_everything(directory: Path, start) -> None:
    user = start(directory)
    assert user.is_served()
    query(directory, "CREATE TABLE kept (word text)")
    query(directory, "INSERT INTO kept VALUES (%(word)s)", word="خبر")
    kill_all(processes_of(directory))
    user.kill()
    assert start(directory).is_served()
    assert query(directory, "SELECT word FROM kept") == [("خبر",)]


def test_a_forked_child_keeps_the_server_after_its_parent_has_ended(directory: Path) -> None:
    with forked_child(directory, "uses it") as child:
        time.sleep(0.5)
        assert query(directory, "SELECT 1") == [(1,)]
        child.kill()
        assert comes_true(lambda: nothing_runs_in(directory))


def test_a_forked_child_that_does_not_use_the_server_does_not_keep_it(directory: Path) -> None:
    with forked_child(directory, "leaves it alone") as child:
        assert comes_true(lambda: nothing_runs_in(directory))
        assert child.is_running()
