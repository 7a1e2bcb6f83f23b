"""Files on this machine's disk, whole or not there. A leaf."""

import os
import uuid
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

UNFINISHED = ".part"


class WholeFileStorage(FileSystemStorage):
    """A file gets its name when its last byte is written: nobody is served half of one.

    What a crash in the middle leaves ends in `.part`.
    """

    def _save(self, name: str, content: IO[Any]) -> str:
        written = super()._save(f"{name}.{uuid.uuid4().hex}{UNFINISHED}", content)  # type: ignore[misc]
        part = Path(self.path(written))
        try:
            while True:
                try:
                    os.link(part, self.path(name))
                    return name
                except FileExistsError:
                    name = self.get_available_name(name)
        finally:
            part.unlink()
