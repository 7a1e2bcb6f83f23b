"""A stored body as readers see it: its pictures from the archive, its tables, its cards."""

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles import html
from articles.models import ArchiveImage, Article

# Clean HTML has one form for each of these; see `articles.html`.
_PICTURE = re.compile(
    r'<figure data-picture="(?P<key>[0-9]{1,18})">'
    r"(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>",
    re.DOTALL,
)
_VIDEO = re.compile(
    r'<figure class="video-card"><a href="(?P<address>[^"]*)"[^>]*>(?P<title>[^<]*)</a></figure>'
)
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption>(.*?)</caption>")
_ADDRESSES = re.compile(r'\b(?P<name>href|src|srcset)="(?P<value>[^"]*)"')


Pictures = dict[int, ArchiveImage]


def pictures_of(*articles: Article) -> Pictures:
    """The pictures in the bodies of these articles. One query where there are any, else none."""
    keys = set().union(*(html.picture_keys(article.body) for article in articles))
    return ArchiveImage.objects.defer("search_index").in_bulk(keys) if keys else {}


def render(
    article: Article,
    *,
    absolute: Callable[[str], str] | None = None,
    pictures: Pictures | None = None,
) -> SafeString:
    """The body of an article for its readers. Its pictures are read unless they are given.

    `absolute` makes a full address of one on this site, for clients elsewhere.
    """
    body = _rendered(article.body, pictures_of(article) if pictures is None else pictures)
    return with_full_addresses(body, absolute) if absolute else body


def render_without_pictures(body: str) -> SafeString:
    """Clean HTML for readers, the pictures left out that may stand in it."""
    return _rendered(body, {})


def _rendered(body: str, pictures: Pictures) -> SafeString:
    body = _PICTURE.sub(partial(_picture, pictures), body)
    body = _VIDEO.sub(_video, body)
    body = _TABLE.sub(_table, body)
    return mark_safe(body)  # noqa: S308 (clean HTML, and templates that escape)


def with_full_addresses(markup: str, absolute: Callable[[str], str]) -> SafeString:
    """Safe markup in which `absolute` has made full the addresses of what lies on this site."""
    return mark_safe(_ADDRESSES.sub(partial(_absolute, absolute), markup))  # noqa: S308


def _picture(pictures: Pictures, figure: re.Match[str]) -> str:
    """The picture with its own caption for this place or the archive's; nothing when it is gone."""
    picture = pictures.get(int(figure["key"]))
    if picture is None:
        return ""
    own = figure["caption"]
    caption = mark_safe(own) if own else picture.caption  # noqa: S308 (part of clean HTML)
    context = {"picture": picture, "caption": caption}
    return render_to_string("articles/_body_picture.html", context).strip()


def _video(card: re.Match[str]) -> str:
    address, title = card["address"], card["title"]
    context = {
        # Both are escaped already, as parts of clean HTML.
        "address": mark_safe(address),  # noqa: S308
        "title": mark_safe(title),  # noqa: S308
        "host": urlsplit(address).netloc.rpartition("@")[2].removeprefix("www."),
    }
    return render_to_string("articles/_video_card.html", context).strip()


def _table(table: re.Match[str]) -> str:
    caption = _CAPTION.search(table[0])
    context = {
        "table": mark_safe(table[0]),  # noqa: S308 (part of clean HTML)
        "name": mark_safe(caption[1]) if caption else "",  # noqa: S308
    }
    return render_to_string("articles/_body_table.html", context).strip()


def _absolute(absolute: Callable[[str], str], attribute: re.Match[str]) -> str:
    """The attribute with the full addresses of what lies on this site."""
    value = attribute["value"]
    parts = value.split(", ") if attribute["name"] == "srcset" else [value]
    full = ", ".join(absolute(part) if re.match("/(?!/)", part) else part for part in parts)
    return f'{attribute["name"]}="{full}"'
