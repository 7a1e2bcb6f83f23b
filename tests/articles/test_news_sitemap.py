"""The news of two days, as their protocol wants them told; and what the schemas here refuse."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import etree

from articles import publishing
from articles.models import Article
from tests.articles.crawling import NAMES, SCHEMA, SITE, valid


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_URL = SITE


def test_the_news_are_those_of_the_last_two_days(client, published, draft, editor, settings):
    draft("مسودة")
    publishing.retract(published("مسحوب"), by=editor, reason="خطأ")
    tomorrow = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=published("غداً").pk).update(published_at=tomorrow)
    published("قديم", minutes_ago=2 * 24 * 60 + 5)
    english = published("News & <more>", minutes_ago=30, language="en")
    newest = published("خبر\x0b اليوم", minutes_ago=10)

    found = [
        (
            each.findtext("s:loc", namespaces=NAMES),
            each.findtext("n:news/n:publication/n:name", namespaces=NAMES),
            each.findtext("n:news/n:publication/n:language", namespaces=NAMES),
            datetime.fromisoformat(each.findtext("n:news/n:publication_date", namespaces=NAMES)),
            each.findtext("n:news/n:title", namespaces=NAMES),
        )
        for each in valid(client.get("/news-sitemap.xml"))
    ]

    assert found == [
        (
            f"{SITE}{story.get_absolute_url()}",
            settings.SITE_NAME,
            story.language,
            story.published_at,
            title,
        )
        for story, title in ((newest, "خبر اليوم"), (english, "News & <more>"))
    ]


def test_a_paper_without_stories_has_no_news_and_names_none(client, published):
    published("قديم", minutes_ago=2 * 24 * 60 + 5)
    assert client.get("/news-sitemap.xml").status_code == 404
    assert "news-sitemap" not in client.get("/robots.txt").content.decode()

    published("جديد", minutes_ago=2 * 24 * 60 - 5)

    assert len(valid(client.get("/news-sitemap.xml"))) == 1
    assert f"Sitemap: {SITE}/news-sitemap.xml\n" in client.get("/robots.txt").content.decode()


URL = "<url><loc>https://paper.example/</loc>{}</url>"
NEWS = (
    "<n:news><n:publication><n:name>{name}</n:name><n:language>{language}</n:language>"
    "</n:publication><n:publication_date>2026-11-23T10:00:00+03:00</n:publication_date>{title}"
    "</n:news>"
)


@pytest.mark.parametrize(
    ("urls", "is_valid"),
    [
        (URL.format(""), True),
        (URL.format("<lastmod>2026-11-23</lastmod>"), True),
        (URL.format(NEWS.format(name="أ", language="ar", title="<n:title>ب</n:title>")), True),
        ("", False),
        (URL.format("") * 2, False),
        ("<url><lastmod>2026-11-23</lastmod><loc>https://paper.example/</loc></url>", False),
        ("<url><loc>/articles/1/</loc></url>", False),
        ("<url><loc>https://a.example/ب/</loc></url>", False),
        (URL.format("<lastmod>2026-11-23 10:00</lastmod>"), False),
        (URL.format(NEWS.format(name="", language="ar", title="<n:title>ب</n:title>")), False),
        (URL.format(NEWS.format(name="أ", language="pt-br", title="<n:title>ب</n:title>")), False),
        (URL.format(NEWS.format(name="أ", language="ar", title="")), False),
    ],
)
def test_the_schemas_of_these_tests_are_as_strict_as_the_protocol(urls, is_valid):
    document = f'<urlset xmlns="{NAMES["s"]}" xmlns:n="{NAMES["n"]}">{urls}</urlset>'

    assert SCHEMA.validate(etree.fromstring(document)) is is_valid


@pytest.mark.parametrize(
    ("language", "told"),
    [("ar", "ar"), ("pt-br", "pt"), ("zh-hans", "zh-cn"), ("zh-hant", "zh-tw")],
)
def test_news_name_languages_as_their_protocol_does(client, published, language, told):
    published(language=language)

    (news,) = valid(client.get("/news-sitemap.xml"))

    assert news.findtext("n:news/n:publication/n:language", namespaces=NAMES) == told
