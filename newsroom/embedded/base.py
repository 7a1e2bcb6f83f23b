"""Django's PostgreSQL backend over the embedded server: a connection starts it when needed."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from newsroom import embedded
from newsroom.embedded.client import DatabaseClient


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to `HOST`, the socket folder of an embedded server."""

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        # Said here, or libpq would take it from the environment.
        settings_dict["PORT"] = str(embedded.PORT)
        super().__init__(settings_dict, alias)

    def get_connection_params(self) -> dict[str, Any]:
        """Return what to connect with, after making sure that the server answers.

        Whoever connects asks for this first: Django, its pool, and workers with a connection of
        their own. Raises OperationalError, with one line that says what to do.
        """
        self._ensure_server()
        return super().get_connection_params()

    def _ensure_server(self) -> None:
        host = Path(self.settings_dict["HOST"])
        if not host.is_absolute():
            raise ImproperlyConfigured(
                "Set HOST of the embedded database to str(embedded.socket_directory(FOLDER)), "
                "where FOLDER is the absolute path of the folder for its files."
            )
        try:
            embedded.ensure_running(host.parent)
        except embedded.DatabaseUnavailable as error:
            raise OperationalError(str(error)) from error
