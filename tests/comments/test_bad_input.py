"""Wild input: never an error of the server, nothing executed, nothing lost that was accepted."""

import json
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.html import Element

from articles.models import Article
from comments import moderation
from comments.models import Comment, CommentStatus, Report
from comments.threads import THREADS_PER_PAGE
from tests.comments.pages import attribute, comment_ids, element, elements, parse, smuggled, text
from tests.conftest import comment_data, shared

MEGABYTE = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

# Characters that nobody sees and that act on those who do.
DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
WITHOUT_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"


class Senders:
    """Sends comments, each from a network of its own, so that no flood limit is met."""

    def __init__(self, client: Client, article: Article) -> None:
        self.client, self.article, self.numbers = client, article, count(1)

    def by_form(self, **fields: Any) -> HttpResponse:
        address = f"/articles/{self.article.slug}/comments/"
        return self.client.post(address, comment_data(**fields), REMOTE_ADDR=self.network())

    def by_api(self, **fields: Any) -> HttpResponse:
        address = f"/api/v1/articles/{self.article.slug}/comments/"
        sent = json.dumps(comment_data(**fields))
        return self.client.post(address, sent, content_type=JSON, REMOTE_ADDR=self.network())

    def network(self) -> str:
        number = next(self.numbers)
        return f"198.18.{number // 250}.{number % 250}"


@pytest.fixture
def senders(client, article) -> Senders:
    return Senders(client, article)


@pytest.fixture
def shown(client, article):
    """Approves all that was kept, and answers every page of the discussion."""

    def approve_and_read() -> list[Element]:
        kept = Comment.objects.order_by("id")
        for comment in kept.exclude(status=CommentStatus.APPROVED):
            moderation.decide(comment.pk, CommentStatus.APPROVED, rule="test")
        pages = range(1, 2 + (kept.count() - 1) // THREADS_PER_PAGE)
        address = article.get_absolute_url()
        return [parse(client.get(address, {"page": number})) for number in pages]

    return approve_and_read


def name_and_text(comment: Element) -> tuple[str, str]:
    """What a page shows of a comment, which holds no element and no attribute but our own."""
    below = elements(comment)
    assert {each.name for each in below} <= {
        *("header", "p", "a", "bdi", "div", "br", "footer", "span", "time")
    }
    assert {name for each in below for name, _value in each.attributes} <= {
        *("class", "dir", "lang", "href", "rel", "datetime", "data-ago")
    }
    name = element(element(comment, "p", class_="comment-name"), "bdi")
    return squeezed(text(name)), squeezed(text(element(comment, "div", class_="comment-body")))


def as_kept(sent: str) -> str:
    """What is stored of a text: no blanks around it, and one character for a line break."""
    return sent.replace("\r\n", "\n").replace("\r", "\n").strip()


def squeezed(sent: str) -> str:
    """Without blanks: the tests' parser of pages drops those beside a link."""
    return "".join(sent.split())


# Every naughty string


@pytest.mark.parametrize("way", ["by_form", "by_api"])
def test_every_naughty_string_is_refused_kindly_or_kept_and_shown_as_it_was_written(
    senders, shown, way
):
    naughty = json.loads(shared("data", "naughty-strings.json").read_text())
    send, accepted = getattr(senders, way), {"by_form": 303, "by_api": 201}[way]
    refused = {"by_form": 422, "by_api": 400}[way]

    statuses = [send(name=string[:80], body=string).status_code for string in naughty]
    kept = [*Comment.objects.order_by("id")]
    pages = shown()

    assert set(statuses) == {accepted, refused}
    assert [(each.name, each.body) for each in kept] == [
        (as_kept(string[:80]), as_kept(string))
        for string, status in zip(naughty, statuses, strict=True)
        if status == accepted
    ]
    assert len(kept) > 450
    assert [pk for page in pages for pk in comment_ids(page)] == [comment.pk for comment in kept]
    assert [
        name_and_text(comment)
        for page in pages
        for comment in elements(page, "article", class_="comment")
    ] == [(squeezed(each.name), squeezed(each.body)) for each in kept]
    assert [each for page in pages for each in smuggled(page)] == []


def test_every_naughty_string_can_be_said_in_a_report(senders, client, approved):
    naughty = json.loads(shared("data", "naughty-strings.json").read_text())
    comment = approved()

    answers = [
        client.post(
            f"/comments/{comment.pk}/report/",
            {"reason": "other", "note": string[:500]},
            REMOTE_ADDR=senders.network(),
        )
        for string in naughty
    ]

    assert {each.status_code for each in answers} == {303}
    assert [*Report.objects.order_by("id").values_list("note", flat=True)] == [
        as_kept(string[:500]) for string in naughty
    ]


# Characters


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "parent"])
def test_a_nul_character_is_refused_in_its_field(senders, field):
    value = f"{comment_data()[field]}\0"
    by_form, by_api = senders.by_form(**{field: value}), senders.by_api(**{field: value})

    assert (by_form.status_code, by_api.status_code) == (422, 400)
    assert [*by_form.context["comment_form"].errors] == [*by_api.json()] == [field]
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "parent", "\ud800"])
@pytest.mark.parametrize("half", ["\ud800", "نعم \udfff", "a@\ud800.org", "https://a.org/\udc00"])
def test_half_a_character_sent_as_json_is_refused(senders, field, half):
    response = senders.by_api(**{field: half})

    if field in comment_data():
        assert (response.status_code, [*response.json()]) == (400, [field])
    else:
        assert response.status_code == 201


