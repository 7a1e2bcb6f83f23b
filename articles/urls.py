"""The addresses of the readers' pages."""

from django.urls import path, register_converter

from articles import feeds, sitemaps, views
from articles.arabic import SLUG_CHARACTERS


class SlugConverter:
    """A readable slug: letters and digits of any script, `-` and `_`."""

    regex = f"{SLUG_CHARACTERS}+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class YearConverter:
    """A year in four digits of ASCII, so that a month has one address."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter:
    """A month in two digits of ASCII."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


register_converter(SlugConverter, "readable")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

urlpatterns = [
    path("", views.front, name="front-page"),
    path("articles/<readable:slug>/", views.article, name="article"),
    path(
        "articles/<readable:slug>/<slug:digest>.png",
        views.title_card,
        name="title-card",
    ),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("search/", views.search, name="search"),
    path("category/<readable:slug>/", views.category, name="category"),
    path("category/<readable:slug>/feed/", feeds.category_rss, name="category-feed"),
    path("tag/<readable:slug>/", views.tag, name="tag"),
    path("byline/<readable:slug>/", views.byline, name="byline"),
    path("archive/", views.archive, name="archive"),
    path("archive/<year:year>/<month:month>/", views.archive_of_month, name="month"),
    path("feed/", feeds.rss, name="feed"),
    path("feed/atom/", feeds.atom, name="atom-feed"),
    path("feed/json/", feeds.json_feed, name="json-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
