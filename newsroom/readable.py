"""What the server hands on of a request: without headers that Django or REST framework break at."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_PARSED = ("CONTENT_TYPE", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING")


def with_readable_headers(application: Application) -> Application:
    """The same WSGI application, to which a header that cannot be parsed was not sent at all.

    Such are parameters in a charset that nobody knows (RFC 2231), or a charset that is none of
    texts. What is read from these headers is only how a client would like to be answered.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        for name in _PARSED:
            if name in environ and not _is_readable(environ[name]):
                del environ[name]
        return application(environ, start_response)

    return answer


def _is_readable(header: str) -> bool:
    try:
        for part in header.split(","):
            _name, parameters = parse_header_parameters(part)
            "".encode(parameters.get("charset", "utf-8"))
    except (LookupError, TypeError, ValueError):
        return False
    return True
