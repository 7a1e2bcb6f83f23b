"""What is searched, and the kinds of places in which it stands."""

from typing import NamedTuple

PUBLIC_PAGE, API, FEED, RECEIPT = "public page", "API answer", "feed", "receipt"
POST_ANSWER, HEADER, TELLING = "answer to a post", "header or cookie", "search or filter that tells"
MAIL, LOG, OUTPUT, SERVER_LOG = "mail", "log", "output", "PostgreSQL's log"
CACHE, FILE, DUMP = "cache", "file", "pg_dump"


class Text(NamedTuple):
    """Something that is searched: in what kind of place, in which one, and the text.

    `tells` says what is known of it before any search.
    """

    kind: str
    place: str
    text: str
    tells: str = ""


def desk_page(role: str) -> str:
    """The kind of the admin's pages as somebody with this role sees them."""
    return f"admin page of the {role}"
