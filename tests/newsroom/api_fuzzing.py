"""Runs Schemathesis against a live site: every check, on requests made from the served schema."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[2]

_CHECKS = """
hooks = "tests.newsroom.api_checks"

[checks]
# In its stead: `what_the_schema_allows_is_taken`.
positive_data_acceptance.enabled = false

[cache]
enabled = false
"""


def fuzz(site: str, *options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What came of a run with these options; its configuration is written to this folder."""
    configuration = folder / "schemathesis.toml"
    configuration.write_text(_CHECKS + _known_values(site))
    return subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(configuration), "run", f"{site}/api/v1/schema/"),
            *("--workers", "1", "--continue-on-failure", "--no-color"),
            *options,
        ],
        cwd=folder,
        env={"PYTHONPATH": str(PROJECT), "PATH": "", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def _known_values(site: str) -> str:
    """What makes half of the requests ask for rows that are there."""
    known = {
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


def _values(site: str, rows: str, field: str) -> list[str]:
    with urlopen(f"{site}/api/v1/{rows}/", timeout=30) as answer:
        return [each[field] for each in json.load(answer)["results"]]


def _cursors(site: str) -> Iterator[str]:
    for rows in ("articles", "tags", "images"):
        with urlopen(f"{site}/api/v1/{rows}/?page_size=1", timeout=30) as answer:
            address = json.load(answer)["next"]
        if address:
            yield from parse_qs(urlsplit(address).query)["cursor"]
