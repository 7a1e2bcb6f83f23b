"""The background worker does each job, ends when told, and comes back when the database does.

Most of these are real processes: `manage.py worker`, on an embedded database of their own.
"""

import asyncio
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from django.contrib.auth.models import User
from django.test import Client
from procrastinate import App, SyncPsycopgConnector
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import embedded, jobs
from newsroom.embedded import server
from tests.jobs import do_jobs, empty_the_queue, rows
from tests.newsroom.commands import PROJECT, copied, environment

PATIENCE = 300  # seconds
ADDRESS = "reader.private@example.org"
SAMPLES = "tests.newsroom.sample_jobs"
LISTENERS = "SELECT pid FROM pg_stat_activity WHERE starts_with(query, 'LISTEN ')"
CONNECTION = "SELECT pid FROM pg_stat_activity WHERE pid = %s"


@pytest.fixture(scope="module")
def folder(migrated_var: Path) -> Iterator[Path]:
    """A folder for `VAR_ROOT` with a migrated database."""
    with copied(migrated_var) as folder:
        yield folder


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A worker that knows the sample jobs and is ready for them."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=PROJECT,
        env=environment(
            VAR_ROOT=str(folder), DJANGO_SETTINGS_MODULE="tests.newsroom.sample_settings"
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        comes_true(lambda: len(query(folder, LISTENERS)) == 1)
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)
        comes_true(lambda: query(folder, LISTENERS) == [])


def query(folder: Path, text: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What the database of this folder answers; nothing while it is down."""
    host = str(embedded.socket_directory(folder / "postgresql"))
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(host=host, user="newsroom", dbname="newsroom") as connection,
    ):
        cursor = connection.execute(text, parameters)
        return cursor.fetchall() if cursor.description else []
    return []


def defer(folder: Path, task: str, **arguments: Any) -> int:
    """Put a job into the queue of this folder's database, as the site does."""
    host = str(embedded.socket_directory(folder / "postgresql"))
    connector = SyncPsycopgConnector(
        kwargs={"host": host, "user": "newsroom", "dbname": "newsroom"}, min_size=1
    )
    with App(connector=connector).open() as queue:
        return queue.configure_task(f"{SAMPLES}.{task}").defer(**arguments)


def comes_true(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.05)


def says(file: Path, text: str) -> Callable[[], bool]:
    return lambda: file.exists() and file.read_text() == text


def status_of(folder: Path, job: int) -> str | None:
    """The status of a job; None for one that is not kept because it succeeded."""
    found = query(folder, "SELECT status FROM procrastinate_jobs WHERE id = %s", job)
    return found[0][0] if found else None


def test_a_job_is_done_when_it_is_announced_and_not_kept(folder: Path, tmp_path: Path):
    with worker(folder):  # Which asks of itself only long after our patience has ended.
        job = defer(folder, "write", file=str(tmp_path / "note"))
        comes_true(says(tmp_path / "note", "done"))

        comes_true(lambda: status_of(folder, job) is None)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_stop_ends_its_job_first(
    folder: Path, tmp_path: Path, how: signal.Signals
):
    with worker(folder) as process:
        ((listener,),) = query(folder, LISTENERS)
        defer(folder, "have_patience", seconds=PATIENCE)
        defer(folder, "write", file=str(tmp_path / "note"), until=str(tmp_path / "go on"))
        comes_true(says(tmp_path / "note", "begun"))

        process.send_signal(how)
        comes_true(lambda: query(folder, CONNECTION, listener) == [])
        process.send_signal(how)
        (tmp_path / "go on").touch()
        printed = process.communicate(timeout=PATIENCE)

        assert (process.returncode, *printed) == (0, "", "")
        assert (tmp_path / "note").read_text() == "done"


def test_a_job_that_takes_too_long_is_left_for_later(folder: Path, tmp_path: Path):
    with worker(folder) as process:
        job = defer(folder, "write", file=str(tmp_path / "note"), until=str(tmp_path / "never"))
        comes_true(says(tmp_path / "note", "begun"))
        embedded.ensure_running(folder / "postgresql")

        process.terminate()
        _printed, errors = process.communicate(timeout=PATIENCE)

        assert process.returncode == 0
        assert len(errors.splitlines()) == 1
        assert errors.endswith(
            "A job had not ended when the worker was stopped: it will be done again.\n"
        )
        assert status_of(folder, job) == "doing"
        query(folder, "DELETE FROM procrastinate_jobs")
        embedded.stop_using(folder / "postgresql")


def test_a_worker_whose_database_was_killed_goes_on_when_it_is_back(folder: Path, tmp_path: Path):
    with worker(folder) as process:
        go_on = tmp_path / "go on"
        running = defer(folder, "write", file=str(tmp_path / "running"), until=str(go_on))
        comes_true(says(tmp_path / "running", "begun"))
        kill_the_database(folder)
        comes_true(lambda: query(folder, "SELECT 1") == [])
        go_on.touch()
        comes_true(lambda: len(query(folder, LISTENERS)) == 1)

        defer(folder, "write", file=str(tmp_path / "next"))
        comes_true(says(tmp_path / "next", "done"))

        embedded.ensure_running(folder / "postgresql")
        process.terminate()
        _printed, errors = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in errors
        assert f"The worker lost process job {SAMPLES}.write[{running}]: " in errors
        assert "The database does not answer: trying again in 2 seconds." in errors
        assert status_of(folder, running) == "doing"  # Given back when its worker is missed.
        query(folder, "DELETE FROM procrastinate_jobs")
        embedded.stop_using(folder / "postgresql")


def kill_the_database(folder: Path) -> None:
    """End every process of it at once: one that lived on could still answer the worker."""
    process_file = server.process_file(folder / "postgresql")
    postgres = psutil.Process(int(process_file.read_text().splitlines()[0]))
    for process in (postgres, *postgres.children()):
        with suppress(psutil.NoSuchProcess):
            process.kill()


def test_a_job_that_fails_is_logged_without_what_it_was_about(folder: Path):
    with worker(folder) as process:
        defer(folder, "have_patience", seconds=PATIENCE)
        job = defer(folder, "fail", address=ADDRESS)
        comes_true(lambda: status_of(folder, job) == "failed")

        process.terminate()
        _printed, errors = process.communicate(timeout=PATIENCE)

        assert f"Job {SAMPLES}.fail[{job}] ended with status: Error" in errors
        assert errors.endswith("\nValueError\n")
        assert f'{SAMPLES.replace(".", "/")}.py", line ' in errors
        assert ADDRESS not in errors


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """An empty queue in the database of the tests."""
    empty_the_queue()
    yield
    empty_the_queue()


@pytest.mark.usefixtures("queue")
def test_two_workers_do_a_periodic_job_once_a_time(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, logger="procrastinate.periodic")
    done: list[int] = []

    def tick(timestamp: int) -> None:
        done.append(timestamp)

    def asked_for_by_both() -> set[int]:
        asked = [vars(record).get("defer_timestamp") for record in caplog.records]
        return {timestamp for timestamp in asked if timestamp and asked.count(timestamp) == 2}

    async def run(one: App) -> None:
        async with one.open_async():
            await one.run_worker_async(install_signal_handlers=False)

    async def run_two() -> None:
        workers = []
        for _number in range(2):
            one = DjangoApp(connector=app.connector.get_worker_connector())
            one.periodic(cron="* * * * * *")(one.task(name="tick")(tick))
            workers.append(asyncio.create_task(run(one)))
        async with asyncio.timeout(PATIENCE):
            while len(asked_for_by_both() & set(done)) < 3:
                await asyncio.sleep(0.05)
        for one in workers:
            one.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    asyncio.run(run_two())

    assert sorted(done) == sorted(set(done))


OLD = "now() - interval '31 days'"
NEW = "now() - interval '29 days'"


def job_in_the_queue(*, status: str, attempts: int = 0, heartbeat: str = "NULL") -> int:
    """A job that deletes old failed jobs; `heartbeat` is its worker's last sign of life."""
    ((worker,),) = rows(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        f" VALUES (coalesce({heartbeat}, now())) RETURNING id"
    )
    ((job,),) = rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status,"
        " attempts, worker_id, scheduled_at) VALUES ('default', 'newsroom.jobs.forget_old_jobs',"
        " 'newsroom.forget_old_jobs', %s, %s, %s, %s, now() + interval '1 hour') RETURNING id",
        *('{"timestamp": 0}', status, attempts, worker),
    )
    return int(job)


