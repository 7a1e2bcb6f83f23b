#!/usr/bin/env python
"""The newsroom's commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import OperationalError

        from newsroom.embedded import DatabaseUnavailable
    except ImportError as error:
        sys.exit(
            f"{error.name} is not installed: run `make run`, or "
            "`python -m pip install -r requirements.txt` in a virtual environment."
        )
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, DatabaseUnavailable) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except OperationalError as error:
        if isinstance(error.__cause__, DatabaseUnavailable):
            sys.exit(str(error.__cause__))
        first_line = str(error).strip().splitlines()[0]
        sys.exit(
            f"The database cannot be reached: {first_line} Check DATABASE_URL, and that "
            "PostgreSQL is running and lets this machine in."
        )


if __name__ == "__main__":
    main()
