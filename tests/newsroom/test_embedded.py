"""The embedded PostgreSQL: real servers, each in a folder of its own below /tmp.

The paths are short because a Unix socket's may not be long, and they hold what a real clone's may:
a blank, and Arabic letters.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from newsroom import embedded
from newsroom.embedded import server

PROJECT = Path(embedded.__file__).parents[2]
AS_ROOT = os.geteuid() == 0
PATIENCE = 20.0  # seconds
ADDRESS = "reader@example.org"

USE = """
import sys
from pathlib import Path
from newsroom import embedded
try:
    embedded.ensure_running(Path(sys.argv[1]))
except embedded.DatabaseUnavailable as error:
    sys.exit(f"refused: {error}")
print("in use", flush=True)
sys.stdin.read()
"""

DJANGO = """
import sys
from pathlib import Path
import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from newsroom import embedded
folder = embedded.socket_directory(Path(sys.argv[1]))
settings.configure(DATABASES={"default": {
    "ENGINE": "newsroom.embedded",
    "HOST": str(folder),
    "NAME": embedded.DATABASE,
    "USER": embedded.USER,
    "OPTIONS": {"pool": sys.argv[2] == "pooled"},
}})
django.setup()
try:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_user")
        print(*cursor.fetchone(), flush=True)
except OperationalError as error:
    sys.exit(f"refused: {error}")
connection.close()
if connection.pool:
    connection.close_pool()
