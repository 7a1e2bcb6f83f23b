"""The process that owns the embedded server: it starts it, and stops it after its last user.

Run as `python -m newsroom.embedded.keeper FOLDER` by a process that took the folder's keeper lock
before and hands it on as an open file, so that there is only ever one keeper.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path

import psutil

from newsroom.embedded import locks, server
from newsroom.embedded.server import DatabaseUnavailable

# Waited for, never handled: a handler could run between a check and the wait that follows it.
SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
LEFTOVER_PATIENCE = 15.0  # seconds
POLL = 0.02  # seconds


def main() -> None:
    """Detach from the process that started this one and keep the server.

    What goes wrong is printed, last of all as the one line that a user is shown.
    """
    if os.fork():
        os._exit(0)
    os.umask(0o077)
    try:
        keep(Path(sys.argv[1]))
    except DatabaseUnavailable as error:
        sys.exit(str(error))
    except Exception as error:  # Whatever it is, its reader waits for one line.
        traceback.print_exc()
        sys.exit(f"PostgreSQL could not be started: {' '.join(str(error).split())}")


def keep(directory: Path) -> None:
    """Run the server until nobody uses it, a signal asks to stop, or it dies.

    Raises DatabaseUnavailable when the server cannot start or dies.
    """
    for number in SIGNALS:
        signal.signal(number, lambda *_: None)  # An ignored signal could not be waited for.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    threading.Thread(target=_stop_when_unused, args=[directory], daemon=True).start()
    _end_leftovers(directory)
    if not server.data_directory(directory).exists():
        server.create_cluster(directory)
    with server.opened_log(directory) as log:
        already_said = os.fstat(log.fileno()).st_size
        postgres = server.start(directory, log)
    try:
        if not _await_answer(postgres, directory):
            raise DatabaseUnavailable(server.start_failure(directory, already_said))
        _create_database(directory)
        with locks.opened(server.ready_lock(directory)) as ready:
            locks.take_exclusive(ready)
            _await_end(postgres)
    finally:
        _stop(postgres)


def _stop_when_unused(directory: Path) -> None:
    """Ask this process to stop once no user holds the lock; keep it, so that new ones wait."""
    users = server.open_file(server.users_lock(directory), os.O_RDWR)
    locks.take_exclusive(users)
    os.kill(os.getpid(), signal.SIGTERM)


def _end_leftovers(directory: Path) -> None:
    """End the server of a keeper that was killed, and clear away what says that it runs.

    Raises DatabaseUnavailable when it does not end.
    """
    for process in _postgres_processes(directory):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGQUIT)
    deadline = time.monotonic() + LEFTOVER_PATIENCE
    while _postgres_processes(directory) and time.monotonic() < deadline:
        time.sleep(POLL)
    if processes := _postgres_processes(directory):
        raise DatabaseUnavailable(
            f"An earlier PostgreSQL server still uses {directory} and does not stop: "
            f"end process {processes[0].pid} and start again."
        )
    _remove_foreign_process_file(directory)


def _remove_foreign_process_file(directory: Path) -> None:
    """Remove a process file whose number is another program's now: PostgreSQL would obey it."""
    process_file = server.process_file(directory)
    try:
        number = int(process_file.read_text(encoding="utf-8").splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if psutil.pid_exists(number):
        process_file.unlink()


def _postgres_processes(directory: Path) -> list[psutil.Process]:
    """Return the PostgreSQL processes that work inside this folder."""
    found = []
    folder = directory.resolve()
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and folder in Path(process.cwd()).parents:
                found.append(process)
        except psutil.Error:
            continue
    return found


def _await_answer(postgres: subprocess.Popen[bytes], directory: Path) -> bool:
    """Wait until the server accepts connections; tell whether it does.

    Raises DatabaseUnavailable when this process is asked to stop meanwhile.
    """
    while postgres.poll() is None:
        if _says_ready(server.process_file(directory), postgres.pid):
            return True
        if signal.SIGTERM in signal.sigpending():
            # The gentle stop, which would follow, may hang while a server recovers.
            postgres.send_signal(signal.SIGQUIT)
            raise DatabaseUnavailable("PostgreSQL was stopped while it started: start it again.")
        time.sleep(POLL)
    return False


def _says_ready(process_file: Path, number: int) -> bool:
    """Read the state, in line 8 of the process file, of the server with this process number."""
    try:
        lines = process_file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(number) and lines[7].strip() == "ready"


def _create_database(directory: Path) -> None:
    """Create the project's database when it is missing."""
    import psycopg  # Late, so that it loads while the server starts.
    from psycopg import sql

    with psycopg.connect(
        host=str(server.socket_directory(directory)),
        port=server.PORT,
        user=server.USER,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [server.DATABASE]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(server.DATABASE))
            )


def _await_end(postgres: subprocess.Popen[bytes]) -> None:
    """Wait for a signal that asks to stop; raise DatabaseUnavailable when the server dies."""
    while postgres.poll() is None:
        if signal.sigwait(SIGNALS) != signal.SIGCHLD:
            return
    raise DatabaseUnavailable(f"PostgreSQL ended unexpectedly with status {postgres.returncode}.")


def _stop(postgres: subprocess.Popen[bytes]) -> None:
    """Stop the server, as gently as it allows; whatever was committed is kept in any case."""
    for number, patience in ((signal.SIGINT, 5.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        if postgres.poll() is not None:
            return
        postgres.send_signal(number)
        try:
            postgres.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    main()
