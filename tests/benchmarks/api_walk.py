"""A client walks along `next` through all articles while 1,000 of them come and go.

`python -m tests.benchmarks.api_walk [100000]` makes a site in a temporary folder, serves it with
two workers and asks for page after page of 100, while half of the changes publish a draft, dated
anywhere in the list, and half retract a story. `--here` walks through the site that is there, and
puts each story back as it was. Ends with 1 where an article came twice, or was missed though it
was public throughout.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.request import urlopen

from tests.benchmarks.site import served, site_with

STORIES = 100_000
CHANGES = 1_000
PAGE = 100
ORDERINGS = ("-published_at", "published_at")
WHY = "قياس"


@dataclass
class Changes:
    """What comes and what goes, and how many of each did so during a walk."""

    come: list[Any]
    go: list[Any]
    done: int = 0
    failures: list[Exception] = field(default_factory=list)

    @classmethod
    def drawn(cls, number: int) -> "Changes":
        """Drafts that lack nothing, and public stories, as many of both."""
        from articles.models import Article, ArticleStatus

        half = number // 2
        drafts = Article.objects.filter(status=ArticleStatus.DRAFT, byline__isnull=False)
        public = list(Article.objects.public().values_list("pk", flat=True))
        chosen = random.Random(1).sample(public, half)
        return cls(list(drafts.order_by("id")[:half]), list(Article.objects.filter(pk__in=chosen)))

    @property
    def number(self) -> int:
        return len(self.come) + len(self.go)

    def steps(self) -> Iterator[tuple[Any, bool]]:
        """Each story, and whether it comes: they take turns."""
        for come, go in zip(self.come, self.go, strict=True):
            yield come, True
            yield go, False

    def make(self, progress: "Walk") -> None:
        """Make all of them, spread over the walk. Runs beside it, in a thread."""
        from django.db import connection

        from articles import publishing

        moments = random.Random(2)
        try:
            for story, comes in self.steps():
                while progress.part < self.done / self.number and not progress.has_ended:
                    time.sleep(0.005)
                if comes:
                    ago = timedelta(days=moments.uniform(0, 5 * 365))
                    publishing.publish(story, at=progress.start - ago)
                else:
                    publishing.retract(story, reason=WHY)
                self.done += 1
        except Exception as error:
            self.failures.append(error)
        finally:
            connection.close()

    def take_back(self) -> None:
        from articles import publishing

        for story, comes in list(self.steps())[: self.done]:
            if comes:
                publishing.back_to_draft(story, reason=WHY)
            else:
                publishing.publish(story, reason=WHY)


@dataclass
class Walk:
    """How far a client has come."""

    start: Any
    expected: int
    met: Counter[int] = field(default_factory=Counter)
    pages: int = 0
    has_ended: bool = False

    @property
    def part(self) -> float:
        return self.met.total() / self.expected

    def go(self, address: str | None) -> None:
        while address:
            with urlopen(address) as answer:
                page = json.load(answer)
            self.met.update(each["id"] for each in page["results"])
            self.pages += 1
            address = page["next"]
        self.has_ended = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=int, default=STORIES, help="how many stories")
    parser.add_argument("--here", action="store_true", help="of the site that is there")
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--port", type=int, default=8397)
    asked = parser.parse_args()
    with site_with(asked.stories, here=asked.here), served(asked.port, workers=2):
        walks = [walk(ordering, asked.port, asked.changes) for ordering in ORDERINGS]
    sys.exit(not all(walks))


def walk(ordering: str, port: int, number: int) -> bool:
    """Whether all that stayed was met once; prints the figures."""
    from django.utils import timezone

    changes = Changes.drawn(number)
    before = public_keys()
    walked = Walk(timezone.now(), len(before))
    changing = threading.Thread(target=changes.make, args=[walked])
    begun = time.monotonic()
    changing.start()
    try:
        query = f"page_size={PAGE}&fields=id&ordering={ordering}"
        walked.go(f"http://127.0.0.1:{port}/api/v1/articles/?{query}")
        seconds = time.monotonic() - begun
    finally:
        walked.has_ended = True
        changing.join()
        after = public_keys()
        changes.take_back()
    if changes.failures:
        raise changes.failures[0]
    print(f"{ordering}: {walked.pages:,} pages in {seconds:.0f} s, {changes.done:,} changes")
    return judge(walked.met, stayed=before & after, ever=before | after)


def judge(met: Counter[int], *, stayed: set[int], ever: set[int]) -> bool:
    twice = [key for key, times in met.items() if times > 1]
    missed, never = stayed - set(met), set(met) - ever
    print(f"  {met.total():,} articles met, {len(stayed):,} of them public throughout")
    print(f"  twice: {len(twice)}; missed: {len(missed)}; never public: {len(never)}")
    return not (twice or missed or never)


def public_keys() -> set[int]:
    from articles.models import Article

    return set(Article.objects.public().values_list("pk", flat=True))


if __name__ == "__main__":
    main()
