"""The newest stories, whole, for feed readers."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.files.storage import default_storage
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, SyndicationFeed
from django.utils.html import escape

from articles import bodies
from articles.etags import only_by_etag
from articles.feed_formats import Atom, JsonFeed, Rss
from articles.models import Article, ArticleQuerySet, Category, CategoryTree
from articles.renditions import MEDIA_TYPES, Rendition
from articles.sharing import full_address
from articles.xml import for_xml

NEWEST = 30


@only_by_etag
def rss(request: HttpRequest) -> HttpResponse:
    """The newest stories as RSS 2.0."""
    return _of_the_paper(request, Rss)


@only_by_etag
def atom(request: HttpRequest) -> HttpResponse:
    """The newest stories as Atom."""
    return _of_the_paper(request, Atom)


@only_by_etag
def json_feed(request: HttpRequest) -> HttpResponse:
    """The newest stories as JSON Feed 1.1."""
    return _of_the_paper(request, JsonFeed)


@only_by_etag
def category_rss(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest stories of a category and of all below it, as RSS 2.0."""
    category = get_object_or_404(Category, slug=slug)
    articles = Article.objects.public().in_categories(CategoryTree().branch(category.pk))
    return Stories(
        articles,
        feed_type=Rss,
        path=request.path,
        title=f"{category.name} | {settings.SITE_NAME}",
        link=category.get_absolute_url(),
        description=category.description or category.name,
    )(request)


def _of_the_paper(request: HttpRequest, feed_type: type[SyndicationFeed]) -> HttpResponse:
    return Stories(
        Article.objects.public(),
        feed_type=feed_type,
        path=request.path,
        title=settings.SITE_NAME,
        link=reverse("front-page"),
        description=settings.SITE_TAGLINE or settings.SITE_NAME,
    )(request)


class Stories(Feed):
    """A feed of the newest of these articles, at this path, made for one request."""

    item_guid_is_permalink = False

    def __init__(
        self,
        articles: ArticleQuerySet,
        *,
        feed_type: type[SyndicationFeed],
        path: str,
        title: str,
        link: str,
        description: str,
    ) -> None:
        self.feed_type = feed_type
        self.title = for_xml(title)
        self.feed_url = full_address(path)
        self.link = full_address(link)
        self.description = for_xml(description)
        self.author_name = for_xml(settings.SITE_NAME)
        self._articles = articles
        self._pictures: bodies.Pictures = {}

    def items(self) -> list[Article]:
        stories = list(self._articles.newest_first().for_page()[:NEWEST])
        prefetch_related_objects(stories, "tags")
        self._pictures = bodies.pictures_of(*stories)
        return stories

    def item_title(self, item: Article) -> str:
        return for_xml(item.title)

    def item_link(self, item: Article) -> str:
        return full_address(item.get_absolute_url())

    def item_description(self, item: Article) -> str:
        return escape(for_xml(item.summary))

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        return {
            "content": for_xml(self._content(item)),
            "summary": for_xml(item.summary),
            "language": item.language,
        }

    def _content(self, article: Article) -> str:
        """All that the story's page says of it, in its own direction."""
        body = bodies.render(article, pictures=self._pictures)
        context = {"article": article, "body": body}
        content = render_to_string("articles/feed_story.html", context).strip()
        return bodies.with_full_addresses(content, full_address)

    def item_guid(self, item: Article) -> str:
        """The same for ever and at every address of the site: a tag (RFC 4151)."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{item.created_at:%Y-%m-%d}:articles/{item.pk}"

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.changed_at

    def item_author_name(self, item: Article) -> str | None:
        return for_xml(item.byline.name) if item.byline else None

    def item_author_link(self, item: Article) -> str | None:
        return full_address(item.byline.get_absolute_url()) if item.byline else None

    def item_categories(self, item: Article) -> list[str]:
        section = [item.category.name] if item.category else []
        return [for_xml(name) for name in [*section, *(tag.name for tag in item.tags.all())]]

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        """The picture above the story."""
        if item.image is None:
            return []
        shown = item.image.shown
        address = full_address(shown.url)
        return [Enclosure(address, str(_size_of(shown)), MEDIA_TYPES[shown.format])]


def _size_of(rendition: Rendition) -> int:
    """In bytes; 0, which readers take for unknown, while nobody has asked for it yet."""
    try:
        return default_storage.size(rendition.name)
    except FileNotFoundError:
        return 0
