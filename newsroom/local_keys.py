"""Keys of an installation that nobody has configured: made once, kept under `var/`.

Only a development server or the demonstration uses them. Production is given its keys in the
environment, and the private half of the comment keys never comes near it.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from comments.privacy import generate_index_key, generate_key_pair

KEYS_FILE = "keys.env"
PRIVATE_KEY_FILE = "comment-private-key"


def new_keys() -> tuple[dict[str, str], str]:
    """Fresh keys by the names of their environment variables, and the private half."""
    private, public = generate_key_pair()
    keys = {
        "SECRET_KEY": get_random_secret_key(),
        "COMMENT_EMAIL_PUBLIC_KEY": public,
        "COMMENT_INDEX_KEY": generate_index_key(),
    }
    return keys, private


def local_keys(directory: Path) -> dict[str, str]:
    """The keys kept in this folder, by the names of their environment variables.

    Raises ImproperlyConfigured, with what to do, where the folder cannot be written.
    """
    file = directory / KEYS_FILE
    try:
        if not file.exists():
            _keep_new_keys(directory)
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {directory} cannot be used ({error.strerror}): make it writable, or set "
            "VAR_ROOT to one that is."
        ) from error
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _keep_new_keys(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    keys, private = new_keys()
    text = "".join(f"{name}={value}\n" for name, value in keys.items())
    scratch = _write(directory / f"{KEYS_FILE}.{os.getpid()}", text)
    private_scratch = _write(directory / f"{PRIVATE_KEY_FILE}.{os.getpid()}", private + "\n")
    try:
        # The first of two commands that start at once makes the keys; the other one reads them.
        os.link(scratch, directory / KEYS_FILE)
        private_scratch.replace(directory / PRIVATE_KEY_FILE)
    except FileExistsError:
        private_scratch.unlink()
    finally:
        scratch.unlink()


def _write(file: Path, text: str) -> Path:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
    return file
