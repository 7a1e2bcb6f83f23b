"""The demonstration edition as its files describe it: no database here."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class DemoComment:
    """A comment; where it has no status, it stays what the rules have made of it."""

    id: str
    parent: str
    name: str
    website: str
    status: str
    reason: str
    minutes_after: int
    body: str
    reported: str = ""


@dataclass(frozen=True)
class DemoArticle:
    """One file under `articles/`; its name is the key by which others refer to it."""

    key: str
    title: str
    subtitle: str
    byline: str
    category: str
    further: list[str]
    tags: list[str]
    language: str
    excerpt: str
    picture: str
    picture_caption: str
    hours_ago: int
    status: str
    comments_open: bool
    related: list[str]
    body: str
    comments: list[DemoComment] = field(default_factory=list)


@cache
def edition() -> dict[str, Any]:
    """The categories, parents before children, the bylines and the listed words."""
    return tomllib.loads((FOLDER / "edition.toml").read_text(encoding="utf-8"))


@cache
def articles() -> list[DemoArticle]:
    """All articles, oldest first."""
    found = [_article(file) for file in sorted((FOLDER / "articles").glob("*.toml"))]
    return sorted(found, key=lambda article: -article.hours_ago)


def _article(file: Path) -> DemoArticle:
    described = tomllib.loads(file.read_text(encoding="utf-8"))
    comments = [DemoComment(**comment) for comment in described.pop("comments", [])]
    return DemoArticle(key=file.stem, comments=comments, **described)
