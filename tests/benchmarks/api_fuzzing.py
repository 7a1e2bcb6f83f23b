"""Runs Schemathesis against a live site for as long as one likes: every check, stateful too.

`python -m tests.benchmarks.api_fuzzing http://127.0.0.1:8000 [--minutes 30] [--token T]`,
best against `manage.py demo`: it posts comments. With a token of a chief that is good for all, it
writes drafts, adds pictures and moderates as well. Prints what Schemathesis says, and how many
answers of each status there were; ends with 1 where a check failed.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.newsroom.api_fuzzing import fuzz

_STATUS = re.compile(r'"status_code":(\d+)')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="its address, without a path")
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        report = Path(name, "report.ndjson")
        ended = fuzz(
            arguments.site.rstrip("/"),
            *("--max-time", str(arguments.minutes * 60), "--seed", str(arguments.seed)),
            *("--max-examples", "300"),
            *("--report", "ndjson", "--report-ndjson-path", str(report)),
            folder=Path(name),
            token=arguments.token,
        )
        print(ended.stdout, ended.stderr)
        print(count_statuses(report))
    return ended.returncode


def count_statuses(report: Path) -> str:
    """How many answers of each status the report holds."""
    with report.open() as lines:
        statuses = Counter(status for line in lines for status in _STATUS.findall(line))
    return "  ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))


if __name__ == "__main__":
    sys.exit(main())
