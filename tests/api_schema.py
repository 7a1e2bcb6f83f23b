"""Keeps the stored schema of the API: `python -m tests.api_schema update`, `… check`.

The schema is made from the code; `tests/newsroom/schema.yaml` is what clients were promised.
`check` says where both differ, as a test does; `update` stores a change that is meant.
"""

import argparse
import difflib
import os
import sys
from pathlib import Path

import django

STORED = Path(__file__).parent / "newsroom" / "schema.yaml"
HINT = (
    "If the change is meant, and what `/api/v1/changes/` says of this version allows it: tell it "
    "there (newsroom/api_changes.py), and run `python -m tests.api_schema update`."
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 where `check` found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.api_schema", description=__doc__)
    parser.add_argument("command", choices=["update", "check"])
    command = parser.parse_args(arguments).command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    if command == "update":
        STORED.write_text(served(), encoding="utf-8")
    differences = check()
    for line in differences:
        print(line)
    if differences:
        print(HINT)
    return 1 if differences else 0


def check() -> list[str]:
    """What differs between the stored schema and that of the code, as `diff` writes it."""
    stored = STORED.read_text(encoding="utf-8") if STORED.exists() else ""
    names = {"fromfile": "stored", "tofile": "served"}
    lines = difflib.unified_diff(stored.splitlines(), served().splitlines(), **names, lineterm="")
    return [*lines]


def served() -> str:
    """The schema as the code makes it."""
    from drf_spectacular.renderers import OpenApiYamlRenderer

    from newsroom.api_schema import EnglishSchema

    schema = EnglishSchema().get_schema(request=None, public=True)
    return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()


if __name__ == "__main__":
    sys.exit(main())
