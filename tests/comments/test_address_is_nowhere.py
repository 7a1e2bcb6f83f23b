"""A commenter's address is in no page, answer, log or dump, in whatever disguise.

One reader comments through the page and the API, rightly and wrongly; a moderator decides; the
server breaks once. Then all that the site shows, logs and stores is searched. That the search
finds what is there is proved by planting every disguise in each of these places.
"""

import hashlib
import html
import logging
import os
import subprocess
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from articles.models import Article
from comments import moderation, posting
from comments.models import Comment, CommentStatus
from newsroom import embedded
from newsroom.embedded.server import server_log
from tests.conftest import comment_data, staff

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "Recognisable.Reader@Example.org"
PLANTED = "Planted.Reader@Example.com"

Places = dict[str, str]


# The search


def disguises(address: str) -> dict[str, str]:
    """Every form in which the address must not be found, by its name."""
    found = {}
    for spelling, text in {"as typed": address, "lower": address.lower()}.items():
        data = text.encode()
        found |= {
            f"plain, {spelling}": text,
            f"upper, {spelling}": text.upper(),
            f"reversed, {spelling}": text[::-1],
            f"hex, {spelling}": data.hex(),
            f"percent-encoded, {spelling}": quote(text),
            f"percent-encoded throughout, {spelling}": "".join(f"%{byte:02x}" for byte in data),
        }
        for shift in range(3):
            found[f"base64 shifted by {shift}, {spelling}"] = _inside_base64(data, shift)
        for algorithm in ("md5", "sha1", "sha256"):
            digest = hashlib.new(algorithm, data).digest()
            found |= {
                f"{algorithm} in hex, {spelling}": digest.hex(),
                f"{algorithm} in base64, {spelling}": b64encode(digest).decode().rstrip("="),
                f"{algorithm} in URL-safe base64, {spelling}": (
                    urlsafe_b64encode(digest).decode().rstrip("=")
                ),
            }
    return found


