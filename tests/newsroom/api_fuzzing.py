"""Runs Schemathesis against a live site: every check, on requests made from the served schema."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

PROJECT = Path(__file__).resolve().parents[2]

_CHECKS = """
hooks = "tests.newsroom.api_checks"

[checks]
# In its stead: `what_the_schema_allows_is_taken`.
positive_data_acceptance.enabled = false

[cache]
enabled = false
"""
_DESK = ("desk/articles", "desk/images", "desk/comments")


def fuzz(
    site: str, *options: str, folder: Path, token: str = ""
) -> subprocess.CompletedProcess[str]:
    """What came of a run with these options; its configuration is written to this folder.

    With the token of a chief, good for all, the newsroom's own programs are tried as well.
    """
    configuration = folder / "schemathesis.toml"
    configuration.write_text(_CHECKS + _known_values(site, token))
    authorization = ("--header", f"Authorization: Bearer {token}") if token else ()
    return subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(configuration), "run", f"{site}/api/v1/schema/"),
            *("--workers", "1", "--continue-on-failure", "--no-color"),
            *authorization,
            *options,
        ],
        cwd=folder,
        env={"PYTHONPATH": str(PROJECT), "PATH": "", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def _known_values(site: str, token: str) -> str:
    """What makes half of the requests ask for rows that are there."""
    rows = [*_DESK] if token else []
    known = {
        "path.id": [key for each in rows for key in _values(site, each, "id", token)],
        "path.slug": _values(site, "articles", "slug"),
        "query.category": _values(site, "categories", "slug"),
        "query.tag": _values(site, "tags", "slug"),
        "query.cursor": [*_cursors(site)],
    }
    lines = []
    for name, values in known.items():
        if values:
            lines += [f'[dictionaries."{name}"]', f"values = {json.dumps(values)}"]
            lines += [f'[parameters."{name}"]', f'dictionary = "{name}"', "probability = 0.5"]
    return "\n".join(lines)


def _values(site: str, rows: str, field: str, token: str = "") -> list[str]:
    asked = Request(f"{site}/api/v1/{rows}/")
    if token:
        asked.add_header("Authorization", f"Bearer {token}")
    with urlopen(asked, timeout=30) as answer:
        return [each[field] for each in json.load(answer)["results"]]


def _cursors(site: str) -> Iterator[str]:
    for rows in ("articles", "tags", "images"):
        with urlopen(f"{site}/api/v1/{rows}/?page_size=1", timeout=30) as answer:
            address = json.load(answer)["next"]
        if address:
            yield from parse_qs(urlsplit(address).query)["cursor"]
