"""A scheduled story comes out once, whatever happened to the worker about its moment."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.newsroom.commands import PROJECT, copied, environment, manage
from tests.newsroom.test_worker import LISTENERS, comes_true, query

SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from articles import publishing
from articles.models import Article, Byline, Category
article = Article.objects.create(
    title="خبر مجدول {name}", body="<p>نص الخبر.</p>", excerpt="نص", no_image_reason="تجربة",
    byline=Byline.objects.get_or_create(name="تجربة")[0],
    category=Category.objects.get_or_create(name="تجربة", slug="تجربة")[0],
)
publishing.schedule(article, timezone.now() + timedelta(seconds={seconds}))
print(article.pk)
"""
ASK = """
import json
from articles.models import Article
article = Article.objects.get(pk={key})
decisions = list(article.decisions.order_by("id"))
print(json.dumps([
    article.status,
    article.published_at and article.published_at.isoformat(),
    next(each.publish_at for each in decisions if each.new == "scheduled").isoformat(),
    [[each.old, each.new] for each in decisions],
    (decisions[-1].at - (decisions[-1].publish_at or decisions[-1].at)).total_seconds(),
]))
"""
LONG_AGO = """
from datetime import timedelta
import pgtrigger
from django.db.models import F
from articles.models import Article
with pgtrigger.ignore():
    Article.objects.filter(pk={key}).update(publish_at=F("publish_at") - timedelta(hours=2))
"""
ONCE = [["draft", "scheduled"], ["scheduled", "published"]]


@dataclass
class Seen:
    """A story as it is now, and what was decided on it."""

    status: str
    published_at: str | None
    due: str
    decisions: list[list[str]]
    seconds_late: float


@pytest.fixture(scope="module")
def folder(migrated_var: Path) -> Iterator[Path]:
    """A folder for `VAR_ROOT` with a migrated database."""
    with copied(migrated_var) as folder:
        yield folder


@contextmanager
def worker(folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The worker of the site, as an operator starts it."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=PROJECT,
            env=environment(VAR_ROOT=str(folder)),
            stdout=output,
            stderr=output,
        )
    try:
        comes_true(lambda: len(query(folder, LISTENERS)) == 1)
        yield process
    finally:
        process.kill()
        process.wait()
        comes_true(lambda: query(folder, LISTENERS) == [])


def run(folder: Path, code: str) -> str:
    """What these lines print, in a process that starts the database where it is not running."""
    done = manage("shell", "-v0", "-c", code, VAR_ROOT=str(folder))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1] if done.stdout else ""


def schedule(folder: Path, seconds: float, name: str) -> int:
    """Write a story that is due in so many seconds; its key."""
    return int(run(folder, SCHEDULE.format(seconds=seconds, name=name)))


def seen(folder: Path, key: int) -> Seen:
    return Seen(*json.loads(run(folder, ASK.format(key=key))))


def status_of(folder: Path, key: int) -> str:
    """What the database says at this moment, without a process that takes seconds to ask it."""
    [(status,)] = query(folder, "SELECT status FROM articles_article WHERE id = %s", key)
    return status


def test_a_story_comes_out_at_its_very_moment(folder: Path, tmp_path: Path):
    with worker(folder, tmp_path / "log"):
        key = schedule(folder, 6, "في موعده")
        assert status_of(folder, key) == "scheduled"
        comes_true(lambda: status_of(folder, key) == "published")

        story = seen(folder, key)
    assert (story.published_at, story.decisions) == (story.due, ONCE)
    assert story.seconds_late < 30


def test_a_story_whose_worker_was_killed_before_its_moment_comes_out_once_on_restart(
    folder: Path, tmp_path: Path
):
    with worker(folder, tmp_path / "log") as process:
        key = schedule(folder, 3, "بعد القتل")
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(4)
        assert seen(folder, key).status == "scheduled"

    with worker(folder, tmp_path / "log"):
        comes_true(lambda: status_of(folder, key) == "published")
        assert seen(folder, key).decisions == ONCE


def test_a_story_that_was_missed_by_far_comes_out_late_once_and_it_is_logged(
    folder: Path, tmp_path: Path
):
    key = schedule(folder, 600, "متأخر")
    run(folder, LONG_AGO.format(key=key))

    with worker(
        folder, tmp_path / "log"
    ):  # Its own job waits on: the sweep of each minute finds it.
        comes_true(lambda: status_of(folder, key) == "published")
        story = seen(folder, key)

    assert story.decisions == ONCE
    assert story.published_at
    assert datetime.now(UTC) - datetime.fromisoformat(story.published_at) < timedelta(minutes=5)
    log = (tmp_path / "log").read_text()
    assert log.count(f"Article {key} was due at") == 1
    assert "خبر مجدول" not in log
