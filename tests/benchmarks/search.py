"""Times readers' search among many stories, in a database of its own or in the one that is there.

`python -m tests.benchmarks.search [100000]` makes an empty database beside the real one, seeds it,
asks for the page of search through the whole stack of Django, each search several times in a mixed
order, and drops the database again. `--here` asks among the stories that are there already, after
`manage.py seed_articles 100000`, and changes nothing. The figures are milliseconds: all that an
answer took; of its 95th percentile what Python computed and what the database was waited for.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

STORIES = 100_000
REPEATS = 12
WARMING = 20
PERCENTILE = 95
MOST_MILLISECONDS = 50

# Of each kind of search some: words of a third of all stories, of few, of none, spelled otherwise.
SEARCHES: dict[str, list[dict[str, str]]] = {
    "a common word": [{"q": each} for each in ("المجلس", "الجامعه", "مشروع", "الاهالي", "الصحيفة")],
    "a rarer word": [
        {"q": each} for each in ("النظافة", "القراءة", "الترميم", "صيادين", "الكورنيش")
    ],
    "a tag": [{"q": each} for each in ("زيتون", "انتخابات", "مستشفي", "خصوصيه")],
    "several words": [
        {"q": each}
        for each in (
            "المجلس البلدي يقر موازنة العام",
            "ترميم السوق القديم حي الميناء",
            "اتحاد الصيادين شبكه المياه",
            "مدير المستشفي حملة النظافه قبل نهاية العام",
            "متحف المدينة يستأنف موسم القراءة",
        )
    ],
    "a beginning": [{"q": each} for each in ("الم", "مست", "اتحاد المز", "موسم القر", "ينا")],
    "a phrase": [
        {"q": each}
        for each in ('"المجلس البلدي"', '"صيانة المدارس"', '"نادي الساحل يقر"', "«حملة النظافة»")
    ],
    "a phrase that is nowhere": [{"q": '"البلدي المجلس"'}, {"q": '"النظافة حملة"'}],
    "words that are nowhere together": [{"q": "سنديانة المجلس"}, {"q": "زيتون سنديانة"}],
    "a word left out": [{"q": "المجلس -البلدي"}, {"q": 'النظافة -"حملة النظافة"'}],
    "one way or another": [{"q": "النظافة or القراءة"}, {"q": "سنديانة or الترميم"}],
    "nothing": [{"q": each} for each in ("سنديانة", "قنطرة", "zzz")],
    "within a category": [
        {"q": "المجلس", "category": "محليات"},
        {"q": "النظافة", "category": "رياضة"},
    ],
    "of a byline": [{"q": "المجلس", "byline": "رنا-عبود"}, {"q": "زيتون", "byline": "كرم-الأسعد"}],
    "of a year": [
        {"q": "المجلس", "since": "2023-01-01", "until": "2023-12-31"},
        {"q": "النظافة الجامعة", "since": "2023-01-01", "until": "2023-12-31"},
    ],
    "a later page": [{"q": "المجلس", "page": "5"}, {"q": "النظافة", "page": "30"}],
}


@dataclass(frozen=True)
class Answer:
    """How long one took, in milliseconds."""

    whole: float
    python: float
    database: float


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=int, default=STORIES, help="how many stories")
    parser.add_argument("--here", action="store_true", help="among those that are there")
    asked = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    print_table(*(measure() if asked.here else measure_seeded(asked.stories)))


def measure_seeded(stories: int) -> tuple[int, dict[str, list[Answer]]]:
    """What `measure` gives, among so many stories that are written for it."""
    from articles.seeding import seed
    from newsroom.leaks.scratch import scratch_database

    with scratch_database():
        seed(stories)
        return measure()


def measure() -> tuple[int, dict[str, list[Answer]]]:
    """How many stories there are, and the answers to each kind of search."""
    from django.test import Client

    from articles.models import Article
    from newsroom import wsgi  # noqa: F401 - sets the process up as the server does

    reader = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    asked = [(kind, each) for kind, searches in SEARCHES.items() for each in searches] * REPEATS
    random.Random(1).shuffle(asked)
    answers: dict[str, list[Answer]] = {kind: [] for kind in SEARCHES}
    for _kind, each in asked[:WARMING]:
        answer_to(reader, each)
    for kind, each in asked:
        answers[kind].append(answer_to(reader, each))
    return Article.objects.count(), answers


def answer_to(reader: Any, search: dict[str, str]) -> Answer:
    """Raises SystemExit for an answer that is no page of results."""
    from django.db import connection
    from django.urls import reverse

    waited: list[float] = []

    def timed(execute: Callable[..., Any], *arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            waited.append(time.perf_counter() - start)

    with connection.execute_wrapper(timed):
        start, computed = time.perf_counter(), time.process_time()
        response = reader.get(reverse("search"), search)
        whole, python = time.perf_counter() - start, time.process_time() - computed
    if response.status_code != 200:
        raise SystemExit(f"{search} answered {response.status_code}")
    return Answer(whole * 1000, python * 1000, sum(waited) * 1000)


def print_table(stories: int, answers: dict[str, list[Answer]]) -> None:
    print(f"{stories:,} stories; milliseconds on the server")
    print(f"{'':34}{'median':>8}{'p95':>8}{'worst':>8}{'Python':>8}{'database':>10}")
    every = [each for kind in answers.values() for each in kind]
    for name, row in (*answers.items(), ("all", every)):
        whole = [each.whole for each in row]
        print(f"{name:34}{statistics.median(whole):8.1f}{percentile(whole):8.1f}", end="")
        python, database = ([getattr(each, of) for each in row] for of in ("python", "database"))
        print(f"{max(whole):8.1f}{percentile(python):8.1f}{percentile(database):10.1f}")
    if percentile([each.whole for each in every]) > MOST_MILLISECONDS:
        print(f"The {PERCENTILE}th percentile of all is over {MOST_MILLISECONDS} ms.")


def percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[PERCENTILE - 1]


if __name__ == "__main__":
    main()
