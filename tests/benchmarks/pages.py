"""Judges the pages for readers of the site that `make run` serves right now.

`python -m tests.benchmarks.pages` lets Lighthouse (a phone on a slow line, simulated) load the
front page, a story with a picture and its discussion, a category and the search, and has the Nu
HTML checker read one page of each kind. Both tools come from npm. `--port` is that of the site,
8000 by default; `--only lighthouse` or `--only html` does one of both.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
from playwright.sync_api import sync_playwright

from tests import npm
from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.walking import REFUSED_SEARCH, SEARCHES, kinds_of_pages

LIGHTHOUSE = ("lighthouse", "12.8.2")
NU = ("vnu-jar", "26.9.27")
# Of the demonstration: what is commented on most has a picture.
STORY = "/articles/" + quote("فرن-الحارة-القديمة-يعود-إلى-الحطب-والزبائن-منقسمون-حول-طعم-زمان/")
PAGES = ("/", STORY, "/category/mukhtarat/", "/search/?q=" + quote("المدينة"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
KIBIBYTE = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--only", choices=["lighthouse", "html"])
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    site = f"http://127.0.0.1:{asked.port}"
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("No Chromium is installed here (Debian: apt-get install chromium).")
    if asked.only != "html":
        for path in PAGES:
            judge_loading(f"{site}{path}", chromium)
    if asked.only != "lighthouse" and judge_html(site, chromium):
        sys.exit(1)


def judge_loading(address: str, chromium: str) -> None:
    """Print the four scores of Lighthouse, and what the page weighs."""
    command = ["node", str(npm.package(*LIGHTHOUSE) / "cli" / "index.js"), address]
    command += ["--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    done = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chromium},
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    report = json.loads(done.stdout)
    scores = [f"{name} {report['categories'][name]['score']:.2f}" for name in CATEGORIES]
    print(f"{address}\n  {', '.join(scores)}\n  {', '.join(_weights(report['audits']))}")
    for audit in _lost_points(report):
        print(f"  - {audit['title']}: {audit.get('displayValue', '')}")


def _weights(audits: dict[str, Any]) -> Iterator[str]:
    requests = audits["network-requests"]["details"]["items"]
    everything = sum(each["transferSize"] for each in requests)
    pictures = sum(each["transferSize"] for each in requests if each["resourceType"] == "Image")
    yield f"largest paint {audits['largest-contentful-paint']['numericValue'] / 1000:.2f} s"
    yield f"first paint {audits['first-contentful-paint']['numericValue'] / 1000:.2f} s"
    yield f"{len(requests)} requests, {everything / KIBIBYTE:.0f} KiB"
    yield f"{(everything - pictures) / KIBIBYTE:.0f} KiB without pictures"
    before = [each for each in requests if each["resourceType"] in {"Document", "Stylesheet"}]
    yield f"{len(before)} requests before the first paint"


def _lost_points(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield audit


def judge_html(site: str, chromium: str) -> bool:
    """Print the errors that the Nu HTML checker finds; whether it found any."""
    jar = npm.package(*NU) / "build" / "dist" / "vnu.jar"
    checker = ["java", "-jar", str(jar), "--format", "gnu", "--errors-only"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        views = []
        starts = (*PAGES, *SEARCHES, REFUSED_SEARCH, "/?page=2", "/about/", "/no-such-page/")
        for view in kinds_of_pages(page, *starts, under="/", site_url=site):
            source = page.request.get(page.url).text()
            Path(folder, f"{len(views)}-{view}.html").write_text(source, encoding="utf-8")
            views.append(view)
        refused = page.request.post(f"{site}{STORY}comments/", form={})
        Path(folder, "refused-comment.html").write_text(refused.text(), encoding="utf-8")
        browser.close()
        done = subprocess.run(
            [*checker, *map(str, Path(folder).iterdir())],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    print(f"Nu HTML checker: {', '.join(views)}\n{done.stderr or 'nothing found'}")
    return bool(done.stderr)


if __name__ == "__main__":
    main()
