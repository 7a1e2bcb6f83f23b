"""The cast of the tests, and the few things that every test may ask for."""

import io
import json
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.utils import timezone
from PIL import Image

from articles import publishing
from articles.models import ArchiveImage, Article, Byline, Category
from comments import moderation, policy, posting
from comments.models import (
    Comment,
    Commenter,
    CommentPolicy,
    CommentStatus,
    Decision,
    Mode,
)
from comments.privacy import address_digest, receipt_digest, seal
from tests.newsroom.commands import migrated_once

_empty_the_database = TransactionTestCase._fixture_teardown


def _empty_the_database_logs_and_all(test: TransactionTestCase) -> None:
    """Between tests alone the append-only logs may be emptied."""
    with pgtrigger.ignore():
        _empty_the_database(test)


TransactionTestCase._fixture_teardown = _empty_the_database_logs_and_all

SHARED = Path(__file__).resolve().parents[2] / "shared"

_CHANGE_OF_A_STORY = re.compile(r"/admin/articles/article/([0-9]{1,18})/change/")

ADDRESS = "layla.private@example.org"


@pytest.fixture(autouse=True)
def _media_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def _nobody_has_asked_before() -> None:
    caches["throttles"].clear()


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any, tmp_path: Path) -> None:
    """Static files by their own names: the manifest and the folder are made by `serve`."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def migrated_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like `VAR_ROOT` with a migrated database, made once in a run and to be copied."""
    own = tmp_path_factory.getbasetemp()
    return migrated_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


def shared(*parts: str) -> Path:
    """A file of real input beside the project; the test is skipped where there is none."""
    file = SHARED.joinpath(*parts)
    if not file.exists():
        pytest.skip(f"the real input {'/'.join(parts)} is not beside this checkout")
    return file


def shared_texts() -> list[str]:
    """Texts that break things elsewhere."""
    texts: list[str] = json.loads(shared("data", "naughty-strings.json").read_text())
    return texts


@pytest.fixture
def editor(db: None) -> User:
    return staff("editor")


@pytest.fixture
def writer(db: None) -> User:
    return staff("writer")


@pytest.fixture
def moderator(db: None) -> User:
    return staff("moderator")


@pytest.fixture
def chief(db: None) -> User:
    return staff("chief")


def staff(name: str, role: str = "") -> User:
    """An account of the newsroom, of the role that its name is unless another is given."""
    user = User.objects.create_user(username=name, is_staff=True)
    user.groups.add(Group.objects.get(name=role or name))
    return user


class DeskClient(Client):
    """Sends with a story's form the revision that the form of this moment holds."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if (form := _CHANGE_OF_A_STORY.fullmatch(path)) and isinstance(data, dict):
            newest = Article.revisions.filter(id=form[1]).first()
            data = {"base_revision": newest.history_id if newest else "", **data}
        return super().post(path, data, *args, **kwargs)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which this user is logged in."""

    def log_in(user: User) -> Client:
        client = DeskClient()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def category(db: None) -> Category:
    return Category.objects.create(name="مواد مختارة", slug="مواد-مختارة")


@pytest.fixture
def byline(db: None) -> Byline:
    return Byline.objects.create(name="صدى الحي")


def jpeg(width: int = 640, height: int = 360, color: str = "#335577", **save: Any) -> bytes:
    """A small real photograph's file."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, "JPEG", **save)
    return buffer.getvalue()


@pytest.fixture
def image(db: None) -> ArchiveImage:
    return ArchiveImage.objects.create(
        file=ContentFile(jpeg(), name="harbour.jpg"),
        alt="قوارب صيد في المرفأ",
        caption="المرفأ صباحاً",
        credit="أرشيف الجريدة",
        is_archive=True,
    )


@pytest.fixture
def draft(category: Category, byline: Byline) -> Callable[..., Article]:
    """Makes a complete story that nobody has published."""

    def make(title: str = "المجلس يقر موازنة الأرصفة", **fields: Any) -> Article:
        fields = {
            "byline": byline,
            "category": category,
            "body": "<p>أقر المجلس البلدي موازنة الأرصفة بعد جلسة طويلة.</p>",
            "excerpt": "موازنة الأرصفة أُقرّت.",
            "no_image_reason": "لم تُلتقط صورة",
            **fields,
        }
        return Article.objects.create(title=title, **fields)

    return make


@pytest.fixture
def published(draft: Callable[..., Article]) -> Callable[..., Article]:
    """Makes a story that readers see; `minutes_ago` dates it."""

    def make(
        title: str = "المجلس يقر موازنة الأرصفة", minutes_ago: int = 60, **fields: Any
    ) -> Article:
        at = timezone.now() - timedelta(minutes=minutes_ago)
        return publishing.publish(draft(title, **fields), at=at)

    return make


@pytest.fixture
def article(published: Callable[..., Article]) -> Article:
    return published()


def comment_data(**fields: Any) -> dict[str, Any]:
    """What the form sends for a good comment."""
    return {
        "name": "ليلى",
        "email": ADDRESS,
        "website": "",
        "body": "شكراً على هذا التقرير.",
        "parent": "",
        **fields,
    }


@pytest.fixture
def everything_held(db: None) -> None:
    """The mode in which every comment waits for a moderator."""
    policy.change(CommentPolicy.load(), {"mode": Mode.EVERYTHING})


@pytest.fixture
def pending(article: Article, everything_held: None) -> Callable[..., Comment]:
    """Posts a comment on the article, as a reader does, while every comment is held."""

    def make(on: Article = article, **fields: Any) -> Comment:
        return posting.submit(on, comment_data(**fields)).comment

    return make


@pytest.fixture
def approved(pending: Callable[..., Comment]) -> Callable[..., Comment]:
    """Posts a comment that the moderators let through."""

    def make(**fields: Any) -> Comment:
        comment = pending(**fields)
        moderation.decide(comment.pk, CommentStatus.APPROVED, rule="test")
        comment.refresh_from_db()
        return comment

    return make


def many_approved(article: Article, count: int, *, thread: int = 3) -> list[Comment]:
    """Approved comments in threads of `thread`, each reply answering the comment before it."""
    commenter, _created = Commenter.objects.get_or_create(
        digest=address_digest(ADDRESS), defaults={"sealed_address": seal(ADDRESS)}
    )
    at = timezone.now()
    made: list[Comment] = []
    for number in range(count):
        comment = Comment.objects.create(
            article=article,
            parent=made[-1] if number % thread else None,
            commenter=commenter,
            name=f"قارئ {number}",
            body=f"تعليق رقم {number}.",
            submitted_at=at + timedelta(seconds=number),
            receipt_digest=receipt_digest(f"{article.pk}-{number}"),
        )
        made.append(comment)
    Decision.objects.bulk_create(
        Decision(comment=comment, old="pending", new="approved", rule="test") for comment in made
    )
    Comment.objects.filter(pk__in=[comment.pk for comment in made]).update(status="approved")
    return made


def while_another_waits(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Do `first` in a transaction that is committed only when `second`, in a thread, waits for it.

    For tests with `transaction=True`. Answers what both returned.
    """

    def second_by_itself() -> Any:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            done = first()
            other = pool.submit(second_by_itself)
            assert _somebody_waits_for_us(), "the second one did not wait for the first"
        return done, other.result(timeout=30)


def _somebody_waits_for_us() -> bool:
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False
