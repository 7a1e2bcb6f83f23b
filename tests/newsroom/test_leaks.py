"""The scan finds a leak in each kind of place, in every disguise, and says what it left out."""

import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core.management.base import CommandError
from django.db import connection

from articles.models import Article
from newsroom.leaks.disguises import disguises_of_address
from newsroom.leaks.edition import SUPERUSER
from newsroom.leaks.scan import Report, scan
from newsroom.leaks.scratch import scratch_database
from newsroom.leaks.search import Search
from newsroom.leaks.text import (
    API,
    CACHE,
    DUMP,
    FEED,
    FILE,
    HEADER,
    LOG,
    MAIL,
    OUTPUT,
    POST_ANSWER,
    PUBLIC_PAGE,
    RECEIPT,
    SERVER_LOG,
    TELLING,
    desk_page,
)
from newsroom.management.commands.scan_for_leaks import complaints
from newsroom.roles import ROLES
from tests.jobs import empty_the_queue
from tests.newsroom import leaky
from tests.newsroom.commands import PROJECT

# Two scans at once would wait for one scratch database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("leaks")]

PATIENCE = 1200  # seconds


def test_what_a_leaky_newsroom_tells_is_found_and_named_place_by_place(settings):
    settings.ROOT_URLCONF = "tests.newsroom.leaky"
    settings.MIDDLEWARE = ["tests.newsroom.leaky.leak", *settings.MIDDLEWARE]
    leaky.forget()

    report = scan(pages_of_a_view=1)
    empty_the_queue()

    disguises = found_by_place(report)
    told = {place: disguises.pop((kind, place)) for kind, place in [*disguises] if kind == TELLING}
    assert disguises == dict.fromkeys(disguises, every_disguise())
    assert places_of(report) <= set(disguises)
    assert {kind for kind, _place in disguises} == {kind for kind, _place in places_of(report)}
    in_schema = {"the address", "the part before the @", "its sha256"}
    assert told == {
        "/?member=…": {"differs for the address"},
        "/api/v1/members/?reader=…": {f"differs for {what}" for what in in_schema},
        "/admin/articles/byline/?q=…": {"differs for the address"},
    }
    assert "nobody asked for the view unlinked" in report.gaps
    lines, places = complaints(report), len(disguises) + len(told)
    assert lines[-1] == f"Places with a find: {places}. Gaps in the search: {len(report.gaps)}."
    assert len(lines) == places + len(report.gaps) + 1


def found_by_place(report: Report) -> dict[tuple[str, str], set[str]]:
    """The names of the disguises that were found in each place."""
    found = defaultdict(set)
    for find in report.finds:
        found[find.kind, find.place].add(find.disguise)
    return found


def every_disguise() -> set[str]:
    """What there is to find in each place of the leaky newsroom."""
    (address,) = leaky.address_that_leaks
    search = Search(("reader", disguise) for disguise in disguises_of_address(address))
    return {name for _of, name in search.finds(" ".join(leaky.leaked))}


def places_of(report: Report) -> set[tuple[str, str]]:
    """One place of each kind in the leaky newsroom, and of some kinds two."""
    shown = Article.objects.filter(comments__isnull=False).distinct().get()
    server_log = set() if report.unheard else {(SERVER_LOG, "what the server wrote")}
    return {
        *((PUBLIC_PAGE, "GET /"), (API, "GET /api/v1/articles/"), (FEED, f"GET {leaky.FEED}")),
        (HEADER, f"GET /category/{quote(shown.category.slug)}/"),
        (HEADER, f"GET /tag/{quote(shown.tags.get().slug)}/"),
        (POST_ANSWER, f"POST /api/v1/articles/{quote(shown.slug)}/comments/"),
        *((desk_page(role), "GET /admin/") for role in (*ROLES, SUPERUSER)),
        *((MAIL, "“reader”"), (LOG, "Python's logging"), (OUTPUT, "what was printed")),
        *((CACHE, "default: default:1:readers"), (FILE, "readers.txt")),
        (DUMP, connection.settings_dict["NAME"]),
        *server_log,
        *((kind, place) for kind, place in report.places if kind == RECEIPT),
    }


# The command and its scratch database


def test_the_command_finds_no_leak_in_this_newsroom_and_leaves_nothing_behind():
    ended = subprocess.run(
        [sys.executable, "manage.py", "scan_for_leaks"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert ended.stderr == ""
    assert ended.returncode == 0
    assert "No address was found: 0 places." in ended.stdout
    searched = re.search(r"Searched (\d+) texts from (\d+) places", ended.stdout)
    assert searched
    assert int(searched[1]) > int(searched[2]) > 500
    assert scratch_databases() == set()


def test_the_scratch_database_is_another_one_and_is_dropped_on_a_failure():
    real = connection.settings_dict["NAME"]

    with pytest.raises(KeyboardInterrupt), scratch_database() as name:
        assert current_database() == name != real
        assert name in scratch_databases()
        raise KeyboardInterrupt

    assert current_database() == real
    assert name not in scratch_databases()


def test_a_second_scan_at_the_same_time_is_refused_and_disturbs_nobody():
    real = connection.settings_dict["NAME"]

    with scratch_database() as name:
        connection.close()
        connection.settings_dict["NAME"] = real
        with pytest.raises(CommandError, match="Another scan is running"), scratch_database():
            pass
        assert name in scratch_databases()


# What PostgreSQL is doing when the scan is told to end.
_DOES = "state = 'active' AND query LIKE"
MOMENTS = {
    "its database is being made": f"{_DOES} 'CREATE DATABASE %%_leak_scan%%'",
    "a migration is at work": "datname LIKE '%%_leak_scan' AND query LIKE 'CREATE TABLE %%'",
    "its database is being dropped": f"{_DOES} 'DROP DATABASE %%_leak_scan%%'",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_scan_that_is_told_to_end_drops_its_database(moment):
    scan_of_another = subprocess.Popen(
        [sys.executable, "manage.py", "scan_for_leaks"],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        if moment == "its database is being dropped":
            # The first signal is what makes it drop the database so soon.
            wait_until(lambda: scratch_of_the_site() != set())
            scan_of_another.send_signal(signal.SIGTERM)
        wait_until(lambda: is_at_work(MOMENTS[moment]) or scan_of_another.poll() is not None)
        scan_of_another.send_signal(signal.SIGTERM)
        _output, told = scan_of_another.communicate(timeout=PATIENCE)
    finally:
        scan_of_another.kill()
        scan_of_another.wait()

    assert (scan_of_another.returncode, told) == (128 + signal.SIGTERM, "")
    assert scratch_of_the_site() == set()


def is_at_work(activity: str) -> bool:
    """Whether a connection of the site itself, and of no other test, does this now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            f" AND datname NOT LIKE 'test%%' AND query NOT LIKE '%%test\\_%%' AND {activity})"
        )
        return cursor.fetchone()[0]


def scratch_of_the_site() -> set[str]:
    """Without those that other tests make beside their own databases at this moment."""
    return {name for name in scratch_databases() if not name.startswith("test_")}


def current_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return cursor.fetchone()[0]


def scratch_databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%%_leak_scan'")
        return {name for (name,) in cursor.fetchall()}


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.002)