@pytest.mark.parametrize("invisible", [*DIRECTION, *WITHOUT_WIDTH], ids=ascii)
def test_characters_that_nobody_sees_are_kept_and_stand_apart_from_the_page(
    senders, shown, invisible
):
    name, body = f"سلمى{invisible}abc", f"نعم{invisible} abc\n\nفقرة{invisible}"

    answers = [senders.by_form(name=name, body=body), senders.by_api(name=name, body=body + "2")]
    comments = elements(shown()[0], "article", class_="comment")

    assert [each.status_code for each in answers] == [303, 201]
    assert [*Comment.objects.values_list("name", flat=True)] == [name, name]
    for comment in comments:
        names = element(comment, "p", class_="comment-name")
        assert text(element(names, "bdi")) == name
        parts = elements(element(comment, "div", class_="comment-body"), "p")
        assert [attribute(each, "dir") for each in parts] == ["auto", "auto"]


def test_bytes_that_are_no_text_are_never_an_error_of_the_server(client, article):
    address = f"/articles/{article.slug}/comments/"
    good = "email=layla@example.org"

    def post(sent: str | bytes, content_type: str = FORM) -> int:
        return client.post(address, sent, content_type=content_type).status_code

    assert post(f"name=%ff%fe&body=%c0%80&{good}") == 303
    assert post(f"name=%00&body=%ed%a0%80&{good}") == 422
    assert post(b"\xff\xfe") == 422
    assert post("{", "multipart/form-data") == 400
    assert post(b"--b\r\n", "multipart/form-data; boundary=b") == 422


# Sizes


def sent_to(article: Article, comment: Comment) -> dict[str, str]:
    return {
        "form": f"/articles/{article.slug}/comments/",
        "api": f"/api/v1/articles/{article.slug}/comments/",
        "report": f"/comments/{comment.pk}/report/",
    }


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "topic", "note", "unknown"])
def test_ten_megabytes_are_refused_everywhere(client, article, approved, field):
    comment = approved()
    fields = comment_data(reason="other", **{field: "n" * 10 * MEGABYTE})
    addresses = sent_to(article, comment)

    answers = [
        client.post(addresses["form"], urlencode(fields), content_type=FORM),
        client.post(addresses["form"], fields),
        client.post(addresses["api"], fields, content_type=JSON),
        client.post(addresses["report"], urlencode(fields), content_type=FORM),
        client.post(addresses["report"], fields),
    ]

    assert [each.status_code for each in answers] == [400] * 5
    assert [*Comment.objects.all()] == [comment]
    assert Report.objects.count() == 0


def test_twenty_thousand_fields_are_refused_or_passed_over(client, article, approved):
    comment = approved()
    fields = {**{f"field-{number}": "" for number in range(20_000)}, "reason": "other"}
    addresses = sent_to(article, comment)

    answers = [
        client.post(addresses["form"], urlencode(fields), content_type=FORM),
        client.post(addresses["form"], fields),
        client.post(addresses["report"], urlencode(fields), content_type=FORM),
        client.post(addresses["api"], fields, content_type=JSON),
    ]

    assert [each.status_code for each in answers] == [400, 400, 400, 400]
    assert [*answers[-1].json()] == ["body", "name", "email"]
    assert [*Comment.objects.all()] == [comment]
    assert Report.objects.count() == 0


def test_a_picture_sent_for_a_text_is_not_taken(client, article, image):
    with image.file.open() as picture:
        response = client.post(f"/articles/{article.slug}/comments/", comment_data(body=picture))

    assert response.status_code == 422
    assert attribute(element(parse(response), "textarea"), "aria-invalid") == "true"


# Other kinds of content


@pytest.mark.parametrize(
    "content_type",
    [
        *("", "x", "text/plain", "text/html", "application/xml", JSON, "multipart/form-data"),
        *(f"{FORM}; charset=utf-16", f"{FORM}; charset=nothing", "image/png; charset=latin-1"),
        "multipart/form-data; boundary=" + "b" * 300,
    ],
)
def test_what_is_sent_as_something_else_is_refused(client, article, approved, content_type):
    comment = approved()
    for address in sent_to(article, comment).values():
        response = client.generic("POST", address, b'{"reason": "other"}', content_type)
        assert response.status_code in {400, 415, 422}
    assert [*Comment.objects.all()] == [comment]
    assert Report.objects.count() == 0


# Markup


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/'><svg onload=alert(1)>",
    "javascript:alert(1) javascript://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script> vbscript:x file:///etc/hostname",
    "&lt;script&gt; &#60;script&#62; &amp;amp;",
    "https://example.org/&quot;&gt;<b>",
    "{{ 7|add:7 }} {% now %} ${7*7}",
    "]]> <!-- --> <![CDATA[ <?php ?>",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_markup_is_shown_as_the_text_that_it_is(senders, shown, body):
    assert senders.by_form(body=body).status_code == 303

    (page,) = shown()

    assert name_and_text(element(page, "article", class_="comment"))[1] == squeezed(body)
    assert smuggled(page) == []
