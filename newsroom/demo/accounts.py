"""The three accounts of the demonstration, with passwords that nobody has chosen."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.models import Group, User

NAMES = ("editor", "writer", "moderator")
ACCOUNTS_FILE = "demo-accounts.txt"


def account(name: str) -> User:
    """The user with this name, whoever made it."""
    return User.objects.get(username=name)


def is_loaded() -> bool:
    """Whether the demonstration was loaded: its accounts come in the same transaction."""
    return User.objects.filter(username__in=NAMES).exists()


def make_accounts(directory: Path) -> dict[str, str]:
    """Make the accounts that are missing, each with its role; the new passwords by name.

    The passwords are kept in the folder too, readable by its owner alone: before the accounts
    are committed, so that none is left whose password nobody knows.
    """
    passwords: dict[str, str] = {}
    users = User.objects
    for name in NAMES:
        if users.filter(username=name).exists():
            continue
        passwords[name] = secrets.token_urlsafe(12)
        user = users.create_user(username=name, password=passwords[name], is_staff=True)
        user.groups.add(Group.objects.get(name=name))
    if passwords:
        _keep(directory / ACCOUNTS_FILE, passwords)
    return passwords


def _keep(file: Path, passwords: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    lines = [line for line in kept if line.partition(" ")[0] not in passwords]
    lines += [f"{name} {password}" for name, password in passwords.items()]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.write("".join(f"{line}\n" for line in lines))
