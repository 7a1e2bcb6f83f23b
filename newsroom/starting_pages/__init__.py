"""The static pages that every new paper begins with, made once: what becomes of them is its own.

What they say is true of this software. A paper that changes COMMENT_ADDRESS_DAYS later says so on
its page of privacy, too.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from articles import html
from comments.posting import what_becomes_of_the_address

_FOLDER = Path(__file__).parent
_TOLD = "{what_becomes_of_the_address}"


def make(static_page: Any) -> None:
    """Write the pages as rows of this model, in the paper's language or else in English."""
    language = settings.LANGUAGE_CODE
    if not _file(language).exists():
        language = "en"
    static_page.objects.bulk_create(
        static_page(
            language=language,
            position=10 * number,
            slug=page["slug"],
            title=page["title"],
            body=page["body"],
            beside_comments=page["beside_comments"],
        )
        for number, page in enumerate(pages(language), 1)
    )


def pages(language: str) -> list[dict[str, Any]]:
    """The title, slug and text of each page in a language that has a file here, in their order."""
    with translation.override(language):
        promise = what_becomes_of_the_address()
    found = tomllib.loads(_file(language).read_text(encoding="utf-8"))
    return [
        {**page, "body": html.clean(page["body"].replace(_TOLD, promise))}
        for page in found["pages"]
    ]


def _file(language: str) -> Path:
    return _FOLDER / f"{language}.toml"
