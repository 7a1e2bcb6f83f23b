"""The `psql` of the wheel for `manage.py dbshell`."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from newsroom import embedded


class DatabaseClient(client.DatabaseClient):
    """Runs the wheel's `psql`, which need not be installed on the system."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return the command line and what to add to the environment."""
        (_, *arguments), environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(embedded.binary("psql")), *arguments], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        """Open the shell on a running server."""
        self.connection.get_connection_params()  # Whose asking starts the server.
        super().runshell(parameters)
