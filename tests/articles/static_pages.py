"""Static pages as the tests need them, beside those that every paper begins with."""

from typing import Any

from articles.models import StaticPage


def static_page(title: str = "أسعار الإعلان", slug: str = "prices", **fields: Any) -> StaticPage:
    """A page of the paper's own."""
    return StaticPage.objects.create(
        **{"title": title, "slug": slug, "body": "<p>السطر بخمسة قروش.</p>", **fields}
    )