call_command("dbshell", "--", "-AtXc", "SELECT 'from the shell'")
"""

IMPORT_ANEW = """
import subprocess, sys
imports = "import psutil, psycopg; from newsroom import embedded; embedded.binary('psql')"
sys.exit(subprocess.run([sys.executable, "-c", imports]).returncode)
"""

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


class Process:
    """A process that uses the server of a folder until it is told to end."""

    def __init__(self, directory: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, str(directory)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_served(self) -> bool:
        """Wait until the server runs for this process, or has been refused."""
        assert self.process.stdout is not None
        return self.process.stdout.readline() == "in use\n"

    def end(self) -> None:
        """Let the process come to its normal end."""
        self.process.communicate()

    def kill(self) -> None:
        """End the process without giving it a chance to do anything."""
        self.process.kill()
        self.process.communicate()


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


def make_parent() -> Path:
    return Path(tempfile.mkdtemp(prefix="نشر ", dir="/tmp"))


@contextmanager
def cleared_up_after(parent: Path) -> Iterator[Path]:
    directory = parent / "var" / "postgresql"
    yield directory
    end_all_in(directory)
    shutil.rmtree(parent)


def end_all_in(directory: Path) -> None:
    embedded.stop_using(directory)
    kill_all(processes_of(directory))


@pytest.fixture
def start() -> Iterator[Callable[[Path], Process]]:
    started = []

    def start_process(where: Path) -> Process:
        started.append(Process(where))
        return started[-1]

    yield start_process
    for process in started:
        process.kill()


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


def query(directory: Path, text: str, **arguments: object) -> list[tuple[object, ...]]:
    """Run one statement in a connection of its own; return the rows it gives."""
    with psycopg.connect(
        host=str(embedded.socket_directory(directory)),
        port=embedded.PORT,
        user=embedded.USER,
        dbname=embedded.DATABASE,
        autocommit=True,
    ) as connection:
        cursor = connection.execute(text, arguments)
        return cursor.fetchall() if cursor.description else []


def processes_of(directory: Path) -> list[psutil.Process]:
    return [*keepers_of(directory), *postgres_of(directory)]


def keepers_of(directory: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter()
        if "newsroom.embedded.keeper" in (line := command_line(process))
        and Path(line[-1]).is_relative_to(directory)
    ]


def postgres_of(directory: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if works_in(process, directory)]


def servers_of(directory: Path) -> list[psutil.Process]:
    """Return the first process of each server of a folder, without its helpers."""
    keepers = [keeper.pid for keeper in keepers_of(directory)]
    return [process for process in postgres_of(directory) if process.ppid() in keepers]


def command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def works_in(process: psutil.Process, directory: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()).is_relative_to(directory)
    except psutil.Error:
        return False


def kill_all(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def comes_true(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (held := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return held


def nothing_runs_in(directory: Path) -> bool:
    return processes_of(directory) == []


def run(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def as_nobody(parent: Path, directory: Path) -> subprocess.CompletedProcess:
    """Use the server as an ordinary user, whom the folder `parent` is given to, if that can be."""
    nobody = pwd.getpwnam("nobody")
    package = parent / "newsroom"
    package.mkdir()
    shutil.copy(PROJECT / "newsroom" / "__init__.py", package)
    shutil.copytree(PROJECT / "newsroom" / "embedded", package / "embedded")
    os.chown(parent, nobody.pw_uid, nobody.pw_gid)
    account = [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    search_path = os.pathsep.join([str(parent), sysconfig.get_path("purelib")])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": search_path}
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        prefix = ["setpriv", *account, python, "-c"]
        if run(*prefix, IMPORT_ANEW, environment=environment).returncode == 0:
            return run(*prefix, USE, str(directory), environment=environment)
    pytest.skip("no Python here with the required packages can be read by an ordinary user")


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


def test_a_half_made_cluster_is_made_anew(new_directory: Path) -> None:
    unfinished = new_directory / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    embedded.ensure_running(new_directory)
    assert not unfinished.exists()
    assert query(new_directory, "SELECT 1") == [(1,)]


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


@pytest.mark.parametrize("way", ["single", "pooled"])
def test_django_connects_and_opens_a_shell(directory: Path, way: str) -> None:
    environment = {**os.environ, "PGPORT": "1", "PYTHONWARNINGS": "error"}
    result = run(sys.executable, "-c", DJANGO, str(directory), way, environment=environment)
    assert result.stderr == ""
    assert result.stdout == "newsroom newsroom\nfrom the shell\n"
    assert nothing_runs_in(directory)


def test_django_tells_in_one_line_why_it_cannot_connect(new_directory: Path) -> None:
    new_directory.parent.mkdir(parents=True)
    new_directory.write_text("a file where the folder should be")
    result = run(sys.executable, "-c", DJANGO, str(new_directory), "single")
    assert result.returncode == 1
    assert result.stderr == (
        f"refused: The folder of the database, {new_directory}, cannot be used (File exists): "
        "make it writable for the account that runs this, or set VAR_ROOT to a folder that is.\n"
    )


def test_a_cluster_that_cannot_start_is_told_in_one_line(directory: Path) -> None:
    embedded.ensure_running(directory)
    embedded.stop_using(directory)
    version = server.data_directory(directory) / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(embedded.DatabaseUnavailable) as refusal:
        embedded.ensure_running(directory)
    version.write_text("18\n")
    assert str(refusal.value) == (
        "PostgreSQL did not start: database files are incompatible with server "
        f"(see {server.server_log(directory)})"
    )
    embedded.stop_using(directory)
    assert nothing_runs_in(directory)


def test_a_path_too_long_for_a_socket_is_told_before_anything_is_made(new_directory: Path) -> None:
    deep = new_directory / ("d" * 100)
    with pytest.raises(embedded.DatabaseUnavailable, match=r"is \d+ bytes too long: move the"):
        embedded.ensure_running(deep)
    assert not new_directory.exists()


def test_a_path_with_a_comma_is_refused_as_clients_would_split_it(new_directory: Path) -> None:
    with pytest.raises(embedded.DatabaseUnavailable, match="holds a comma"):
        embedded.ensure_running(new_directory / "one, two")
    assert not new_directory.exists()


def test_a_missing_wheel_is_told_in_one_line() -> None:
    find = "from newsroom import embedded; embedded.binary('postgres')"
    result = run(sys.executable, "-S", "-c", find)
    assert result.stderr.splitlines()[-1] == (
        "newsroom.embedded.server.DatabaseUnavailable: The PostgreSQL program postgres is not "
        "installed: run `pip install -r requirements.txt` in the Python environment you use, or "
        "set DATABASE_URL to a server of your own."
    )


@pytest.mark.skipif(not AS_ROOT, reason="only root needs setpriv")
def test_root_without_setpriv_is_told_what_to_install(new_directory: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(embedded.DatabaseUnavailable, match="install the package util-linux"):
        embedded.ensure_running(new_directory)


@pytest.mark.skipif(not AS_ROOT, reason="only root can become another user")
def test_an_ordinary_user_is_served_too(new_directory: Path) -> None:
    result = as_nobody(new_directory.parents[1], new_directory)
    assert result.stderr == ""
    assert result.stdout == "in use\n"
    assert nothing_runs_in(new_directory)
    assert {path.owner() for path in new_directory.iterdir()} == {"nobody"}


@pytest.mark.skipif(not AS_ROOT, reason="only root can act for another user")
def test_an_account_without_a_name_is_told_in_one_line(new_directory: Path) -> None:
    new_directory.mkdir(parents=True)
    os.chown(new_directory, 54321, 54321)
    with pytest.raises(embedded.DatabaseUnavailable, match="number 54321 has no name"):
        embedded.ensure_running(new_directory)


@pytest.mark.skipif(not AS_ROOT, reason="only root can act for another user")
def test_root_leaves_the_folder_of_an_ordinary_user_usable_for_that_user(
    new_directory: Path,
) -> None:
    nobody = pwd.getpwnam("nobody")
    new_directory.mkdir(parents=True)
    os.chown(new_directory, nobody.pw_uid, nobody.pw_gid)
    embedded.ensure_running(new_directory)
    embedded.stop_using(new_directory)
    assert {path.owner() for path in new_directory.iterdir()} == {"nobody"}
    result = as_nobody(new_directory.parents[1], new_directory)
    assert result.stderr == ""
    assert result.stdout == "in use\n"


def test_an_unwritable_folder_is_told_in_one_line(new_directory: Path) -> None:
    parent = new_directory.parent
    parent.mkdir()
    parent.chmod(0o555)
    if AS_ROOT:
        result = as_nobody(new_directory.parents[1], new_directory)
    else:
        result = run(sys.executable, "-c", USE, str(new_directory))
    assert result.stderr == (
        f"refused: The folder of the database, {new_directory}, cannot be used (Permission denied)"
        ": make it writable for the account that runs this, or set VAR_ROOT to a folder that is.\n"
    )