def _inside_base64(data: bytes, shift: int) -> str:
    """The characters that stand for these bytes and nothing else, `shift` bytes into a text."""
    encoded = b64encode(b"\0" * shift + data).decode()
    whole_from, whole_to = -(-shift * 8 // 6), (shift + len(data)) * 8 // 6
    return encoded[whole_from:whole_to]


def search(places: Places, address: str) -> dict[str, set[str]]:
    """The disguises found, by place."""
    wanted = disguises(address)
    found = {}
    for place, text in places.items():
        # Base64 alone tells letters from capitals; an address is one in any.
        folded = html.unescape(text).lower()
        found[place] = {
            name
            for name, disguise in wanted.items()
            if (disguise in text if "base64" in name else disguise.lower() in folded)
        }
    return found


# The places


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """All that was logged since the test began, down to the least important."""
    django = logging.getLogger("django")
    with (
        caplog.at_level(logging.DEBUG),
        caplog.at_level(logging.DEBUG, logger="django"),
        caplog.at_level(logging.DEBUG, logger="django.request"),
    ):
        django.addHandler(caplog.handler)
        yield lambda: caplog.text
        django.removeHandler(caplog.handler)


@pytest.fixture
def server_logged(db: None) -> Callable[[], str]:
    """All that PostgreSQL has logged since the test began."""
    if settings.DATABASES["default"]["ENGINE"] != "newsroom.embedded":
        return lambda: ""
    file = server_log(Path(settings.DATABASES["default"]["HOST"]).parent)
    start = file.stat().st_size
    return lambda: file.read_bytes()[start:].decode(errors="replace")


def dump() -> str:
    """The whole database as `pg_dump` writes it."""
    database = connection.settings_dict
    arguments = {name: database[name.upper()] for name in ("host", "port")}
    return subprocess.run(
        [
            str(embedded.binary("pg_dump")),
            *(f"--{name}={value}" for name, value in arguments.items() if value),
            f"--username={database['USER']}",
            database["NAME"],
        ],
        env={**os.environ, "PGPASSWORD": database["PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def public_addresses(article: Article) -> list[str]:
    """An address for each view that a reader or a client can ask for."""
    story = article.get_absolute_url()
    return [
        *("/", story, f"{story}?page=2", f"{story}?reply_to={article.comments.first().pk}"),
        *(f"{story}comments/", f"/category/{article.category.slug}/"),
        *(f"/byline/{article.byline.slug}/", *(f"/tag/{tag.slug}/" for tag in article.tags.all())),
        *("/api/v1/", "/api/v1/articles/", f"/api/v1/articles/{article.slug}/"),
        *(f"/api/v1/articles/{article.slug}/comments/", "/api/v1/schema/", "/api/v1/docs/"),
        *(f"/media/renditions/00/{'0' * 64}-320.webp", "/comments/receipt/none/"),
        *("/comments/receipt/none/withdraw/", "/nowhere/", "/admin/", "/admin/login/"),
        "/admin/jsi18n/",
    ]


def desk_addresses(comments: Iterable[Comment]) -> list[str]:
    """The pages of the admin that a moderator can open."""
    desk = reverse("admin:comments_comment_changelist")
    pages = [
        f"{desk}{comment.pk}/{page}/" for comment in comments for page in ("change", "history")
    ]
    return [
        *("/admin/", "/admin/comments/", "/admin/password_change/", desk, *pages),
        *(f"{desk}?status__exact={status}" for status in CommentStatus.values),
    ]


def read(client: Client, addresses: Iterable[str]) -> str:
    """All that is answered at these addresses: status line, headers, cookies and content."""
    answers = [client.get(address, headers={"accept": "*/*"}) for address in addresses]
    return "\n".join(
        f"{answer.status_code} {answer.headers} {answer.cookies}\n{answer.content.decode()}"
        for answer in answers
    )


# The journey


def test_the_address_of_a_commenter_is_nowhere(published, image, capfd, logged, server_logged):
    article, closed = published(image=image), published("غيره", comments_open=False)
    article.tags.add("أرصفة")
    reader, desk = Client(raise_request_exception=False), Client()
    desk.force_login(staff("moderator"))
    table = reverse("admin:comments_comment_changelist")

    def by_page(on: Article = article, **fields: str) -> HttpResponse:
        address = f"/articles/{on.slug}/comments/"
        return reader.post(address, comment_data(email=ADDRESS, **fields))

    def by_api(on: Article = article, **fields: str) -> HttpResponse:
        address = f"/api/v1/articles/{on.slug}/comments/"
        sent = comment_data(email=ADDRESS, **fields)
        return reader.post(address, sent, content_type="application/json")

    with override_settings(COMMENT_EMAIL_PUBLIC_KEY="broken"):
        failed = [by_page(), by_api()]
    first, second = by_page(body="من الصفحة"), by_api(body="من الواجهة")
    shown, hidden = Comment.objects.order_by("id")
    desk.post(table, {"decide": f"approve:{shown.pk}"})
    desk.post(table, {"action": "spam_selected", "_selected_action": [hidden.pk]})
    reply = by_page(body="ردّ", parent=str(shown.pk))
    refused = [by_page(parent=str(hidden.pk)), by_api(name=""), by_page(closed), by_api(closed)]

    assert [answer.status_code for answer in (*failed, first, second, reply, *refused)] == [
        *(500, 500, 303, 201, 303, 422, 400, 403, 403)
    ]
    places = {
        "pages": read(reader, public_addresses(article)),
        "receipts": read(reader, [first["Location"], second.json()["receipt"]]),
        "desk": read(desk, desk_addresses(Comment.objects.all())),
        "logs": logged(),
        "output": "".join(capfd.readouterr()),
        "server's log": server_logged(),
        "dump": dump(),
    }

    assert "من الصفحة" in places["pages"]
    assert "من الواجهة" in places["desk"]
    assert "من الواجهة" in places["receipts"]
    assert "Internal Server Error" in places["logs"]
    assert "من الواجهة" in places["dump"]
    assert search(places, ADDRESS) == {place: set() for place in places}


def test_the_search_finds_every_disguise_in_every_place(published, capfd, logged, server_logged):
    planted = [*disguises(PLANTED).values()]
    article = published(excerpt=" ".join(planted), body=f"<p>{' '.join(planted)}</p>")
    article.tags.add("أرصفة")
    accepted = [posting.submit(article, comment_data(body=each)) for each in planted]
    for each in accepted:
        moderation.decide(each.comment.pk, CommentStatus.APPROVED, rule="test")
    reader, desk = Client(), Client()
    desk.force_login(staff("moderator"))
    logging.getLogger("django.request").debug(" ".join(planted))
    print(*planted)
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE LOG '%', $_${' '.join(planted)}$_$; END $$")

    story = article.get_absolute_url()
    listing = reverse("admin:comments_comment_changelist")
    slug = article.slug
    places = {
        "front page": read(reader, ["/"]),
        "article": read(reader, [story]),
        "category": read(reader, [f"/category/{article.category.slug}/"]),
        "articles of the API": read(reader, ["/api/v1/articles/"]),
        "article of the API": read(reader, [f"/api/v1/articles/{slug}/"]),
        "receipts": read(reader, [each.receipt_url for each in accepted]),
        "list of the desk": read(desk, [listing]),
        "pages of the desk": read(
            desk, [f"{listing}{each.comment.pk}/change/" for each in accepted]
        ),
        "logs": logged(),
        "output": capfd.readouterr().out,
        "server's log": server_logged() or " ".join(planted),
        "dump": dump(),
    }

    every = set(disguises(PLANTED))
    assert search(places, PLANTED) == dict.fromkeys(places, every)
    assert search(places, ADDRESS) == {place: set() for place in places}


def test_an_address_inside_a_longer_text_in_base64_is_found():
    for before in ("", "a", "ab", "abc"):
        for after in ("", "x", "xy"):
            text = b64encode(f"{before}{ADDRESS}{after}".encode()).decode()
            assert search({"text": text}, ADDRESS)["text"] == {
                f"base64 shifted by {len(before) % 3}, as typed"
            }


def test_no_public_view_is_left_out_of_the_search(published, pending):
    pending()
    article = Article.objects.get()
    article.tags.add("أرصفة")

    searched = {
        resolve(unquote(address).partition("?")[0]).url_name
        for address in public_addresses(article)
        if address != "/nowhere/"
    }

    assert set(public_names(get_resolver())) - searched == set()


def public_names(resolver: URLResolver) -> Iterator[str | None]:
    """The names of all views outside the admin."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name
        elif entry.app_name != "admin":
            yield from public_names(entry)
