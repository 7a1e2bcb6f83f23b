"""What crawlers are told: every public address, the news of two days, where not to go.

An index names sitemaps of some thousand addresses each. A list is dated by its newest story.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.addresses import public_bylines, public_tags
from articles.archive import MonthOfStories, months_with_stories
from articles.etags import only_by_etag
from articles.models import Article, ArticleQuerySet, Category, StaticPage
from articles.sharing import full_address

ADDRESSES_PER_SITEMAP = 2000
# What Google takes of one sitemap of news, and how long it takes a story for news.
NEWS_LIMIT = 1000
NEWS_AGE = timedelta(days=2)


class _Canonical(Sitemap):
    """Addresses as `SITE_URL` begins them, under whichever name of the site they are asked for."""

    limit = ADDRESSES_PER_SITEMAP

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2]


class _Dated(_Canonical):
    """Items that know in `newest` when their page last changed, read once for a request."""

    @cached_property
    def _read(self) -> list[Any]:
        return list(self.read())

    def read(self) -> Any:
        raise NotImplementedError

    def items(self) -> list[Any]:
        return self._read

    def lastmod(self, item: Any) -> datetime | None:
        return item.newest


class _WholePaper(NamedTuple):
    """A page that tells of all stories, by the name of its address."""

    name: str
    newest: datetime | None


class WholePaper(_Dated):
    """The front page and the page of all months, which are there before any story."""

    def read(self) -> list[_WholePaper]:
        newest = Article.objects.public().newest_first().values_list("published_at", flat=True)
        at = newest.first()
        return [_WholePaper(name, at) for name in ("front-page", "archive")]

    def location(self, item: _WholePaper) -> str:
        return reverse(item.name)


class Months(_Dated):
    """The months in which stories came out."""

    def read(self) -> list[MonthOfStories]:
        return months_with_stories()

    def location(self, item: MonthOfStories) -> str:
        return item.month.get_absolute_url()


class StaticPages(_Dated):
    """What is no story: about the paper, its privacy, its rules."""

    def read(self) -> Any:
        return StaticPage.objects.annotate(newest=F("updated_at")).only("slug")


class Categories(_Dated):
    """The categories in which, or below which, there is something to read."""

    def read(self) -> list[Category]:
        own = _newest(Article.objects.public().filter(category=OuterRef("pk")))
        further = _newest(Article.objects.public().filter(further_categories=OuterRef("pk")))
        tree = Category.objects.with_tree_fields().annotate(own=Greatest(own, further))
        dates: dict[int, datetime] = {}
        for category in tree:
            for pk in category.tree_path if category.own else ():
                dates[pk] = max(category.own, dates.get(pk, category.own))
        read = [category for category in tree if category.pk in dates]
        for category in read:
            category.newest = dates[category.pk]
        return read


class Tags(_Dated):
    """The tags that a public story carries."""

    def read(self) -> Any:
        newest = _newest(Article.objects.public().filter(tags=OuterRef("pk")))
        return public_tags().annotate(newest=newest).order_by("pk")


class Bylines(_Dated):
    """The bylines that a public story is signed with."""

    def read(self) -> Any:
        newest = _newest(Article.objects.public().filter(byline=OuterRef("pk")))
        return public_bylines().annotate(newest=newest).order_by("pk")


class Stories(_Canonical):
    """All public stories: only a page of them is ever read, and counted in the database."""

    def items(self) -> ArticleQuerySet:
        return Article.objects.public().order_by("pk").only("slug", "updated_at", "published_at")

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self.items(), self.limit)

    def lastmod(self, item: Article) -> datetime:
        return item.changed_at

    def get_latest_lastmod(self) -> datetime | None:
        # Each from an index of its own, which has no `changed_at`.
        latest = Article.objects.public().aggregate(Max("updated_at"), Max("published_at"))
        return max((at for at in latest.values() if at), default=None)


class News(_Canonical):
    """The stories of the last two days, newest first."""

    limit = NEWS_LIMIT

    def items(self) -> list[Article]:
        read = _fresh_stories().newest_first().only("slug", "title", "language", "published_at")
        return list(read[:NEWS_LIMIT])


def _fresh_stories() -> ArticleQuerySet:
    """The public stories that are still news."""
    return Article.objects.public().filter(published_at__gte=timezone.now() - NEWS_AGE)


SECTIONS: dict[str, type[Sitemap]] = {
    "pages": WholePaper,
    "articles": Stories,
    "categories": Categories,
    "tags": Tags,
    "bylines": Bylines,
    "months": Months,
    "static-pages": StaticPages,
}


@only_by_etag
@views.x_robots_tag
def index(request: HttpRequest) -> HttpResponse:
    """The index of all sitemaps that hold an address."""
    context = {"sitemaps": list(_sitemaps())}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


class _Listed(NamedTuple):
    """A sitemap in the index, by the names that Django's template has for it."""

    location: str
    last_mod: datetime | None


def _sitemaps() -> Iterator[_Listed]:
    """Each page of each sitemap that holds something."""
    for name, section in SECTIONS.items():
        sitemap = section()
        if sitemap.paginator.count:
            address = full_address(reverse("sitemap", args=[name]))
            changed = sitemap.get_latest_lastmod()
            for page in sitemap.paginator.page_range:
                yield _Listed(f"{address}?p={page}" if page > 1 else address, changed)


@only_by_etag
def section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one kind, a page of them by `?p=N`; 404 for what the index does not name."""
    if section not in SECTIONS:
        raise Http404
    return _unless_empty(views.sitemap(request, {section: SECTIONS[section]}))


@only_by_etag
def news(request: HttpRequest) -> HttpResponse:
    """The sitemap of news, as https://www.google.com/schemas/sitemap-news/0.9 wants it.

    404 after two quiet days.
    """
    template = "articles/news_sitemap.xml"
    return _unless_empty(views.sitemap(request, {"news": News}, template_name=template))


def _unless_empty(response: Any) -> HttpResponse:
    """The sitemap; raises Http404 for one without an address, which no schema allows."""
    if not response.context_data["urlset"]:
        raise Http404
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone, and where the sitemaps are."""
    names = ["sitemaps", "news-sitemap"] if _fresh_stories().exists() else ["sitemaps"]
    context = {"sitemaps": [full_address(reverse(name)) for name in names]}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


def _newest(articles: ArticleQuerySet) -> Subquery:
    return Subquery(articles.newest_first().values("published_at")[:1])
