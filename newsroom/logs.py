"""What may stand in a log: no row of the database, and so no name, comment or address."""

import logging


class WithoutRows(logging.Formatter):
    """Leaves out the lines in which PostgreSQL quotes the row or the key that it refused."""

    def formatException(self, *args) -> str:  # noqa: N802 - the name is the library's
        lines = super().formatException(*args).splitlines()
        return "\n".join(line for line in lines if not line.lstrip("| ").startswith("DETAIL:"))
