"""Times the API as `manage.py serve` answers it, with one worker and with two.

`python -m tests.benchmarks.api [100000]` makes a site in a temporary folder, seeds it with stories
and pictures, and lets ApacheBench ask for the list of twenty, for pages deep in it and for one
article, on a few connections that are kept, with nothing of a cache. `--here` asks the site that is
there already, and changes nothing. Beside what clients wait for stands what the workers compute: on
a busy machine it is the steadier figure. Then come the queries of each filter.
"""

import argparse
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode
from urllib.request import Request, urlopen

import psutil

from tests.benchmarks.site import served, site_with

STORIES = 100_000
CLIENTS = 4
SECONDS = 10
WARMING = 2  # seconds
PAGE = 20
# Of 100,000 stories the last is near to the end.
PAGES = (2_500, 4_700)
MOST_QUERIES = 6
LIST = "/api/v1/articles/"
_GZIP = "Accept-Encoding: gzip"
_MEASURED = {
    "a second": re.compile(r"Requests per second:\s+([\d.]+)"),
    "p50": re.compile(r"^\s+50%\s+(\d+)", re.MULTILINE),
    "p95": re.compile(r"^\s+95%\s+(\d+)", re.MULTILINE),
    "answers": re.compile(r"Complete requests:\s+(\d+)"),
}
_WRONG = re.compile(r"(?:Non-2xx responses|Failed requests):\s+([1-9]\d*)")


@dataclass(frozen=True)
class Load:
    """Answers a second, milliseconds until them, and milliseconds of the workers for each."""

    rate: float
    median: float
    percentile: float
    computed: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=int, default=STORIES, help="how many stories")
    parser.add_argument("--here", action="store_true", help="of the site that is there")
    parser.add_argument("--port", type=int, default=8397)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each address")
    asked = parser.parse_args()
    if shutil.which("ab") is None:
        raise SystemExit("No ab is installed here (Debian: apt-get install apache2-utils).")
    with site_with(asked.stories, here=asked.here):
        loaded, filters = addresses(), filtered()
        print_loads(loaded, asked.port, asked.seconds)
        print_queries({**loaded, **filters})


def addresses() -> dict[str, str]:
    """What is asked for under load, by name."""
    from articles.models import Article

    first = Article.objects.public().newest_first()[0]
    deep = {f"page {page:,}": _page(page) for page in PAGES}
    return {
        "page 1": LIST,
        **{name: address for name, address in deep.items() if address},
        "one article": f"{LIST}{quote(first.slug)}/",
    }


def _page(number: int) -> str:
    """The address of a page of the list; empty where there are not so many."""
    from articles.api.paging import Cursor
    from articles.models import Article

    last = Article.objects.public().newest_first()[(number - 1) * PAGE - 1 :].first()
    return f"{LIST}?cursor={Cursor([last.published_at, last.pk])}" if last else ""


def filtered() -> dict[str, str]:
    """The list with each filter, in both orders."""
    from articles.models import Byline, Category, Tag

    section, tag, byline = (model.objects.first() for model in (Category, Tag, Byline))
    wanted: list[dict[str, Any]] = [
        *({"category": section.slug}, {"tag": tag.slug}, {"byline": byline.slug}),
        *({"search": "المجلس"}, {"search": "سنديانة"}),
        *({"published_after": "2024-01-01"}, {"published_before": "2025-01-01"}),
    ]
    orders: list[dict[str, Any]] = [{}, {"ordering": "published_at"}]
    queries = [urlencode(each | order, safe="-_") for each in wanted for order in orders]
    return {f"?{unquote(query)}": f"{LIST}?{query}" for query in queries}


# Load


def print_loads(loaded: dict[str, str], port: int, seconds: int) -> None:
    print(f"{CLIENTS} clients; milliseconds until the answer, and of the workers for each")
    columns = ("a second", "p50", "p95", "computed")
    print(f"{'':24}" + "".join(f"{each:>10}" for each in columns))
    for workers in (1, 2):
        with served(port, workers) as server:
            print(f"{workers} worker{'s' if workers > 1 else ''}")
            for name, path in loaded.items():
                address = f"http://127.0.0.1:{port}{path}"
                load = measure(address, server, seconds)
                figures = (load.rate, load.median, load.percentile, load.computed)
                print(f"  {name:22}" + "".join(f"{each:10.1f}" for each in figures))
                if workers == 2:
                    plain, small = (length(address, coding) for coding in ("identity", "gzip"))
                    print(f"  {'':22}{plain:10,} bytes, {small:,} compressed")


def measure(address: str, server: psutil.Process, seconds: int) -> Load:
    """Raises SystemExit for answers that are none."""
    _ask_for(address, WARMING)
    before = _computed(server)
    told = _ask_for(address, seconds)
    computed = _computed(server) - before
    wrong = _WRONG.search(told)
    if wrong:
        raise SystemExit(f"{address}: {wrong[0]}")
    found = {name: float(_found(pattern, told)) for name, pattern in _MEASURED.items()}
    return Load(
        rate=found["a second"],
        median=found["p50"],
        percentile=found["p95"],
        computed=computed / found["answers"] * 1000,
    )


def _ask_for(address: str, seconds: int) -> str:
    # Compression varies the length of an answer (-l); -t would end after 50,000 of them.
    command = ["ab", "-q", "-k", "-l", f"-c{CLIENTS}", f"-t{seconds}", "-n1000000", "-H", _GZIP]
    return subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout


def _found(pattern: re.Pattern[str], told: str) -> str:
    found = pattern.search(told)
    if found is None:
        raise SystemExit(f"ab told something else:\n{told}")
    return found[1]


def _computed(server: psutil.Process) -> float:
    """Seconds that the server's processes have computed."""
    times = [each.cpu_times() for each in (server, *server.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def length(address: str, coding: str) -> int:
    with urlopen(Request(address, headers={"Accept-Encoding": coding})) as answer:
        return len(answer.read())


# Queries


def print_queries(asked: dict[str, str]) -> None:
    print(f"\n{'':44}{'queries':>10}{'database':>10}")
    for name, address in asked.items():
        queries, milliseconds = queries_of(address)
        mark = " !" if queries > MOST_QUERIES else ""
        print(f"{name:44}{queries:10}{milliseconds:7.1f} ms{mark}")


def queries_of(address: str) -> tuple[int, float]:
    """How many queries an answer takes, without what begins and ends transactions; and how long."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        asked = list(captured)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return len(list(_reading(asked))), sum(float(each["time"]) for each in asked) * 1000


def _reading(asked: list[dict[str, str]]) -> Iterator[str]:
    for each in asked:
        if each["sql"].lstrip().startswith(("SELECT", "WITH")):
            yield each["sql"]


if __name__ == "__main__":
    main()
