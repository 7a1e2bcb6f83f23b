"""The feeds of the paper and of its categories: whole stories, in formats that readers know."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from articles import corrections, publishing, rendering
from articles.feeds import NEWEST
from articles.models import Article, Byline, Category
from tests.articles.picture_files import archived
from tests.conftest import jpeg
from tests.feeds import parsed

SITE = "https://paper.example"
ADDRESSES = ["/feed/", "/feed/atom/", "/feed/json/"]
TYPES = {
    "/feed/": "application/rss+xml; charset=utf-8",
    "/feed/atom/": "application/atom+xml; charset=utf-8",
    "/feed/json/": "application/feed+json; charset=utf-8",
}


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_URL = SITE


def told(client: Client, address: str) -> list[dict[str, Any]]:
    """The stories of a feed in any format: title, link, content, lasting name, picture."""
    response = client.get(address)
    assert response["Content-Type"] == TYPES.get(address, TYPES["/feed/"])
    if address == "/feed/json/":
        return [
            {
                "title": each["title"],
                "link": each["url"],
                "content": each["content_html"],
                "id": each["id"],
                "picture": each.get("image"),
            }
            for each in response.json()["items"]
        ]
    return [
        {
            "title": each.title,
            "link": each.link,
            "content": each.content[0].value,
            "id": each.id,
            "picture": each.enclosures[0].href if each.enclosures else None,
        }
        for each in parsed(response).entries
    ]


def titles(client: Client, address: str) -> list[str]:
    return [each["title"] for each in told(client, address)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_holds_what_readers_may_see_newest_first_and_nothing_else(
    client, published, draft, editor, address
):
    published("الأقدم", minutes_ago=3)
    published("الأحدث & <b>", minutes_ago=1)
    draft("مسودة")
    publishing.retract(published("مسحوب"), by=editor, reason="خطأ")
    Article.objects.filter(pk=published("غداً").pk).update(
        published_at=timezone.now() + timedelta(days=1)
    )

    assert titles(client, address) == ["الأحدث & <b>", "الأقدم"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_story_in_a_feed_is_whole_and_its_addresses_are_full_ones(
    client, published, image, address
):
    below = archived(jpeg(color="#884422"), alt="سوق")
    body = (
        "<p>الفقرة الأولى.</p>"
        f'<figure data-picture="{below.pk}"></figure>'
        '<p><a href="/category/x/">قسم</a></p>'
    )
    article = published(image=image, subtitle="عنوان فرعي", body=body)
    corrections.correct(article, "كان الرقم خطأ.")

    (story,) = told(client, address)

    assert story["link"] == f"{SITE}{article.get_absolute_url()}"
    assert story["picture"] == f"{SITE}{image.url}"
    parts = [
        *('<div lang="ar" dir="rtl">', image.alt, "عنوان فرعي", "الفقرة الأولى.", below.alt),
        *(f'href="{SITE}/category/x/"', "كان الرقم خطأ."),
    ]
    if address != "/feed/json/":
        # feedparser sanitises what it reads, and keeps these.
        parts[0] = 'lang="ar"'
    place = 0
    for part in parts:
        assert part in story["content"][place:], part
        place = story["content"].index(part, place)
    assert 'src="/' not in story["content"]
    assert " /media" not in story["content"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_story_keeps_its_name_in_the_feed_when_its_address_changes(client, article, address):
    (before,) = told(client, address)

    article.slug = "عنوان-جديد"
    article.save()

    (after,) = told(client, address)
    assert after["id"] == before["id"]
    assert after["link"] != before["link"]


def test_a_story_names_its_source_its_section_and_its_tags(client, article, byline, category):
    article.tags.add("أرصفة")

    for address in ("/feed/", "/feed/atom/"):
        (entry,) = parsed(client.get(address)).entries
        assert entry.author == byline.name
        assert [tag.term for tag in entry.tags] == [category.name, "أرصفة"]
    (item,) = client.get("/feed/json/").json()["items"]
    assert item["authors"] == [{"name": byline.name, "url": f"{SITE}{byline.get_absolute_url()}"}]
    assert item["tags"] == [category.name, "أرصفة"]
    assert item["language"] == "ar"
    assert datetime.fromisoformat(item["date_published"]) == article.published_at


def test_the_json_feed_says_what_version_1_1_asks_for(client, article, settings):
    feed = client.get("/feed/json/").json()

    (item,) = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.SITE_NAME,
        "home_page_url": f"{SITE}/",
        "feed_url": f"{SITE}/feed/json/",
        "description": settings.SITE_TAGLINE or settings.SITE_NAME,
        "language": "ar",
    }
    assert set(item) == {
        *("id", "url", "title", "content_html", "summary", "date_published", "date_modified"),
        *("authors", "tags", "language"),
    }


def test_the_size_of_a_picture_is_told_once_it_is_made(client, published, image):
    published(image=image)
    assert parsed(client.get("/feed/")).entries[0].enclosures[0].length == "0"

    rendering.make_all(image)

    enclosure = parsed(client.get("/feed/")).entries[0].enclosures[0]
    assert int(enclosure.length) > 0
    assert enclosure.type == "image/jpeg"


def test_a_category_s_feed_holds_what_is_below_it_too(client, published, category):
    below = Category.objects.create(name="فرع", parent=category)
    beside = Category.objects.create(name="رياضة")
    published("في الفرع", category=below, minutes_ago=1)
    published("في القسم", minutes_ago=2)
    published("في غيره", category=beside, minutes_ago=3)

    assert titles(client, f"{category.get_absolute_url()}feed/") == ["في الفرع", "في القسم"]
    assert titles(client, f"{below.get_absolute_url()}feed/") == ["في الفرع"]
    assert client.get("/category/لا-شيء/feed/").status_code == 404
    feed = parsed(client.get(f"{below.get_absolute_url()}feed/")).feed
    assert feed.link == f"{SITE}{below.get_absolute_url()}"
    assert feed.title.startswith("فرع")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [*((each, 3) for each in ADDRESSES), ("", 5)])
def test_a_feed_takes_as_many_queries_for_one_story_as_for_three(
    client, published, category, image, django_assert_num_queries, count, address, queries
):
    for number in range(count):
        byline = Byline.objects.create(name=f"وكالة {number}")
        below = archived(jpeg(width=300 + number))
        body = f'<p>نص.</p><figure data-picture="{below.pk}"></figure>'
        published(f"خبر {number}", byline=byline, body=body, image=image).tags.add("أ", f"{number}")

    with django_assert_num_queries(queries):
        response = client.get(address or f"{category.get_absolute_url()}feed/")

    assert response.status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_that_has_not_changed_is_not_sent_again(client, published, editor, address):
    published("يبقى")
    gone = published("يُسحب")
    first = client.get(address)
    known = {"If-None-Match": first["ETag"]}

    again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")

    publishing.retract(gone, by=editor, reason="خطأ")
    assert client.get(address, headers=known).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_that_changed_is_told_to_who_asks_by_date(client, published, address):
    tomorrow = http_date((timezone.now() + timedelta(days=1)).timestamp())
    story = published("خبر")
    assert "Last-Modified" not in client.get(address)

    Byline.objects.filter(pk=story.byline_id).update(name="اسم آخر")

    answer = client.get(address, headers={"If-Modified-Since": tomorrow})
    assert answer.status_code == 200
    assert "اسم آخر" in answer.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_paper_has_a_feed_that_stays_the_same(client, db, address):
    first = client.get(address)

    assert first.status_code == 200
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_is_the_same_for_everyone_and_only_read(client, article, editor, as_user, address):
    answers = [client.get(address), as_user(editor).get(address)]

    assert answers[0].content == answers[1].content
    assert [dict(each.cookies) for each in answers] == [{}, {}]
    assert [each["Vary"] for each in answers] == ["Accept-Encoding", "Accept-Encoding"]
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_is_the_same_under_every_name_of_the_site(
    client, published, category, image, settings, address
):
    hosts = settings.ALLOWED_HOSTS = ["paper.example", "second.example"]
    body = f'<p>نص.</p><figure data-picture="{image.pk}"></figure>'
    published(body=body, image=image)

    for each in (address, f"{category.get_absolute_url()}feed/"):
        first, second = (client.get(each, headers={"host": host}) for host in hosts)
        assert first.content == second.content
        assert first["ETag"] == second["ETag"]
        assert "second.example" not in second.content.decode()
        assert f"{SITE}{each}" in second.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_signs_that_no_document_can_hold_are_left_out(client, published, address):
    published("خبر\x0b عاجل\ufffe", body="<p>نص\x0c تتمة\x1f</p>", excerpt="مقتطف\x0b")

    (story,) = told(client, address)

    assert story["title"] == "خبر عاجل"
    assert "نص تتمة" in story["content"]


def test_a_feed_is_cut_at_its_newest(client, published):
    for number in range(NEWEST + 2):
        published(f"خبر {number}", minutes_ago=number + 1)

    assert titles(client, "/feed/") == [f"خبر {number}" for number in range(NEWEST)]
