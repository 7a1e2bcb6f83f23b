"""Who is served, through Django and for which account, and what a refusal says in one line."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from newsroom import embedded
from newsroom.embedded import server
from tests.newsroom.clusters import PROJECT, USE, nothing_runs_in, run

AS_ROOT = os.geteuid() == 0

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


# Accounts


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
