"""The archive: which stories a month has, what its page says, which addresses there are."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test.html import Element
from django.utils import timezone, translation

from articles import publishing
from articles.archive import Month, months_with_stories, neighbours
from articles.models import Article
from articles.views import ARTICLES_PER_PAGE
from tests.articles.stories import at
from tests.articles.test_lists import titles_of
from tests.comments.pages import attribute, element, elements, parse, text

pytestmark = pytest.mark.django_db


def months_beside(response: HttpResponse) -> dict[str, str]:
    """Where the links to the earlier and the later month lead."""
    page = parse(response)
    return {
        name: attribute(each, "href") or ""
        for name in ("earlier", "later")
        for each in elements(page, "a", class_=f"month-{name}")
    }


def canonical(page: Element) -> str | None:
    return attribute(element(page, "link", rel="canonical"), "href")


def test_a_month_begins_and_ends_at_midnight_of_the_papers_own_clock(client, published):
    at(published("قبل"), 2024, 1, 31, 23, 59, 59)
    at(published("أول"), 2024, 2, 1)
    at(published("آخر"), 2024, 2, 29, 23, 59, 59)
    at(published("بعد"), 2024, 3, 1)

    assert titles_of(client.get("/archive/2024/01/")) == ["قبل"]
    assert titles_of(client.get("/archive/2024/02/")) == ["آخر", "أول"]
    assert titles_of(client.get("/archive/2024/03/")) == ["بعد"]


def test_the_last_month_of_a_year_ends_with_the_year(client, published):
    at(published("آخر السنة"), 2023, 12, 31, 23, 59)
    at(published("أول السنة"), 2024, 1, 1)

    assert titles_of(client.get("/archive/2023/12/")) == ["آخر السنة"]
    assert titles_of(client.get("/archive/2024/01/")) == ["أول السنة"]


@pytest.mark.parametrize(
    ("zone", "month"), [("Asia/Damascus", Month(2024, 2)), ("America/New_York", Month(2024, 1))]
)
def test_a_story_is_counted_in_the_month_whose_page_shows_it(published, zone, month):
    story = at(published(), 2024, 2, 1, 0, 30)

    with timezone.override(zone):
        assert [(each.month, each.count) for each in months_with_stories()] == [(month, 1)]
        assert month.begins <= story.published_at < month.ends


def test_a_month_that_begins_within_the_hour_that_a_clock_leaves_out_begins_with_the_next_one():
    # Damascus set its clocks from midnight to one o'clock on the first of April 2005.
    begins = Month(2005, 4).begins

    assert begins.astimezone(timezone.get_fixed_timezone(0)).isoformat() == (
        "2005-03-31T22:00:00+00:00"
    )
    assert begins == Month(2005, 3).ends


def test_a_long_month_is_paged(client, published):
    titles = [f"خبر {number}" for number in range(ARTICLES_PER_PAGE + 2)]
    for number, title in enumerate(titles):
        at(published(title), 2024, 2, 28, 12, 59 - number)

    first, second = (client.get("/archive/2024/02/", {"page": page}) for page in (1, 2))

    assert titles_of(first) + titles_of(second) == titles
    assert client.get("/archive/2024/02/", {"page": 3}).status_code == 404
    assert client.get("/archive/2024/02/", {"page": "٢"}).status_code == 404


@pytest.mark.parametrize(("language", "said"), [("ar", "شباط 2024"), ("en", "February 2024")])
def test_a_month_is_named_as_readers_name_it(language, said):
    with translation.override(language):
        assert Month(2024, 2).name == said


def test_the_page_says_its_month_and_leads_to_the_nearest_ones_with_stories(client, published):
    for moment in ((2022, 12, 31), (2024, 2, 10), (2024, 2, 20), (2025, 1, 1)):
        at(published(), *moment)

    response = client.get("/archive/2024/02/")

    assert text(element(parse(response), "h1")) == "شباط 2024"
    assert months_beside(response) == {"earlier": "/archive/2022/12/", "later": "/archive/2025/01/"}
    assert months_beside(client.get("/archive/2022/12/")) == {"later": "/archive/2024/02/"}
    assert months_beside(client.get("/archive/2025/01/")) == {"earlier": "/archive/2024/02/"}


def test_a_paper_of_one_month_leads_to_no_other(client, published):
    at(published(), 2024, 2, 1)

    assert neighbours(Month(2024, 2)) == (None, None)
    assert months_beside(client.get("/archive/2024/02/")) == {}


def unseen(published, draft) -> list[Article]:
    """Stories that no reader may see: retracted, of tomorrow, a draft."""
    retracted, tomorrow = published("مسحوب"), published("غداً")
    at(retracted, 2024, 2, 1)
    publishing.retract(retracted)
    later = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=tomorrow.pk).update(published_at=later)
    tomorrow.refresh_from_db()
    return [retracted, tomorrow, draft("مسودة")]


def test_what_nobody_may_see_makes_no_month(client, published, draft):
    stories = unseen(published, draft)
    at(published("يُرى"), 2020, 5, 1)

    assert [each.month for each in months_with_stories()] == [Month(2020, 5)]
    assert neighbours(Month(2020, 5)) == (None, None)
    never = client.get("/archive/1999/01/")
    for story in stories[:2]:
        response = client.get(Month.of(story.published_at).get_absolute_url())
        assert (response.status_code, response.content) == (404, never.content)


@pytest.mark.parametrize(
    "wrong",
    [
        *("2024/00", "2024/13", "2024/2", "2024/002", "24/02", "02024/02", "0000/01", "9999/12"),
        *("٢٠٢٤/٠٢", "2024/٠٢", "２０２４/02", "-2024/02", "2024/02/01", "2024/ab", "2024/0\x002"),
        *("2024", f"2024/{'0' * 10_000}2", f"{'2' * 10_000}/02", "../02"),
    ],
)
def test_a_month_has_one_address_alone(client, published, wrong):
    at(published(), 2024, 2, 1)

    assert client.get(f"/archive/{quote(wrong)}/").status_code == 404
    assert client.get("/archive/2024/02/").status_code == 200


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client, published):
    at(published(), 2024, 2, 1)

    for address in ("/archive", "/archive/2024/02"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, f"{address}/")


@pytest.mark.parametrize("address", ["/archive/", "/archive/2024/02/"])
def test_the_archive_is_only_read(client, published, address):
    at(published(), 2024, 2, 1)

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


# All months


def test_all_months_are_shown_by_year_newest_first_with_their_counts(client, published):
    for moment in ((2023, 12, 31), (2024, 2, 1), (2024, 2, 29), (2024, 11, 5)):
        at(published(), *moment)

    page = parse(client.get("/archive/"))

    years = [attribute(each, "id") for each in elements(page, "h2", class_="block-title")]
    lists = elements(page, "ul", class_="archive-months")
    months = [each for months in lists for each in elements(months, "a")]
    assert years == ["year-2024", "year-2023"]
    assert [attribute(each, "href") for each in months] == [
        "/archive/2024/11/",
        "/archive/2024/02/",
        "/archive/2023/12/",
    ]
    assert [each.count for each in months_with_stories()] == [1, 2, 1]


def test_the_archive_of_an_empty_paper_is_a_page(client):
    response = client.get("/archive/")

    assert response.status_code == 200
    assert '<p class="empty">' in response.content.decode()


def test_every_page_leads_to_the_archive(client, article):
    for address in ("/", article.get_absolute_url(), "/no/such/page/", "/search/"):
        assert 'href="/archive/"' in client.get(address).content.decode()


def test_the_head_names_the_one_address_and_the_way_to_it(client, published, settings):
    settings.SITE_URL = "https://paper.example"
    at(published(), 2024, 2, 1)

    page = parse(client.get("/archive/2024/02/"))
    data = json.loads(text(element(page, "script", type="application/ld+json")))

    [way] = data["@graph"]
    assert canonical(page) == "https://paper.example/archive/2024/02/"
    assert [each["item"] for each in way["itemListElement"]] == [
        "https://paper.example/",
        "https://paper.example/archive/",
        "https://paper.example/archive/2024/02/",
    ]
    assert canonical(parse(client.get("/archive/"))) == "https://paper.example/archive/"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/archive/", 4), ("/archive/2024/02/", 7)])
def test_the_archive_takes_as_many_queries_for_one_story_as_for_three(
    address, queries, count, client, published, image, django_assert_num_queries
):
    for number in range(count):
        at(published(f"خبر {number}", image=image), 2024, 2, 1 + number)
        at(published(f"قديم {number}"), 2023, 1 + number, 1)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
