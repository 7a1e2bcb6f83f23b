"""What a page is, in the words of https://schema.org, for search engines (JSON-LD). A leaf.

It takes plain texts and full addresses, and knows no model.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Thing = dict[str, Any]

# Nothing in it ends the element that it stands in, or begins another.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@dataclass(frozen=True)
class Picture:
    """A picture: its full address, its size in pixels, what is to be seen."""

    address: str
    width: int
    height: int
    media_type: str
    alt: str


@dataclass(frozen=True)
class Story:
    """What is told of a story. Addresses are full ones."""

    address: str
    title: str
    summary: str
    language: str
    published_at: datetime
    changed_at: datetime
    byline: str
    byline_address: str
    section: str
    tags: list[str]
    corrections: list[str]
    picture: Picture | None


def news_article(story: Story, *, paper: str, home: str) -> Thing:
    """A NewsArticle of the paper with this name, whose front page is `home`."""
    told = {
        "@type": "NewsArticle",
        "@id": story.address,
        "url": story.address,
        "mainEntityOfPage": story.address,
        "headline": story.title,
        "description": story.summary,
        "inLanguage": story.language,
        "datePublished": story.published_at.isoformat(timespec="seconds"),
        "dateModified": story.changed_at.isoformat(timespec="seconds"),
        "author": {"@type": "Organization", "name": story.byline, "url": story.byline_address},
        "publisher": {"@type": "NewsMediaOrganization", "name": paper, "url": home},
        "articleSection": story.section,
        "keywords": story.tags,
        "correction": story.corrections,
        "image": _image(story.picture) if story.picture else None,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in told.items() if value}


def _image(picture: Picture) -> Thing:
    return {
        "@type": "ImageObject",
        "url": picture.address,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.alt,
    }


def breadcrumb(steps: list[tuple[str, str]]) -> Thing:
    """The way to a page: the name and the full address of each step, the front page first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, 1)
        ],
    }


def as_json(*things: Thing) -> SafeString:
    """The text of an element `<script type="application/ld+json">`."""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": things},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - no sign of markup is left in it
