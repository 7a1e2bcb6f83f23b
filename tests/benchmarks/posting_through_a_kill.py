"""20,000 posts from 16 clients, half of them invalid, while the server is killed and restarted.

`python -m tests.benchmarks.posting_through_a_kill` makes a site of its own in a temporary folder,
serves it, posts by form and API in turn, kills every process of the server with SIGKILL in the
middle, starts it again, and then compares what was answered with what is in the database: all
that was answered 303 or 201 is there once, and nothing is there twice. A client that got no
answer sends the same again, as a reader would. Ends with 1 where something is wrong.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil

PROJECT = Path(__file__).resolve().parents[2]
UNLIMITED = "per_minute=0, per_hour=0, network_per_minute=0, network_per_hour=0"


@dataclass
class Site:
    """A site of its own: a folder, a port, and the server while it runs."""

    folder: Path
    port: int
    server: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "VAR_ROOT": str(self.folder), "PORT": str(self.port)}

    def start(self) -> None:
        self.server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        while not self.answers():
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/readyz", "", {})[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """SIGKILL to the server and all that it started, its workers and its worker."""
        assert self.server
        family = psutil.Process(self.server.pid)
        for process in [*family.children(recursive=True), family]:
            process.kill()
        self.server.wait()

    def stop(self) -> None:
        assert self.server
        self.server.terminate()
        self.server.wait()

    def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body.encode(), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            raise OSError from error
        finally:
            connection.close()


@dataclass
class Tally:
    """What the clients were answered: the texts that were accepted, and every status."""

    accepted: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, text: str, status: int, *, again: bool) -> None:
        with self.lock:
            self.statuses[f"{status}{' on sending again' if again else ''}"] += 1
            if status in {201, 303}:
                self.accepted.append(text)

    @property
    def done(self) -> int:
        return sum(self.statuses.values())


def texts(client: int, posts: int) -> Iterator[tuple[str, bool]]:
    """What one client sends: texts that nobody else sends, every second one without a name."""
    for number in range(posts):
        yield f"تعليق العميل {client} ورقمه {number}", bool(number % 2)


def post(site: Site, slug: str, client: int, text: str, *, by_api: bool, valid: bool) -> int:
    sent = {"name": "قارئ" if valid else "", "email": f"client{client}@example.org", "body": text}
    if by_api:
        path, body = f"/api/v1/articles/{slug}/comments/", json.dumps(sent)
        kind = "application/json"
    else:
        path, body = f"/articles/{slug}/comments/", urlencode(sent)
        kind = "application/x-www-form-urlencoded"
    return site.ask("POST", path, body, {"Content-Type": kind})[0]


def run_client(site: Site, slug: str, client: int, posts: int, tally: Tally) -> None:
    for number, (text, valid) in enumerate(texts(client, posts)):
        again = False
        while True:
            try:
                status = post(site, slug, client, text, by_api=bool(number // 2 % 2), valid=valid)
                break
            except OSError:
                again = True
                time.sleep(0.5)
        tally.note(text, status, again=again)


def run(posts: int, clients: int, port: int) -> bool:
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="newsroom-", dir="/tmp") as folder:
        site = Site(Path(folder), port)
        site.manage("migrate", "--verbosity", "0")
        slug = quote(site.manage("shell", "--verbosity", "0", "-c", PREPARE).strip())
        site.start()
        start = time.monotonic()
        with ThreadPoolExecutor(clients) as pool:
            running = [
                pool.submit(run_client, site, slug, client, posts // clients, tally)
                for client in range(clients)
            ]
            while tally.done < posts // 2:
                time.sleep(0.1)
            site.kill()
            print(f"killed after {tally.done} answers")
            site.start()
            for each in running:
                each.result()
        seconds = time.monotonic() - start
        site.stop()
        kept = Counter(json.loads(site.manage("shell", "--verbosity", "0", "-c", READ)))
    return report(tally, kept, seconds)


def report(tally: Tally, kept: Counter[str], seconds: float) -> bool:
    lost = [text for text in tally.accepted if kept[text] != 1]
    twice = [text for text, times in kept.items() if times > 1]
    failed = [status for status in tally.statuses if status.startswith("5")]
    print(f"{tally.done} posts in {seconds:.0f} s: {dict(sorted(tally.statuses.items()))}")
    print(f"accepted {len(tally.accepted)}, in the database {sum(kept.values())}")
    print(f"accepted and not there once: {len(lost)}; there twice: {len(twice)}")
    return not (lost or twice or failed)


PREPARE = f"""
from articles import publishing
from articles.models import Article, Byline, Category
from comments import policy
from comments.models import CommentPolicy
article = Article.objects.create(
    title="خبر للقياس", body="<p>نص الخبر.</p>", excerpt="نص", no_image_reason="قياس",
    byline=Byline.objects.create(name="قياس"),
    category=Category.objects.create(name="قياس", slug="قياس"))
publishing.publish(article)
policy.change(CommentPolicy.load(), dict({UNLIMITED}))
print(article.slug)
"""
READ = """
import json
from comments.models import Comment
print(json.dumps(list(Comment.objects.values_list("body", flat=True))))
"""

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--port", type=int, default=8399)
    chosen = parser.parse_args()
    sys.exit(not run(chosen.posts, chosen.clients, chosen.port))
