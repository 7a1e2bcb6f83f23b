"""Times every list and form of the desk, at few stories and at many, in a database of its own.

`python -m tests.benchmarks.desk [30 30000 …]` makes an empty database beside the real one for each
number of stories, seeds it, asks for each page as a superuser through the whole stack of Django,
and drops it again. The figures are milliseconds on the server, and queries.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import django

SIZES = (30, 30_000)
COMMENTS_OF_A_STORY = 10
MOST_COMMENTS = 100_000
MOST_QUERIES = 15
REPEATS = 7

Ask = Callable[[], object]


@dataclass(frozen=True)
class Figures:
    milliseconds: float
    queries: int

    def __str__(self) -> str:
        mark = " !" if self.queries > MOST_QUERIES else "  "
        return f"{self.milliseconds:8.1f} ms {self.queries:3}{mark}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="*", type=int, default=SIZES, help="numbers of stories")
    sizes = parser.parse_args().size
    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    measured = {size: measure(size) for size in sizes}
    print_table(measured)


def measure(size: int) -> dict[str, Figures]:
    """The figures of each page, by its name, with so many stories."""
    from articles.seeding import seed as seed_articles
    from comments.seeding import Amounts
    from comments.seeding import seed as seed_comments
    from newsroom.leaks.scratch import scratch_database

    with scratch_database():
        comments = min(size * COMMENTS_OF_A_STORY, MOST_COMMENTS)
        seed_articles(size)
        seed_comments(Amounts(comments, comments // 20, min(size, 2000), max(comments // 5, 1)))
        return {name: figures_of(ask) for name, ask in pages()}


def pages() -> Iterator[tuple[str, Ask]]:
    """Each page of the desk by its name, and what asks for it."""
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from articles.models import Article, Category

    desk = Client(headers={"host": "localhost"})
    chief = User.objects.create_superuser("benchmark")
    desk.force_login(chief)

    def page(address: str, **asked: str) -> Ask:
        full = f"{address}?{urlencode(asked)}" if asked else address
        return lambda: desk.get(full)

    yield "front page", page(reverse("admin:index"))
    for model in sorted(admin.site._registry, key=lambda each: each._meta.label_lower):
        view = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        label = model._meta.label_lower
        yield f"{label}: list", page(reverse(f"{view}_changelist"))
        yield f"{label}: add", page(reverse(f"{view}_add"))
        row = model._default_manager.order_by("-pk").first()
        if row is not None:
            yield f"{label}: change", page(reverse(f"{view}_change", args=[row.pk]))
    stories = reverse("admin:articles_article_changelist")
    section = Category.objects.filter(parent=None).order_by("pk").first()
    narrowed = {
        "one owner": {"owner": str(Article.objects.latest("pk").owner_id)},
        "in review": {"status__exact": "in_review"},
        "a section": {"category__id__exact": str(section.pk if section else "")},
        "this month": {"published": "month"},
        "a common word": {"q": "المجلس"},
        "a rarer word": {"q": "النظافة"},
        "no such word": {"q": "سنديانة"},
        "by title": {"o": "1"},
        "last page": {"p": str(-(-Article.objects.count() // 50))},
    }
    for name, asked in narrowed.items():
        yield f"stories, {name}", page(stories, **asked)


def figures_of(ask: Ask) -> Figures:
    """The median time, and the queries, of a page that was asked for before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
        asked = len(queries)
    times = []
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return Figures(statistics.median(times), asked)


def print_table(measured: dict[int, dict[str, Figures]]) -> None:
    names = list(dict.fromkeys(name for figures in measured.values() for name in figures))
    print(f"median of {REPEATS}; ! marks more than {MOST_QUERIES} queries")
    print(" " * 38 + "".join(f"{f'{size:,} stories':>18}" for size in measured))
    for name in names:
        row = (str(figures[name]) if name in figures else "—" for figures in measured.values())
        print(f"{name:38}" + "".join(f"{each:>18}" for each in row))


if __name__ == "__main__":
    main()
