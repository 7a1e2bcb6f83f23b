"""The addresses of the site and the views behind them."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    resolve,
    reverse,
)

HOST = "testserver"
# Parameters of the admin's links that change the order of a list, or where one goes back to.
_INDIFFERENT = {"o", "_changelist_filters"}


def own_address(link: str, page: str) -> str | None:
    """Path and query of a link of this site, found on `page`; None for any other link.

    What only orders a list is left out, so that no page is read in every order.
    """
    try:
        parts = urlsplit(urljoin(f"http://{HOST}{page}", link))
    except ValueError:
        return None
    hosts = {HOST, urlsplit(settings.SITE_URL).netloc}
    if parts.scheme not in {"http", "https"} or parts.netloc not in hosts:
        return None
    query = [each for each in parse_qsl(parts.query, True) if each[0] not in _INDIFFERENT]
    return parts.path + (f"?{urlencode(query)}" if query else "")


def view_of(address: str) -> str:
    """The name of the view behind an address; empty where there is none."""
    return _view_of_path(unquote(urlsplit(address).path), settings.ROOT_URLCONF)


@lru_cache(maxsize=10_000)
def _view_of_path(path: str, urls: str) -> str:
    try:
        return resolve(path, urls).view_name
    except Resolver404:
        return ""


def is_hidden(view: str) -> bool:
    """Whether another view stands before this one at its address."""
    try:
        return view_of(reverse(view)) != view
    except NoReverseMatch:
        return False


def named_views(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of all views below a resolver, with their namespaces."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield namespace + entry.name
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_views(entry, inner)
