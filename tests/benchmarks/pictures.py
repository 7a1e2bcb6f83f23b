"""Sends hundreds of photographs to a real server, lets its worker render them, checks each file.

`python -m tests.benchmarks.pictures [--pictures 500]` starts a site of its own in a folder that it
removes. The photographs are of 3000 by 2000 pixels, with noise, and with a place in their EXIF.
Memory is the resident set of each process (those of the server, the worker), sampled as it runs;
the seconds of a processor are told too, because they are the same on a machine that is busy.
"""

import argparse
import io
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from PIL import Image
from tqdm import tqdm

from tests.newsroom.commands import PROJECT, environment, manage, short_folder

KINDS = 20  # of different pixels; the files differ all
AT_ONCE = 2
SAMPLE = 0.2  # seconds
MOST_SECONDS = 3600
MEGABYTE = 1024 * 1024
PORT = 8790
URL = f"http://127.0.0.1:{PORT}"
UPLOAD = f"{URL}/admin/articles/archiveimage/upload/"
SESSION = """
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY
user = User.objects.create_superuser("benchmark")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print("session", session.session_key)
"""
LEFT = """
from procrastinate.contrib.django.models import ProcrastinateJob
left = ProcrastinateJob.objects.filter(task_name="articles.jobs.make_renditions")
print("left", left.exclude(status__in=["succeeded", "failed"]).count())
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=500)
    count = parser.parse_args().pictures
    with short_folder() as folder:
        manage("migrate", VAR_ROOT=str(folder))
        session = _printed("session", SESSION, folder)
        photographs = [photograph(number) for number in range(min(KINDS, count))]
        with site(folder) as server, sampled(server) as used:
            started = time.monotonic()
            upload_all(photographs, count, session)
            uploaded = time.monotonic()
            await_renditions(folder)
            rendered = time.monotonic()
        size = sum(len(photographs[number % KINDS]) for number in range(count)) / MEGABYTE
        _say("uploaded", count, uploaded - started, f", {size:.0f} MB")
        _say("rendered after that", count, rendered - uploaded, "")
        _say("both", count, rendered - started, "")
        for name in ("server", "worker"):
            print(f"{name}: {used.peak(name) / MEGABYTE:.0f} MB at most", end=", ")
            print(f"{used.seconds(name) / count:.2f} seconds of a processor for each picture")
        check(folder, count)


def photograph(number: int) -> bytes:
    """A file as a camera makes it, about 2 MB, with the place where it was taken."""
    grain = Image.effect_noise((3000, 2000), 40 + number)
    light = Image.linear_gradient("L").rotate(90 * (number % 4)).resize(grain.size)
    colours = (light, Image.blend(light, grain, 0.3), Image.blend(grain, light, 0.6))
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8769)[0x9003] = "2025:03:21 17:45:10"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 30.0, 36.0), 3: "E", 4: (36.0, 18.0, 0.0)})
    buffer = io.BytesIO()
    Image.merge("RGB", colours).save(buffer, "JPEG", quality=88, exif=exif)
    return buffer.getvalue()


@contextmanager
def site(folder: Path) -> Iterator[psutil.Process]:
    """The site as it is served, with its worker."""
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(PORT)],
            cwd=PROJECT,
            env=environment(VAR_ROOT=str(folder)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _await_answer(server)
        yield psutil.Process(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        print((folder / "serve.log").read_text(errors="replace"))


class Used:
    """What each process of the site has used so far, by its number."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._peaks: dict[int, int] = {}
        self._seconds: dict[int, float] = {}

    def see(self, process: psutil.Process) -> None:
        self._names[process.pid] = "worker" if "worker" in process.cmdline() else "server"
        memory = process.memory_info().rss
        self._peaks[process.pid] = max(self._peaks.get(process.pid, 0), memory)
        self._seconds[process.pid] = sum(process.cpu_times()[:2])

    def peak(self, name: str) -> int:
        """The most bytes that one process of this name had."""
        return max(self._peaks[pid] for pid, own in self._names.items() if own == name)

    def seconds(self, name: str) -> float:
        return sum(self._seconds[pid] for pid, own in self._names.items() if own == name)


@contextmanager
def sampled(server: psutil.Process) -> Iterator[Used]:
    used, over = Used(), threading.Event()

    def sample() -> None:
        while not over.wait(SAMPLE):
            for process in [server, *server.children(recursive=True)]:
                with suppress(psutil.Error):
                    used.see(process)

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield used
    finally:
        over.set()
        thread.join()


def upload_all(photographs: list[bytes], count: int, session: str) -> None:
    """Send so many files, two at a time as the upload page does."""

    def send(number: int) -> None:
        data = photographs[number % len(photographs)]
        remark = f"number {number:06}".encode()
        own = data[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + data[2:]
        answer = post(f"{number:06}.jpg", own, session)
        assert b'"outcome": "added"' in answer, answer

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _sent in tqdm(
            pool.map(send, range(count)), total=count, unit=" pictures", disable=None
        ):
            pass


def post(name: str, data: bytes, session: str) -> bytes:
    token, boundary = "b" * 32, "benchmark-of-pictures"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="pictures"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode() + data + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
    headers = {
        "Accept": "application/json",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
    }
    with urllib.request.urlopen(urllib.request.Request(UPLOAD, body, headers)) as answer:
        return answer.read()


def await_renditions(folder: Path) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while int(_printed("left", LEFT, folder)):
        assert time.monotonic() < deadline, "the worker did not come to its end"
        time.sleep(2)


def check(folder: Path, count: int) -> None:
    """Open every rendition; none may hold anything but pixels."""
    files = [path for path in (folder / "media" / "renditions").rglob("*") if path.is_file()]
    formats: dict[str, int] = {}
    for path in tqdm(files, unit=" renditions", disable=None):
        with Image.open(path) as picture:
            picture.load()
            width = int(path.stem.rpartition("-")[2])
            assert picture.size == (width, round(2000 * width / 3000)), path
            assert not dict(picture.getexif()), path
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info), path
            formats[str(picture.format)] = formats.get(str(picture.format), 0) + 1
        data = path.read_bytes()
        assert b"Secret" not in data and b"Exif" not in data and b"number 0" not in data, path
    assert formats == dict.fromkeys(("AVIF", "WEBP", "JPEG"), 5 * count), formats
    size = sum(path.stat().st_size for path in files) / MEGABYTE
    print(f"{len(files)} renditions of {size:.0f} MB open, without EXIF: {formats}")


def _printed(name: str, code: str, folder: Path) -> str:
    done = manage("shell", "-c", code, VAR_ROOT=str(folder))
    lines = [line.split() for line in done.stdout.splitlines()]
    return next(words[1] for words in lines if words[:1] == [name])


def _await_answer(server: subprocess.Popen[Any]) -> None:
    for _attempt in range(240):
        try:
            with urllib.request.urlopen(f"{URL}/readyz", timeout=5):
                return
        except OSError:
            assert server.poll() is None, "the site did not start"
            time.sleep(0.25)
    raise AssertionError("the site does not answer")


def _say(what: str, count: int, seconds: float, more: str) -> None:
    print(f"{what}: {count} in {seconds:.0f} s ({count / seconds:.1f} a second{more})")


if __name__ == "__main__":
    os.nice(5)
    main()
