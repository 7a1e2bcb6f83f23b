"""The formats of a feed with whole stories: RSS 2.0, Atom, JSON Feed 1.1. A leaf.

Each takes with a story its `content` (HTML), its `summary` (plain text) and its `language`.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.xmlutils import SimplerXMLGenerator

Item = dict[str, Any]

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class _Steady(SyndicationFeed):
    def latest_post_date(self) -> datetime:
        """Of a feed without items always the same, so that it stays the same feed."""
        return super().latest_post_date() if self.items else _BEFORE_ALL


class PlainRss(_Steady, Rss201rev2Feed):
    """RSS 2.0 of items that are told in full by their description."""


class Rss(PlainRss):
    """RSS 2.0 with the whole text in `content:encoded`."""

    def rss_attributes(self) -> dict[str, str]:
        content = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
        return {**super().rss_attributes(), **content}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class Atom(_Steady, Atom1Feed):
    """Atom (RFC 4287) with the whole text as `content`, each entry in its own language."""

    def item_attributes(self, item: Item) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [_json_item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False))


def _json_item(item: Item) -> dict[str, Any]:
    pictures = [
        {"url": each.url, "mime_type": each.mime_type, "size_in_bytes": int(each.length)}
        for each in item["enclosures"]
    ]
    told = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["content"],
        "summary": item["summary"],
        "image": pictures[0]["url"] if pictures else None,
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(item["updateddate"]),
        "authors": [{"name": item["author_name"], "url": item["author_link"]}],
        "tags": item["categories"],
        "language": item["language"],
        "attachments": pictures,
    }
    return {name: value for name, value in told.items() if value}
