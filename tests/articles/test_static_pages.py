"""Static pages for readers: what they show, where they are linked, what their addresses answer."""

import json
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import StaticPage
from tests.articles.pages import text_of
from tests.articles.static_pages import static_page
from tests.comments.pages import attribute, element, elements, parse, text

pytestmark = pytest.mark.django_db
HOSTILE = '<p onclick="steal()">نص<script>steal()</script></p><iframe src="//x.example"></iframe>'


@pytest.fixture(autouse=True)
def _no_page_but_the_tests_own(db: None) -> None:
    StaticPage.objects.all().delete()


def test_a_page_shows_its_title_its_text_and_its_last_change(client):
    page = static_page("أسعار الإعلان", body="<h2>كم؟</h2><p>السطر بخمسة قروش.</p>")

    shown = parse(client.get("/prices/"))

    assert text(element(shown, "h1")) == "أسعار الإعلان"
    assert text(element(shown, "div", class_="body")) == "كم؟السطر بخمسة قروش."
    changed = element(element(shown, "article", class_="story"), "time")
    assert attribute(changed, "datetime")[:10] == f"{page.updated_at.astimezone():%Y-%m-%d}"


def test_a_page_in_another_language_turns_its_own_block(client):
    static_page("Prices", language="en", body="<p>Five a line.</p>")

    shown = element(parse(client.get("/prices/")), "article", class_="story")

    assert (attribute(shown, "lang"), attribute(shown, "dir")) == ("en", "ltr")


def test_the_head_tells_of_the_page(client, settings):
    settings.SITE_URL = "https://paper.example"
    static_page("الأسعار", slug="أسعار", body="<p>السطر بخمسة.</p>")
    address = f"https://paper.example/{quote('أسعار')}/"

    page = parse(client.get("/أسعار/"))

    meta = {
        attribute(each, "property") or attribute(each, "name"): attribute(each, "content")
        for each in elements(page, "meta")
    }
    assert attribute(element(page, "link", rel="canonical"), "href") == address
    assert (meta["og:url"], meta["og:title"]) == (address, "الأسعار")
    assert (meta["og:type"], meta["og:locale"]) == ("website", "ar_AR")
    assert meta["description"] == meta["og:description"] == "السطر بخمسة."
    [way] = json.loads(text(element(page, "script", type="application/ld+json")))["@graph"]
    assert [each["item"] for each in way["itemListElement"]] == ["https://paper.example/", address]


# What is stored


@pytest.mark.parametrize("way", ["save", "bulk_create", "update"])
def test_whichever_way_a_text_comes_in_it_is_sanitised(client, way):
    fields = {"title": "<b>عنوان</b>", "slug": "hostile"}
    if way == "save":
        StaticPage(**fields, body=HOSTILE).save()
    elif way == "bulk_create":
        StaticPage.objects.bulk_create([StaticPage(**fields, body=HOSTILE)])
    else:
        static_page(**fields)
        StaticPage.objects.update(body=HOSTILE)

    assert StaticPage.objects.get().body == "<p>نص</p>"
    assert "<b>" not in client.get("/hostile/").content.decode()


def test_a_picture_of_the_archive_that_got_into_a_text_is_not_shown(client, image):
    static_page(body=f'<p>قبل</p><figure data-picture="{image.pk}"></figure><p>بعد</p>')

    shown = element(parse(client.get("/prices/")), "div", class_="body")

    assert elements(shown, "img") == []
    assert text(shown) == "قبلبعد"


@pytest.mark.parametrize(
    "wrong",
    [
        *({"title": " \u200f"}, {"body": "<p>&nbsp;</p>"}, {"body": ""}, {"slug": "a/b"}),
        *({"slug": ""}, {"slug": "a b"}, {"slug": "."}, {"language": "X1"}, {"slug": "Prices"}),
    ],
)
def test_the_database_refuses_a_page_that_cannot_be(wrong):
    static_page()

    with pytest.raises(IntegrityError), transaction.atomic():
        static_page(**{"slug": "other", **wrong})


# Links


def footer_links(page) -> dict[str, str]:
    """What the foot of a page leads to, by name."""
    found = elements(element(page, "ul", class_="footer-pages"), "a")
    return {text(each): attribute(each, "href") for each in found}


def test_every_page_leads_to_the_static_pages_in_their_order(client, article):
    static_page("ثان", slug="second", position=2)
    static_page("أول", slug="first", position=1)

    for address in ("/", article.get_absolute_url(), "/search/", "/no/such/page/", "/first/"):
        links = footer_links(parse(client.get(address)))
        assert [*links.values()][:2] == ["/first/", "/second/"]
        assert [*links][:2] == ["أول", "ثان"]


def test_only_what_is_meant_for_them_is_linked_above_the_comment_form(client, article):
    static_page("أسعار")
    static_page("القواعد", slug="rules", beside_comments=True)

    form = element(parse(client.get(article.get_absolute_url())), "section", id="comment-form")

    links = elements(element(form, "p", class_="promise-pages"), "a")
    assert [(attribute(each, "href"), text(each)) for each in links] == [("/rules/", "القواعد")]


def test_a_form_that_is_sent_back_has_the_links_too(client, article):
    static_page("القواعد", slug="rules", beside_comments=True)

    refused = client.post(reverse("post-comment", args=[article.slug]), {})

    assert refused.status_code == 422
    assert len(elements(parse(refused), "p", class_="promise-pages")) == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_links_take_one_query_on_a_page_however_many_they_are(
    client, article, count, django_assert_num_queries
):
    for number in range(count):
        static_page(slug=f"page-{number}", beside_comments=True)

    for address, queries in (("/nothing-here/", 3), (article.get_absolute_url(), 10)):
        with django_assert_num_queries(queries):
            client.get(address)


def test_a_static_page_takes_three_queries(client, django_assert_num_queries):
    static_page()

    with django_assert_num_queries(3):
        client.get("/prices/")


# Addresses


def test_a_page_that_is_not_there_answers_like_any_address_that_never_was(client):
    never = client.get("/no/such/page/")

    for address in ("/prices/", "/أسعار/", f"/{'ا' * 10_000}/", "/x%00/", "/-/", "/_/"):
        response = client.get(address)
        assert (response.status_code, response.content) == (404, never.content)


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    static_page()

    response = client.get("/prices")

    assert (response.status_code, response["Location"]) == (301, "/prices/")


@pytest.mark.parametrize("address", ["//prices", "//prices/", "//evil.example", "/\\evil.example"])
def test_no_address_leads_to_another_host(client, address):
    static_page()

    response = client.get(f"http://testserver{address}")

    assert response.status_code in {301, 404}
    assert response.headers.get("Location", "/x").replace("/%2F", "")[:2] not in {"//", "/\\"}


@pytest.mark.parametrize("slug", ["search", "feed", "archive", "admin"])
def test_no_page_stands_before_another_address_of_the_site(client, slug):
    before = client.get(f"/{slug}/")

    static_page("حاجب", slug=slug)

    after = client.get(f"/{slug}/")
    assert after.status_code == before.status_code
    assert "حاجب" not in text_of(after)


def test_a_static_page_is_only_read(client):
    static_page()

    assert client.post("/prices/").status_code == 405
    assert client.post("/nothing-here/").status_code == 404
    assert client.head("/prices/").status_code == 200
