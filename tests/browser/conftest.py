"""A real Chromium in front of the real site: started as `make run` starts it, in a folder of its
own, with its own PostgreSQL."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.watching import watch
from tests.newsroom.commands import PATIENCE, PROJECT, copied, environment

SIGHT_PATIENCE = 30_000  # milliseconds in which a page shows what is expected of it
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]


@dataclass(frozen=True)
class Site:
    """The running site: its address, the folder with its data, its log, its accounts."""

    url: str
    folder: Path
    log: Path

    @property
    def passwords(self) -> dict[str, str]:
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        return dict(line.split() for line in lines)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def site(migrated_var: Path) -> Iterator[Site]:
    """The demonstration, served until the last browser test is over."""
    with copied(migrated_var) as folder:
        port = free_port()
        log = folder / "serve.log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--port", str(port)],
                cwd=PROJECT,
                env=environment(VAR_ROOT=str(folder)),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        site = Site(url=f"http://127.0.0.1:{port}", folder=folder, log=log)
        try:
            _await_answer(site, server)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE)


def _await_answer(site: Site, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{site.url}/readyz", timeout=5):
                return
        except OSError:
            assert server.poll() is None, f"the site did not start:\n{site.log.read_text()}"
            time.sleep(0.25)
    raise AssertionError(f"no answer after {PATIENCE} s:\n{site.log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or whichever is found; skipped with a reason where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        pytest.skip("no Chromium is installed here (Debian: apt-get install chromium)")
    expect.set_options(timeout=SIGHT_PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture
def person(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a browser of one's own, logged in where an account is named; `width` in pixels.

    `scripts=False` is a browser that runs none. No page that it shows may run against its
    policy, or ask another host for anything; `refusals=True` is for what the policy is to refuse.
    """
    contexts: list[BrowserContext] = []
    breaches: list[list[str]] = []

    def open_browser(
        account: str | None = None,
        width: int = 1280,
        *,
        scripts: bool = True,
        refusals: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=site.url,
            locale="ar",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        breaches.append(watch(context, site.url, refusals=refusals))
        page = context.new_page()
        if account:
            log_in(page, account, site.passwords[account])
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert [breach for each in breaches for breach in each] == []


def log_in(page: Page, account: str, password: str, *, to: str = "/admin/") -> None:
    """Log in, and wait for the page of the desk to which that leads."""
    page.goto(f"/admin/login/?next={to}")
    page.fill("#id_username", account)
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")
    page.wait_for_url(to)
