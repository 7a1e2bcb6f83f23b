"""Reads the environment for `settings.py`; what is missing or wrong is told by its name."""

import os
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, to_locale
from environ import Env

env = Env()

# Whoever sets one of these configures a site for others; nothing is made up for it then.
_CONFIGURED_BY = {"DEBUG", "DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"}


def is_configured() -> bool:
    """Whether somebody has said how this installation is to be run."""
    return bool(_CONFIGURED_BY & set(os.environ))


def flag(name: str, *, default: bool) -> bool:
    value = env.str(name, default="on" if default else "off").lower()
    if value not in {*Env.BOOLEAN_TRUE_STRINGS, "false", "off", "no", "n", "0", ""}:
        raise ImproperlyConfigured(f"{name} is {value!r}: give on or off.")
    return value in Env.BOOLEAN_TRUE_STRINGS


def number(name: str, *, default: int, least: int = 0, most: int = 2**31) -> int:
    value = env.str(name, default=str(default))
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is {value!r}: give a number from {least} to {most}.")
    return int(value)


def per_minute(name: str, *, default: int) -> str | None:
    """A rate as throttles read it; None, where 0 is given, for no limit."""
    most = number(name, default=default)
    return f"{most}/minute" if most else None


def required(name: str, purpose: str, own: Mapping[str, str]) -> str:
    """A value that a site cannot do without, from the environment or of this machine's own."""
    value = env.str(name, default="") or own.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {purpose}")
    return value


def site_url(default: str) -> str:
    value = env.str("SITE_URL", default="") or default
    if not value.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"SITE_URL is {value!r}: give the whole address, as in https://paper.example"
        )
    return value.rstrip("/")


def origins(name: str) -> list[str]:
    """Sites by scheme, host and port, as browsers name them in `Origin`."""
    given: list[str] = env.list(name, default=[])
    for each in given:
        parts = urlsplit(each)
        if f"{parts.scheme}://{parts.netloc}" != each or parts.scheme not in {"http", "https"}:
            raise ImproperlyConfigured(
                f"{name} has {each!r}: give scheme and host alone, as in https://partner.example"
            )
    return given


def languages_of(catalogues: Path) -> list[tuple[str, Promise]]:
    """The languages that have a catalogue in this folder, with their names as Django says them."""
    return [
        (code, gettext_lazy(name))
        for code, name in global_settings.LANGUAGES
        if (catalogues / to_locale(code) / "LC_MESSAGES").is_dir()
    ]


def time_zone(default: str) -> str:
    value = env.str("TIME_ZONE", default=default)
    try:
        ZoneInfo(value)
    except (OSError, ValueError, LookupError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE is {value!r}: give a name as in Asia/Damascus."
        ) from error
    return value


def one_of(name: str, known: list[str], *, default: str) -> str:
    """One of these words."""
    value: str = env.str(name, default=default)
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}: give one of {', '.join(known)}.")
    return value


def database() -> dict[str, object] | None:
    """The PostgreSQL that DATABASE_URL names; None where it is not set."""
    value = env.str("DATABASE_URL", default="")
    if not value:
        return None
    try:
        if value.startswith(("postgres://", "postgresql://")):
            described: dict[str, object] = env.db_url("DATABASE_URL")
            return described
    except ValueError:
        pass
    raise ImproperlyConfigured(
        "DATABASE_URL does not name a PostgreSQL database: "
        "give postgres://user:password@host:port/name"
    )


def mail() -> dict[str, object]:
    """How mail is sent; printed where EMAIL_URL is not set."""
    try:
        described: dict[str, object] = env.email_url("EMAIL_URL", default="consolemail://")
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL names no mail server: give smtp+tls://user:password@host:587"
        ) from error
    return described


def sender(default: str) -> str:
    """From whom mail comes: an address, or a name and an address."""
    value: str = env.str("EMAIL_FROM", default="")
    if not value:
        return default
    try:
        if not value.isprintable():
            raise ValidationError("a line of its own would be a header of its own")
        validate_email(parseaddr(value)[1])
    except ValidationError as error:
        raise ImproperlyConfigured(
            f"EMAIL_FROM is {value!r}: give an address, as in desk@paper.example"
        ) from error
    return value
