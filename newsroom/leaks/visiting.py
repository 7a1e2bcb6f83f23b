"""A visitor of the site: asks for addresses, and notes which views answered and what they read."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.urls import get_resolver

from newsroom.leaks.addresses import HOST, is_hidden, named_views, own_address, view_of
from newsroom.leaks.markup import Page, read_page


@dataclass(frozen=True)
class Answer:
    """What the site answered, as text, and the view that did."""

    method: str
    address: str
    view: str
    status: int
    headers: str
    content_type: str
    body: str
    location: str = ""

    @cached_property
    def page(self) -> Page:
        return read_page(self.body, self.content_type)

    @property
    def links(self) -> Iterator[str]:
        """The addresses on this site that the answer leads to, without their fragments."""
        for link in [self.location, *self.page.links]:
            address = own_address(link, self.address) if link else None
            if address:
                yield address

    def json(self) -> Any:
        """What a client of the API reads; None for what is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass
class Visits:
    """By the name of a view: with which statuses it answered, and which parameters it reads.

    `broken` are the requests that ended in a server error though nothing was broken on purpose.
    """

    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    parameters: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    broken: set[str] = field(default_factory=set)

    def left_out(self) -> list[str]:
        """The named views of the site that nobody was answered by."""
        met = {view for view, statuses in self.statuses.items() if statuses - {404, 405}}
        left_out = set(named_views(get_resolver())) - met
        return sorted(view for view in left_out if not is_hidden(view))


class Visitor:
    """Somebody with a browser or a client of the API; a member of staff where `user` is given."""

    def __init__(
        self,
        visits: Visits,
        *,
        user: User | None = None,
        token: str = "",
        network: str = "",
        may_break: bool = False,
    ) -> None:
        """`token` is one of the API; `network` is the IP address from which everything is sent."""
        self._visits = visits
        self._may_break = may_break
        self._client = Client(raise_request_exception=False)
        self._client.defaults["SERVER_NAME"] = HOST
        if token:
            self._client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        if network:
            self._client.defaults["REMOTE_ADDR"] = network
        self._client.handler = _Listener(visits, enforce_csrf_checks=False)
        if user is not None:
            self._client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])

    def get(self, address: str, **headers: str) -> Answer:
        return self._ask("GET", address, headers=headers)

    def options(self, address: str) -> Answer:
        return self._ask("OPTIONS", address, headers={})

    def post(self, address: str, sent: Mapping[str, Any], **headers: str) -> Answer:
        """Send a form, as a browser does."""
        kind = "application/x-www-form-urlencoded"
        body = urlencode(sent, doseq=True)
        return self._ask("POST", address, data=body, content_type=kind, headers=headers)

    def post_json(self, address: str, sent: Mapping[str, Any]) -> Answer:
        kind = "application/json"
        return self._ask("POST", address, data=sent, content_type=kind, headers={})

    def _ask(self, method: str, address: str, **request: Any) -> Answer:
        secure = bool(settings.SECURE_SSL_REDIRECT)
        response = getattr(self._client, method.lower())(address, secure=secure, **request)
        view = view_of(address)
        self._visits.statuses[view].add(response.status_code)
        if response.status_code >= 500 and not self._may_break:
            self._visits.broken.add(f"{method} {address.partition('?')[0]}")
        return Answer(
            method=method,
            address=address,
            view=view,
            status=response.status_code,
            headers=_headers_of(response),
            content_type=response.get("Content-Type", ""),
            body=_body_of(response),
            location=response.get("Location", ""),
        )


class _Listener(ClientHandler):
    """Notes which query parameters a view reads, so that all of them can be asked."""

    def __init__(self, visits: Visits, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._visits = visits

    def get_response(self, request: WSGIRequest) -> HttpResponseBase:  # type: ignore[override]
        query: Any = _NotedQuery(request.META.get("QUERY_STRING", ""), encoding=request.encoding)
        query.names = self._visits.parameters[view_of(request.path_info)]
        request.GET = query
        return super().get_response(request)


class _NotedQuery(QueryDict):
    """A query that writes down what it is asked for."""

    names: set[str] = set()

    def copy(self) -> Any:
        copied: Any = super().copy()
        copied.names = self.names
        return copied

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().getlist(key, default)

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


def _headers_of(response: HttpResponse) -> str:
    lines = [f"{name}: {value}" for name, value in response.headers.items()]
    return "\n".join([*lines, response.cookies.output()])


def _body_of(response: HttpResponse) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode("utf-8", errors="replace")


def walk(
    visitor: Visitor,
    starts: Iterable[str],
    *,
    inside: Callable[[str, str], bool],
    most_of_a_view: int,
) -> Iterator[Answer]:
    """Follow the links of the site breadth-first, from `starts` to all that is `inside`.

    `inside` is asked with an address and its view. At most so many addresses of one view are
    asked for beside the starts. From a page with a query no other query of the same page is
    followed: filters would be combined without end.
    """
    waiting = deque(dict.fromkeys(starts))
    known = set(waiting)
    followed: dict[str, int] = defaultdict(int)
    while waiting:
        address = waiting.popleft()
        answer = visitor.get(address)
        yield answer
        for link in answer.links:
            view = view_of(link)
            if link in known or _combines(address, link) or not inside(link, view):
                continue
            known.add(link)
            followed[view] += 1
            if followed[view] <= most_of_a_view:
                waiting.append(link)


def _combines(address: str, link: str) -> bool:
    """Whether a page with a query leads to itself with another one."""
    (path, _, query), (other_path, _, other_query) = address.partition("?"), link.partition("?")
    return bool(query and other_query and path == other_path)
