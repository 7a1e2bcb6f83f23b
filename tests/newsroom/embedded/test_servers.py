"""A folder has one server, which its owner alone reaches, and which tells no secrets."""

import re
import shutil
import subprocess
from pathlib import Path

import psutil
import psycopg
import pytest

from newsroom import embedded
from newsroom.embedded import server
from tests.newsroom.clusters import (
    comes_true,
    keepers_of,
    nothing_runs_in,
    postgres_of,
    query,
    servers_of,
)

ADDRESS = "reader@example.org"


def test_the_first_use_makes_a_cluster_that_answers_in_utf_8(new_directory: Path) -> None:
    embedded.ensure_running(new_directory)
    settings = query(
        new_directory,
        "SELECT current_setting('server_encoding'), current_setting('fsync'), current_database()",
    )
    assert settings == [("UTF8", "on", "newsroom")]


def test_a_second_call_finds_the_same_server(directory: Path) -> None:
    embedded.ensure_running(directory)
    first = [process.pid for process in servers_of(directory)]
    embedded.ensure_running(directory)
    assert len(first) == 1
    assert [process.pid for process in servers_of(directory)] == first


def test_no_tcp_port_is_listened_on(directory: Path) -> None:
    embedded.ensure_running(directory)
    processes = postgres_of(directory)
    assert len(processes) > 1
    assert [process.net_connections(kind="inet") for process in processes] == [[]] * len(processes)


def test_only_the_owner_can_reach_the_socket_and_no_folder_above_changes(
    new_directory: Path,
) -> None:
    above = [new_directory.parents[1], Path("/tmp")]
    before = [folder.stat().st_mode for folder in above]
    embedded.ensure_running(new_directory)
    assert oct(new_directory.parents[1].stat().st_mode & 0o777) == "0o700"
    assert [folder.stat().st_mode for folder in above] == before
    inside = [
        new_directory,
        embedded.socket_directory(new_directory),
        server.data_directory(new_directory),
    ]
    assert [oct(folder.stat().st_mode & 0o777) for folder in inside] == ["0o700"] * 3


def test_processes_that_start_at_once_share_one_server(new_directory: Path, start) -> None:
    processes = [start(new_directory) for _ in range(4)]
    assert [process.is_served() for process in processes] == [True] * 4
    assert len(keepers_of(new_directory)) == 1
    assert len(servers_of(new_directory)) == 1


# Folders


def test_a_half_made_cluster_is_made_anew(new_directory: Path) -> None:
    unfinished = new_directory / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    embedded.ensure_running(new_directory)
    assert not unfinished.exists()
    assert query(new_directory, "SELECT 1") == [(1,)]


def test_two_folders_have_two_servers(directory: Path, new_directory: Path) -> None:
    embedded.ensure_running(directory)
    embedded.ensure_running(new_directory)
    query(new_directory, "CREATE TABLE only_here ()")
    assert query(new_directory, "SELECT to_regclass('only_here')") == [("only_here",)]
    assert query(directory, "SELECT to_regclass('only_here')") == [(None,)]
    embedded.stop_using(new_directory)
    assert nothing_runs_in(new_directory)
    assert query(directory, "SELECT 1") == [(1,)]


def test_two_paths_of_one_folder_have_one_server(directory: Path) -> None:
    other_path = directory.parents[1] / "link" / "postgresql"
    other_path.parent.symlink_to("var")
    embedded.ensure_running(directory)
    embedded.ensure_running(other_path)
    assert query(other_path, "SELECT 1") == [(1,)]
    assert len(servers_of(directory.parents[1])) == 1
    embedded.stop_using(other_path)
    assert len(servers_of(directory.parents[1])) == 1


def test_a_folder_that_others_could_enter_is_closed(new_directory: Path) -> None:
    new_directory.mkdir(parents=True, mode=0o755)
    embedded.ensure_running(new_directory)
    assert oct(new_directory.stat().st_mode & 0o777) == "0o700"


def test_a_removed_folder_is_made_anew_without_a_second_server(new_directory: Path) -> None:
    embedded.ensure_running(new_directory)
    (first,) = servers_of(new_directory)
    shutil.rmtree(new_directory)
    embedded.ensure_running(new_directory)
    assert query(new_directory, "SELECT 1") == [(1,)]
    assert not first.is_running()


def test_a_process_file_that_names_another_living_program_does_not_stop_the_start(
    directory: Path,
) -> None:
    embedded.ensure_running(directory)
    embedded.stop_using(directory)
    foreign = subprocess.Popen(
        server.as_server_account(["sleep", "60"], directory, death_signal="KILL")
    )
    try:
        server.process_file(directory).write_text(f"{foreign.pid}\n")
        embedded.ensure_running(directory)
        assert query(directory, "SELECT 1") == [(1,)]
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


# The log


def test_no_readers_words_or_address_get_into_the_log(directory: Path) -> None:
    embedded.ensure_running(directory)
    query(directory, "CREATE TABLE addresses (address text UNIQUE)")
    add = "INSERT INTO addresses VALUES (%(address)s)"
    query(directory, add, address=ADDRESS)
    with pytest.raises(psycopg.errors.UniqueViolation, match=re.escape(ADDRESS)):
        query(directory, add, address=ADDRESS)
    with pytest.raises(psycopg.errors.InvalidTextRepresentation, match=re.escape(ADDRESS)):
        query(directory, f"SELECT '{ADDRESS}'::bigint")
    with psycopg.connect(
        host=str(embedded.socket_directory(directory)), user="newsroom", dbname="newsroom"
    ) as connection:
        killed = psutil.Process(connection.info.backend_pid)
        connection.execute(f"SELECT '{ADDRESS}'")
        killed.kill()
        connection.close()
    log = server.server_log(directory)
    assert comes_true(lambda: "terminated by signal 9" in log.read_text())
    after = "ready to accept connections"
    assert comes_true(lambda: after in log.read_text().rpartition("terminated by signal 9")[2])
    assert ADDRESS not in log.read_text()


def test_a_long_log_is_begun_anew(directory: Path) -> None:
    log = server.server_log(directory)
    log.write_bytes(b"." * (server.LOG_LIMIT + 1))
    embedded.ensure_running(directory)
    assert 0 < log.stat().st_size < 10_000
