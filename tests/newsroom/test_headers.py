"""What every answer of the site forbids browsers to do with it."""

import re

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles import previews, publishing
from articles.models import Article, Category
from comments import posting
from tests.articles.desk import address
from tests.comments.pages import element, parse, post_address
from tests.conftest import comment_data
from tests.newsroom.public_addresses import addresses

pytestmark = pytest.mark.django_db

STRICT = {
    "base-uri": "'none'",
    "connect-src": "'self'",
    "default-src": "'none'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "frame-src": "'self'",
    "img-src": "'self'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
}
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
        "geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=(), "
        "xr-spatial-tracking=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


# Of a script's tag: that what runs is in a file, or that it is data.
RUNS_NOTHING = re.compile(r" src=| type=.application/ld\+json").search


def policy(response: HttpResponseBase) -> dict[str, str]:
    """The content security policy by its directives."""
    directives = response.headers.get("Content-Security-Policy", "").split("; ")
    return {name: sources for name, _, sources in (each.partition(" ") for each in directives)}


def headers(response: HttpResponseBase) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in HEADERS}


def is_guarded(response: HttpResponseBase, **directives: str) -> bool:
    """Whether the answer has every header, and a policy as strict as that, these aside."""
    relaxed = {name.replace("_", "-"): sources for name, sources in directives.items()}
    response.getvalue()  # closes the file of one that is streamed
    return (headers(response), policy(response)) == (HEADERS, STRICT | relaxed)


@pytest.fixture
def browser() -> Client:
    """A reader's browser that is shown the page of an error, too."""
    return Client(raise_request_exception=False)


@pytest.fixture
def accepted(article) -> posting.Accepted:
    return posting.submit(article, comment_data())


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options"])
def test_every_address_for_readers_and_clients_is_guarded_whatever_it_is_asked(
    browser, published, image, approved, accepted, method
):
    comment = approved()
    shown = published("بصورة", image=image)
    today = timezone.localtime(shown.published_at)
    values = {
        "slug": shown.slug,
        "year": today.year,
        "month": f"{today.month:02}",
        "pk": comment.pk,
        "code": accepted.receipt_url.split("/")[-2],
        "path": image.url.removeprefix("/media/renditions/"),
    }

    asked = {each: getattr(browser, method)(each) for each in addresses(values)}

    relaxed = {"/api/v1/docs/": {"img_src": "'self' data:"}} if method in {"get", "head"} else {}
    assert [each for each in asked if not is_guarded(asked[each], **relaxed.get(each, {}))] == []
    month = f"/archive/{today:%Y/%m}/"
    assert {"/", month, shown.get_absolute_url(), image.url, "/healthz"} < {*map(iri_to_uri, asked)}


@pytest.fixture
def answers(browser, settings, article, published, approved, accepted) -> dict[str, object]:
    """Answers of every kind that no plain look at an address gives."""
    renamed, retracted = published("انتقل"), publishing.retract(published("سُحب"))
    former = renamed.get_absolute_url()
    Article.objects.filter(pk=renamed.pk).update(slug="انتقل-إلى-هنا")
    (settings.STATIC_ROOT / "paper.css").write_text("p { margin: 0 }")
    form, report = post_address(article), reverse("report-comment", args=[approved().pk])
    elsewhere = {"origin": "https://elsewhere.example"}
    return {
        "200 a static file": browser.get("/static/paper.css"),
        "301 a story that moved": browser.get(former),
        "303 a comment": browser.post(form, comment_data(body="تعليق آخر تماماً.")),
        "303 a report": browser.post(report, {"reason": "insult"}),
        "303 a wish": browser.post(f"{accepted.receipt_url}withdraw/"),
        "400 another host": browser.get("/", headers={"host": "elsewhere.example"}),
        "400 a character that is none": browser.get("/admin/?q=%00"),
        "403 a form of another site": browser.post(form, comment_data(), headers=elsewhere),
        "404 no page": browser.get("/no/such/page/"),
        "404 no file": browser.get("/static/none.css"),
        "405 a method": browser.delete("/"),
        "410 a retracted story": browser.get(retracted.get_absolute_url()),
        "422 an empty comment": browser.post(form, {}),
        "422 an empty report": browser.post(report, {}),
    }


def test_every_kind_of_answer_is_guarded(answers):
    assert {kind: answer.status_code for kind, answer in answers.items()} == {
        kind: int(kind[:3]) for kind in answers
    }
    assert [kind for kind, answer in answers.items() if not is_guarded(answer)] == []


def test_the_page_of_an_error_of_ours_is_guarded(browser):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Category._meta.db_table} RENAME TO lost")

    response = browser.get("/")

    assert response.status_code == 500
    assert is_guarded(response)


def test_a_preview_tells_its_address_to_nobody(browser, draft, writer):
    link = previews.make_link(draft(owner=writer), by=writer)

    response = browser.get(previews.address(link))

    assert (response.status_code, policy(response)) == (200, STRICT)
    assert headers(response) == HEADERS | {"Referrer-Policy": "no-referrer"}


def test_no_page_for_readers_holds_a_nonce_or_anything_to_run(browser, article):
    for page in ("/", article.get_absolute_url(), "/api/v1/docs/"):
        text = browser.get(page).content.decode()
        assert re.findall(r"nonce|<style|style=|javascript:| on[a-z]+=", text) == []
        assert [tag for tag in re.findall("<script[^>]*>", text) if not RUNS_NOTHING(tag)] == []


@pytest.mark.parametrize("name", ["csrftoken", "sessionid"])
@pytest.mark.parametrize("path", ["/", "/feed/", "/about/", "/no/such/page/"])
def test_a_broken_cookie_is_answered_with_none(browser, path, name):
    browser.cookies[name] = "x"

    assert browser.get(path).cookies == {}


def test_the_page_of_the_api_sets_no_cookie(browser):
    assert not browser.get("/api/v1/docs/").cookies


# The desk


def test_the_desk_is_guarded_as_strictly(as_user, editor, draft):
    desk = as_user(editor)
    pages = ["/admin/", "/admin/login/", address(Article, "changelist")]
    pages += [address(Article, "preview", draft().pk)]

    assert [page for page in pages if not is_guarded(desk.get(page))] == []


def test_the_page_of_the_text_editor_names_a_nonce_that_it_alone_has(as_user, editor, draft):
    desk, page = as_user(editor), address(Article, "change", draft().pk)

    shown = [desk.get(page) for _time in range(2)]

    nonces = [
        dict(element(parse(each), "script", type="importmap").attributes)["nonce"] for each in shown
    ]
    assert len({*nonces}) == 2
    for response, nonce in zip(shown, nonces, strict=True):
        own = f"'self' 'nonce-{nonce}'"
        assert is_guarded(response, script_src=own, style_src=own)


def test_only_what_the_desk_frames_may_be_framed_and_by_the_desk_alone(as_user, editor, draft):
    response = as_user(editor).get(address(Article, "preview_page", draft().pk))

    assert policy(response) == STRICT | {"frame-ancestors": "'self'"}
    assert response["X-Frame-Options"] == "SAMEORIGIN"
