"""The addresses of the site's own pages. A leaf."""

from functools import lru_cache

from django.urls import reverse

# A page names the same few hundred again and again.
_REMEMBERED = 4096


@lru_cache(maxsize=_REMEMBERED)
def link(name: str, slug: str) -> str:
    """The address, without its host, of the page of this name that a slug tells apart."""
    return reverse(name, args=[slug])
