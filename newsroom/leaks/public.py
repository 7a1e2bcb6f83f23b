"""All that readers and clients can ask for: pages, feeds, receipts and the API."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from django.urls import NoReverseMatch, get_resolver, reverse

from newsroom.leaks import api
from newsroom.leaks.addresses import named_views, own_address
from newsroom.leaks.ground import Ground, texts_of
from newsroom.leaks.telling import ADDRESS, GUESSES, KEYED_DIGEST
from newsroom.leaks.text import API, FEED, PUBLIC_PAGE, RECEIPT, Text
from newsroom.leaks.visiting import Answer, Visitor, walk

_VALUES = ("1", "2", "لا شيء")


def public_texts(ground: Ground) -> Iterator[Text]:
    """Every public address that links lead to, and each form there."""
    reader = Visitor(ground.visits)
    bound = ground.pages_of_a_view
    for answer in walk(reader, _starts(ground), inside=is_public, most_of_a_view=bound):
        if answer.status == 200:
            ground.shown.setdefault(answer.view, answer.address)
        yield from texts_of(kind_of(answer), answer)
        yield from ground.send_forms(reader, answer)


def public_questions(ground: Ground) -> Iterator[Text]:
    """Every parameter that the API's schema lists, and that a public view was seen to read."""
    reader = Visitor(ground.visits)
    yield from api.public_api_texts(ground, reader)
    for view, address in ground.shown.items():
        yield from _with_parameters(ground, reader, view, address)


def is_public(address: str, view: str) -> bool:
    """Whether a walk among readers goes there: a page of the site, and none of the desk's."""
    return bool(view) and not view.startswith("admin:") and not address.startswith("/admin/")


def kind_of(answer: Answer) -> str:
    if any(feed in answer.content_type for feed in ("rss", "atom", "feed+json")):
        return FEED
    if answer.address.startswith("/api/"):
        return API
    return RECEIPT if "receipt" in answer.view else PUBLIC_PAGE


def _starts(ground: Ground) -> list[str]:
    edition = ground.edition
    receipts = [own_address(receipt, "/") for receipt in ground.planting.receipts]
    stories = [
        *(story.get_absolute_url() for story in (edition.article, edition.closed)),
        edition.retracted.get_absolute_url(),
        # Only the head of a page leads there.
        reverse("title-card", args=[edition.article.slug, "0"]),
        reverse("article", args=[edition.former_slug]),
        edition.preview,
    ]
    return [
        *addresses_without_arguments(),
        *stories,
        *(receipt for receipt in receipts if receipt),
        *("/healthz", "/readyz", "/nowhere/", f"/{quote('لا مكان')}/", "/admin/"),
    ]


def addresses_without_arguments() -> list[str]:
    """The addresses of all public views that need nothing more to be asked for."""
    found = []
    for view in named_views(get_resolver()):
        try:
            address = reverse(view)
        except NoReverseMatch:
            continue
        if is_public(address, view):
            found.append(address)
    return found


def _with_parameters(ground: Ground, reader: Visitor, view: str, address: str) -> Iterator[Text]:
    """The parameters that a view was seen to read: with common values, and with addresses."""
    names = ground.visits.parameters[view]
    numbers = [str(comment.pk) for _canary, comment in ground.planting.comments[:1]]
    path = address.partition("?")[0]
    for name in sorted(names):
        for value in (*_VALUES, *numbers):
            answer = reader.get(f"{path}?{urlencode({name: value})}")
            yield from texts_of(kind_of(answer), answer)
        yield from ground.teller.ask(reader, path, [name], ADDRESS, KEYED_DIGEST)
    yield from ground.teller.ask(reader, path, sorted(set(GUESSES) - names))
