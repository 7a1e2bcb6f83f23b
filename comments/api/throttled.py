"""The answer to whoever sends too much."""

from rest_framework.exceptions import ErrorDetail, Throttled


class TooMany(Throttled):
    """A 429 in our own words: the framework's counted noun does not agree in Arabic.

    `wait` is in seconds.
    """

    def __init__(self, wait: float | None, detail: str) -> None:
        super().__init__(wait)
        self.detail = ErrorDetail(detail, self.default_code)
