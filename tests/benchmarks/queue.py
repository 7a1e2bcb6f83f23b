"""Times the moderators' queue and the look-up by exact address on a seeded database.

Run after `manage.py seed_comments`: `python -m tests.benchmarks.queue`. Each page is asked for
through the whole stack of Django, in this process; the figures are milliseconds on the server.
Nothing is left behind but the rows that a look-up records.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

REPEATS = 21
REASON = "قياس سرعة البحث بالعنوان"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from comments.models import Comment, CommentStatus, Decision
    from comments.queue import TABS
    from comments.seeding import address_of

    call_command("collectstatic", interactive=False, verbosity=0)
    waiting = Comment.objects.filter(status=CommentStatus.PENDING).count()
    print(f"{Comment.objects.count():,} comments, {waiting:,} pending", end=", ")
    print(f"{Decision.objects.count():,} decisions; median and slowest of {REPEATS}\n")
    overseer, _created = User.objects.get_or_create(
        username="benchmark", defaults={"is_staff": True, "is_superuser": True}
    )
    desk = Client(headers={"host": "localhost"})
    desk.force_login(overseer)
    queue = reverse("admin:comments_comment_changelist")
    for name in TABS:
        measure(f"queue, {name}", lambda name=name: desk.get(queue, {"tab": name}))
    one = Comment.objects.values("article_id", "commenter_id").latest("pk")
    filters: dict[str, dict[str, Any]] = {
        "one article": {"tab": "approved", "article": one["article_id"]},
        "one commenter": {"tab": "all", "commenter": one["commenter_id"]},
        "one rule": {"tab": "pending", "rule": "words"},
        "a common word": {"tab": "pending", "q": "التقرير"},
        "a rare word": {"tab": "all", "q": "سنديانة"},
        "oldest first": {"tab": "approved", "order": "oldest"},
    }
    for name, query in filters.items():
        measure(f"queue, {name}", lambda query=query: desk.get(queue, query))
    look_up = reverse("admin:comments_commenter_look_up")
    for name, address in {"there": address_of(7), "not there": "nobody@example.org"}.items():
        sent = {"address": address, "reason": REASON}
        measure(f"look-up, {name}", lambda sent=sent: desk.post(look_up, sent))
    for page in ("decision", "commenter", "addressaccess"):
        address = reverse(f"admin:comments_{page}_changelist")
        measure(f"list of {page}", lambda address=address: desk.get(address))


def measure(what: str, ask: Callable[[], Any]) -> None:
    """Print how long an answer takes, and how many queries it needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = ask()
        asked = len(queries)
    assert answer.status_code in {200, 302}, (what, answer.status_code)
    times = []
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    figures = f"{statistics.median(times):7.1f} ms {max(times):7.1f} ms"
    print(f"{what:28}{figures}   {asked} queries", flush=True)


if __name__ == "__main__":
    main()
