"""What crawlers are told: sitemaps that hold to their schemas, and robots.txt."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.utils import timezone
from django.utils.http import http_date

from articles import publishing, sitemaps
from articles.models import Article, Byline, Category, StaticPage, Tag
from tests.articles.crawling import SITE, listed, valid
from tests.articles.static_pages import static_page
from tests.articles.stories import at


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_URL = SITE


def day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"


def make_unseen(published, draft, editor) -> list[Article]:
    """A draft, a retracted story and one of tomorrow, each with a tag, byline, category alone."""
    stories = [draft("مسودة"), published("مسحوب"), published("غداً")]
    for number, story in enumerate(stories):
        story.byline = Byline.objects.create(name=f"جهة {number}")
        story.category = Category.objects.create(name=f"قسم {number}")
        story.save()
        story.tags.add(f"وسم {number}")
    publishing.retract(stories[1], by=editor, reason="خطأ")
    Article.objects.filter(pk=stories[2].pk).update(published_at=timezone.now() + timedelta(days=1))
    return stories


def test_each_sitemap_lists_what_readers_may_see_and_nothing_else(
    client, published, draft, editor, category, byline
):
    make_unseen(published, draft, editor)
    old = published("القديم", minutes_ago=5 * 24 * 60)
    new = published("الجديد", minutes_ago=3 * 24 * 60)
    old.tags.add("أرصفة")
    tag = Tag.objects.get(name="أرصفة")

    updated = {each.get_absolute_url(): day(each.updated_at) for each in (old, new)}
    assert listed(client, "/sitemap-articles.xml") == {
        unquote(address): date for address, date in updated.items()
    }
    newest = day(new.published_at)
    assert listed(client, "/sitemap-pages.xml") == {"/": newest, "/archive/": newest}
    for section, model, date in (
        ("categories", category, newest),
        ("bylines", byline, newest),
        ("tags", tag, day(old.published_at)),
    ):
        address = unquote(model.get_absolute_url())
        assert listed(client, f"/sitemap-{section}.xml") == {address: date}


def test_a_story_has_one_date_of_change_everywhere(client, published):
    published_at = timezone.now().replace(microsecond=0) - timedelta(days=1)
    story = published()
    Article.objects.filter(pk=story.pk).update(
        published_at=published_at, updated_at=published_at - timedelta(days=3)
    )

    assert listed(client, "/sitemap-articles.xml") == {
        unquote(story.get_absolute_url()): day(published_at)
    }
    of_the_index = listed(client, "/sitemap.xml")["/sitemap-articles.xml"]
    assert datetime.fromisoformat(of_the_index) == published_at
    (item,) = client.get("/feed/json/").json()["items"]
    assert datetime.fromisoformat(item["date_modified"]) == published_at
    head = client.get(story.get_absolute_url()).content.decode()
    modified = re.search('<meta property="article:modified_time" content="([^"]*)">', head)
    assert modified and datetime.fromisoformat(modified[1]) == published_at
    modified = re.search('"dateModified":"([^"]*)"', head)
    assert modified and datetime.fromisoformat(modified[1]) == published_at


def test_a_category_is_dated_by_what_is_below_it_and_further_in_it(client, published, category):
    below = Category.objects.create(name="فرع", parent=category)
    beside = Category.objects.create(name="رياضة")
    Category.objects.create(name="فارغ")
    published("في القسم", minutes_ago=9 * 24 * 60)
    story = published("في الفرع", category=below, minutes_ago=2 * 24 * 60)
    story.further_categories.add(beside)

    date = day(story.published_at)
    assert listed(client, "/sitemap-categories.xml") == {
        unquote(each.get_absolute_url()): date for each in (category, below, beside)
    }


def test_the_months_of_the_sitemap_are_those_with_stories(client, published, draft, editor):
    make_unseen(published, draft, editor)
    first, last = published("أول"), published("آخر")
    at(first, 2024, 1, 31, 23, 30)
    at(last, 2024, 3, 1)

    assert listed(client, "/sitemap-months.xml") == {
        "/archive/2024/03/": "2024-03-01",
        "/archive/2024/01/": "2024-01-31",
    }


def test_the_static_pages_of_the_sitemap_are_dated_by_their_last_change(client, db):
    StaticPage.objects.all().delete()
    page = static_page(slug="الأسعار")

    assert listed(client, "/sitemap-static-pages.xml") == {"/الأسعار/": day(page.updated_at)}


def test_the_index_names_every_sitemap_that_holds_something(client, article):
    static_page()
    found = listed(client, "/sitemap.xml")

    sections = ("pages", "articles", "categories", "bylines", "months", "static-pages")
    assert list(found) == [f"/sitemap-{section}.xml" for section in sections]
    for address in found:
        assert listed(client, address)
    assert client.get("/sitemap-tags.xml").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_many_addresses_are_spread_over_several_sitemaps(client, published, monkeypatch):
    monkeypatch.setattr(sitemaps.Stories, "limit", 2)
    stories = [published(f"خبر {number}") for number in range(5)]

    found = [address for address in listed(client, "/sitemap.xml") if "articles" in address]

    assert found == ["/sitemap-articles.xml", *(f"/sitemap-articles.xml?p={n}" for n in (2, 3))]
    addresses = [address for sitemap in found for address in listed(client, sitemap)]
    assert addresses == [unquote(each.get_absolute_url()) for each in stories]


@pytest.mark.parametrize("page", ["0", "9", "x", "-1", "", "9" * 5000, "²", "\0"])
def test_a_sitemap_that_is_not_there_answers_404(client, article, page):
    assert client.get("/sitemap-articles.xml", {"p": page}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/sitemap.xml", 9),
        ("/sitemap-pages.xml", 1),
        ("/sitemap-articles.xml", 2),
        ("/sitemap-categories.xml", 1),
        ("/sitemap-tags.xml", 1),
        ("/sitemap-bylines.xml", 1),
        ("/sitemap-months.xml", 2),
        ("/sitemap-static-pages.xml", 1),
        ("/news-sitemap.xml", 1),
    ],
)
def test_a_sitemap_takes_as_many_queries_for_one_story_as_for_three(
    client, published, django_assert_num_queries, count, address, queries
):
    for number in range(count):
        static_page(slug=f"page-{number}")
        byline = Byline.objects.create(name=f"جهة {number}")
        section = Category.objects.create(name=f"قسم {number}")
        published(f"خبر {number}", byline=byline, category=section).tags.add(f"وسم {number}")

    with django_assert_num_queries(queries):
        response = client.get(address)

    valid(response)


ADDRESSES = ["/sitemap.xml", "/sitemap-articles.xml", "/sitemap-tags.xml", "/news-sitemap.xml"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_sitemap_that_has_not_changed_is_not_sent_again(client, published, editor, address):
    published("يبقى", minutes_ago=36 * 60).tags.add("وسم")
    gone = published("يُسحب")
    gone.tags.add("وسم")
    first = client.get(address)
    known = {"If-None-Match": first["ETag"]}

    assert client.get(address, headers=known).status_code == 304
    assert first.cookies == {}
    assert first.get("Vary", "") in {"", "Accept-Encoding"}

    publishing.retract(gone, by=editor, reason="خطأ")
    assert client.get(address, headers=known).status_code == 200


def test_a_page_that_was_deleted_is_told_to_who_asks_by_date(client, db):
    tomorrow = http_date((timezone.now() + timedelta(days=1)).timestamp())
    StaticPage.objects.all().delete()
    static_page(slug="prices")
    gone = static_page(slug="gone")
    assert "Last-Modified" not in client.get("/sitemap-static-pages.xml")

    gone.delete()

    answer = client.get("/sitemap-static-pages.xml", headers={"If-Modified-Since": tomorrow})
    assert [address.text for (address, *_date) in valid(answer)] == [f"{SITE}/prices/"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/robots.txt"])
def test_what_crawlers_read_is_the_same_under_every_name_of_the_site(
    client, published, settings, address
):
    settings.ALLOWED_HOSTS = ["paper.example", "second.example"]
    published().tags.add("وسم")

    first, second = (
        client.get(address, headers={"host": host}).content for host in settings.ALLOWED_HOSTS
    )

    assert first == second
    assert SITE in second.decode()


def test_an_empty_paper_has_an_index_that_names_its_front_page(client, db):
    StaticPage.objects.all().delete()

    assert listed(client, "/sitemap.xml") == {"/sitemap-pages.xml": None}
    assert listed(client, "/sitemap-pages.xml") == {"/": None, "/archive/": None}
    for path in ("/", "/archive/"):
        assert client.get(path).status_code == 200


def test_robots_are_kept_off_what_is_no_page_for_readers(client, article):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    rules = [line.partition(": ") for line in lines if line]
    assert [end for start, _, end in rules if start == "Sitemap"] == [
        f"{SITE}/sitemap.xml",
        f"{SITE}/news-sitemap.xml",
    ]
    kept_off = {end for start, _, end in rules if start == "Disallow"}
    assert kept_off == {"/admin/", "/preview/", "/comments/", "/*?reply_to="}
    assert not any(article.get_absolute_url().startswith(each) for each in kept_off)


@pytest.mark.parametrize("address", [*ADDRESSES, "/robots.txt"])
def test_what_crawlers_read_is_only_read(client, published, address):
    published().tags.add("وسم")

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
