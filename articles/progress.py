"""How far a long work is: a bar on a terminal, nothing anywhere else. A leaf."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from tqdm import tqdm

Row = TypeVar("Row")


class Progress(Protocol):
    """Hands on what a work goes through, and tells how far it is."""

    def __call__(
        self, rows: Iterable[Row], what: str, total: int | None = None
    ) -> Iterable[Row]: ...


def silent(rows: Iterable[Row], what: str, total: int | None = None) -> Iterable[Row]:
    """Tell nobody how far it is."""
    return rows


def on_terminal(rows: Iterable[Row], what: str, total: int | None = None) -> Iterable[Row]:
    """A bar on the standard error, where that is a terminal."""
    return tqdm(rows, desc=what, total=total, disable=None, dynamic_ncols=True, leave=False)
