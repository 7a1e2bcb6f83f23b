"""What may stand in a log: no row of the database, no code of a receipt."""

import logging
import re
from typing import Any

_RECEIPT = re.compile(r"(/comments/receipt/)[^/\s'\"]+")


class WithoutSecrets(logging.Formatter):
    """Leaves out the rows that PostgreSQL quotes, and what opens a commenter's receipt."""

    def format(self, record: logging.LogRecord) -> str:
        return _RECEIPT.sub(r"\1…", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the library's
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.lstrip("| ").startswith("DETAIL:"))
