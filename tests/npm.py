"""Tools that npm has, each of one version, fetched into a cache outside of the checkout."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "newsroom-tests")
PATIENCE = 300  # seconds


class NotToBeHad(Exception):
    """The package is not in the cache and cannot be fetched; says why."""


def package(name: str, version: str) -> Path:
    """The folder of a package, beside whatever it needs. Raises NotToBeHad."""
    folder = CACHE / f"{name}-{version}"
    if not folder.exists():
        _fetch(f"{name}@{version}", folder)
    return folder / "node_modules" / name


def _fetch(wanted: str, folder: Path) -> None:
    if shutil.which("npm") is None:
        raise NotToBeHad(f"{wanted} is fetched by npm, which is not installed")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, ignore_cleanup_errors=True) as made:
        install = [
            "npm",
            "install",
            "--prefix",
            made,
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]
        try:
            done = subprocess.run(
                [*install, wanted], capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NotToBeHad(f"{wanted} was not fetched in {PATIENCE} s") from error
        if done.returncode:
            raise NotToBeHad(f"{wanted} cannot be fetched: {done.stderr.strip()[-200:]}")
        Path(made).rename(folder)