def failed_job(at: str) -> int:
    job = job_in_the_queue(status="failed")
    rows(f"INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', {at})", job)
    return job


def statuses() -> dict[int, str]:
    return dict(ProcrastinateJob.objects.values_list("pk", "status"))


def look_for_stalled_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.retry_stalled.defer(timestamp=0)
    do_jobs(monkeypatch)


@pytest.mark.usefixtures("queue")
def test_jobs_that_failed_are_forgotten_after_a_month(monkeypatch: pytest.MonkeyPatch):
    failed_job(OLD)
    kept = failed_job(NEW)

    jobs.forget_old_jobs.defer(timestamp=0)
    do_jobs(monkeypatch)

    assert statuses() == {kept: "failed"}


@pytest.mark.usefixtures("queue")
def test_a_job_of_a_worker_that_fell_silent_is_done_again(monkeypatch: pytest.MonkeyPatch):
    failed_job(OLD)
    job_in_the_queue(status="doing", heartbeat="now() - interval '2 minutes'")

    look_for_stalled_jobs(monkeypatch)

    assert statuses() == {}


@pytest.mark.usefixtures("queue")
def test_a_job_of_a_living_worker_is_left_to_it(monkeypatch: pytest.MonkeyPatch):
    job = job_in_the_queue(status="doing", heartbeat="now() - interval '30 seconds'")

    look_for_stalled_jobs(monkeypatch)

    assert statuses() == {job: "doing"}


@pytest.mark.usefixtures("queue")
def test_a_job_that_ended_five_times_with_its_worker_is_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    old = failed_job(OLD)
    job = job_in_the_queue(status="doing", attempts=4, heartbeat=OLD)

    look_for_stalled_jobs(monkeypatch)

    assert statuses() == {old: "failed", job: "failed"}
    assert caplog.messages == [
        f"Job newsroom.jobs.forget_old_jobs[{job}] was cut short 5 times: it is given up."
    ]


@pytest.mark.usefixtures("queue")
def test_a_job_like_one_that_waits_already_is_not_queued_twice(monkeypatch: pytest.MonkeyPatch):
    waiting = job_in_the_queue(status="todo")
    job_in_the_queue(status="doing", heartbeat=OLD)

    look_for_stalled_jobs(monkeypatch)

    assert statuses() == {waiting: "todo"}


@pytest.mark.django_db
def test_the_queue_is_nowhere_in_the_desk(as_user: Callable[[User], Client]):
    client = as_user(User.objects.create_superuser("chief"))

    assert "procrastinate" not in client.get("/admin/").content.decode()
    assert client.get("/admin/procrastinate/procrastinatejob/").status_code == 404
