"""What every page of the paper shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.models import CategoryTree, StaticPage


def paper(request: HttpRequest) -> dict[str, Any]:
    """The paper's name, its sections and its static pages, read when they are first asked for.

    A view that read the tree already passes its own.
    """
    return {
        "paper": {"name": settings.SITE_NAME, "tagline": settings.SITE_TAGLINE},
        "category_tree": CategoryTree(),
        "static_pages": StaticPage.objects.links(),
    }
