"""Times readers' search among many stories, in a database of its own.

`python -m tests.benchmarks.search [100000]` makes an empty database beside the real one, seeds it,
asks for the page of search through the whole stack of Django, each search several times in a mixed
order, and drops the database again. The figures are milliseconds on the server.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Iterator

import django

STORIES = 100_000
REPEATS = 12
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
    "a later page": [{"q": "المجلس", "page": "5"}, {"q": "النظافة", "page": "25"}],
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=int, default=STORIES, help="how many stories")
    stories = parser.parse_args().stories
    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    print_table(stories, measure(stories))


def measure(stories: int) -> dict[str, list[float]]:
    """Milliseconds of each search, by its kind, among so many stories."""
    from articles.seeding import seed
    from newsroom.leaks.scratch import scratch_database

    with scratch_database():
        seed(stories)
        return dict(timed())


def timed() -> Iterator[tuple[str, list[float]]]:
    from django.test import Client
    from django.urls import reverse

    reader, address = Client(headers={"host": "localhost"}), reverse("search")
    asked = [(kind, each) for kind, searches in SEARCHES.items() for each in searches] * REPEATS
    random.Random(1).shuffle(asked)
    times: dict[str, list[float]] = {kind: [] for kind in SEARCHES}
    for _kind, each in asked[:20]:
        reader.get(address, each)
    for kind, each in asked:
        start = time.perf_counter()
        response = reader.get(address, each)
        times[kind].append((time.perf_counter() - start) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{each} answered {response.status_code}")
    yield from times.items()


def print_table(stories: int, times: dict[str, list[float]]) -> None:
    print(f"{stories:,} stories; milliseconds on the server")
    print(f"{'':34}{'median':>8}{'p95':>8}{'worst':>8}")
    every = [each for kind in times.values() for each in kind]
    for name, row in (*times.items(), ("all", every)):
        worst = percentile(row, PERCENTILE), max(row)
        print(f"{name:34}{statistics.median(row):8.1f}{worst[0]:8.1f}{worst[1]:8.1f}")
    if percentile(every, PERCENTILE) > MOST_MILLISECONDS:
        print(f"The {PERCENTILE}th percentile of all is over {MOST_MILLISECONDS} ms.")


def percentile(times: list[float], rank: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[rank - 1]


if __name__ == "__main__":
    main()
