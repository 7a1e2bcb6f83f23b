"""Goes through the site as its links lead, one page of each kind."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

# No link leads to a search: with results, without any, without a word, with a filter that is none.
SEARCHES = ("/search/?q=المدينة", "/search/?q=سنديانة", "/search/")
REFUSED_SEARCH = "/search/?q=المدينة&since=2025-02-30"
_LINKS = "[...document.links].map((link) => link.href)"


def kinds_of_pages(page: Page, *starts: str, under: str, site_url: str) -> Iterator[str]:
    """Load all that is named and one page of each view that links lead to, below this path.

    Gives the name of each one's view.
    """
    waiting, seen = [f"{site_url}{start}" for start in starts], set()
    named = {*waiting}
    while waiting:
        address = waiting.pop(0)
        view = _view_of(address)
        is_new = view not in seen or address in named
        if view is None or not is_new or not urlsplit(address).path.startswith(under):
            continue
        seen.add(view)
        named.discard(address)
        if "text/html" in page.request.get(address).headers.get("content-type", ""):
            page.goto(address)
            waiting += [link for link in page.evaluate(_LINKS) if link.startswith(site_url)]
            yield view


def _view_of(address: str) -> str | None:
    try:
        return resolve(unquote(urlsplit(address).path)).view_name
    except Resolver404:
        return None
