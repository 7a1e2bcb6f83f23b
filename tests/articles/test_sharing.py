"""What the head of a page says of it to search engines and to cards of social networks."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from django.http import HttpResponse

from articles import corrections, previews, publishing
from articles.models import Category
from articles.views import ARTICLES_PER_PAGE

SITE = "https://paper.example"
ADDRESS = {"type": "string", "pattern": f"^{SITE}/[!-~]*$"}
TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"}


def thing(kind: str, required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"@type": {"const": kind}, **required, **optional},
        "required": ["@type", *required],
        "additionalProperties": False,
    }


# What schema.org has of each, and what Google's documentation "Article" and "Breadcrumb" asks for.
NEWS_ARTICLE = thing(
    "NewsArticle",
    {
        "@id": ADDRESS,
        "url": ADDRESS,
        "mainEntityOfPage": ADDRESS,
        "headline": TEXT,
        "description": TEXT,
        "inLanguage": {"enum": ["ar", "en"]},
        "datePublished": MOMENT,
        "dateModified": MOMENT,
        "author": thing("Organization", {"name": TEXT, "url": ADDRESS}),
        "publisher": thing("NewsMediaOrganization", {"name": TEXT, "url": ADDRESS}),
        "articleSection": TEXT,
        "isAccessibleForFree": {"const": True},
    },
    keywords={"type": "array", "items": TEXT},
    correction={"type": "array", "items": TEXT},
    image=thing(
        "ImageObject",
        {
            "url": ADDRESS,
            "width": {"type": "integer"},
            "height": {"type": "integer"},
            "caption": TEXT,
        },
    ),
)
BREADCRUMB = thing(
    "BreadcrumbList",
    {
        "itemListElement": {
            "type": "array",
            "minItems": 1,
            "items": thing(
                "ListItem",
                {"position": {"type": "integer", "minimum": 1}, "name": TEXT, "item": ADDRESS},
            ),
        }
    },
)


class Head(HTMLParser):
    """The `meta` and `link` elements of a page's head, and what its scripts hold."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(response.content.decode().partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in found:
            name = found.get("property") or found.get("name", "")
            self.meta.setdefault(name, []).append(found["content"])
        elif tag == "link":
            self.links.append(found)
        elif tag == "script" and "src" not in found:
            assert found == {"type": "application/ld+json"}
            self._in_script = True

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)

    def of(self, rel: str) -> list[dict[str, str]]:
        return [link for link in self.links if link["rel"] == rel]

    @property
    def canonical(self) -> str:
        (link,) = self.of("canonical")
        return link["href"]

    @property
    def graph(self) -> list[dict[str, Any]]:
        """The things that JSON-LD names, each as its schema has it."""
        (script,) = self.scripts
        data = json.loads(script)
        assert data["@context"] == "https://schema.org"
        for each in data["@graph"]:
            schema = {"NewsArticle": NEWS_ARTICLE, "BreadcrumbList": BREADCRUMB}[each["@type"]]
            jsonschema.validate(each, schema)
        return data["@graph"]


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_URL = SITE


def head(client: Any, address: str, **query: Any) -> Head:
    response = client.get(address, query)
    assert response.status_code == 200
    return Head(response)


def way(found: Head) -> list[tuple[str, str]]:
    """The names and addresses of the breadcrumb."""
    steps = found.graph[-1]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    return [(step["name"], step["item"]) for step in steps]


def test_a_story_is_told_as_a_news_article(client, published, image, category, byline, settings):
    below = Category.objects.create(name="شوارع", parent=category)
    article = published("خبر </script><b> & “اقتباس”", category=below, image=image)
    article.tags.add("أرصفة")
    corrections.correct(article, "كان الرقم خطأ.")

    found = head(client, article.get_absolute_url())

    address = f"{SITE}{article.get_absolute_url()}"
    news, _way = found.graph
    article.refresh_from_db()
    assert news == {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": article.title,
        "description": article.excerpt,
        "inLanguage": "ar",
        "datePublished": article.published_at.isoformat(timespec="seconds"),
        "dateModified": article.updated_at.isoformat(timespec="seconds"),
        "author": {
            "@type": "Organization",
            "name": byline.name,
            "url": f"{SITE}{byline.get_absolute_url()}",
        },
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": f"{SITE}/",
        },
        "articleSection": "شوارع",
        "keywords": ["أرصفة"],
        "correction": ["كان الرقم خطأ."],
        "image": {
            "@type": "ImageObject",
            "url": f"{SITE}{image.shared.url}",
            "width": image.shared.width,
            "height": image.shared.height,
            "caption": image.alt,
        },
        "isAccessibleForFree": True,
    }
    assert way(found) == [
        ("الرئيسية", f"{SITE}/"),
        (category.name, f"{SITE}{category.get_absolute_url()}"),
        ("شوارع", f"{SITE}{below.get_absolute_url()}"),
        (article.title, address),
    ]
    assert not re.search("[<>&]", found.scripts[0])


def test_a_story_has_what_a_card_shows(client, published, image, settings):
    article = published('خبر "عاجل"', image=image)
    article.tags.add("أرصفة", "بلدية")

    found = head(client, article.get_absolute_url())

    address = f"{SITE}{article.get_absolute_url()}"
    assert found.canonical == address
    shown = {name: found.meta[name] for name in found.meta if name.startswith(("og:", "twitter:"))}
    assert shown == {
        "og:site_name": [settings.SITE_NAME],
        "og:type": ["article"],
        "og:url": [address],
        "og:title": ['خبر "عاجل"'],
        "og:description": [article.excerpt],
        "og:locale": ["ar_AR"],
        "og:image": [f"{SITE}{image.shared.url}"],
        "og:image:type": ["image/jpeg"],
        "og:image:width": [str(image.shared.width)],
        "og:image:height": [str(image.shared.height)],
        "og:image:alt": [image.alt],
        "twitter:card": ["summary_large_image"],
    }
    assert found.meta["article:tag"] == ["أرصفة", "بلدية"]


def test_a_story_on_paper_says_where_it_stands_in_letters_that_can_be_typed(client, published):
    article = published("خبر عاجل")

    page = client.get(article.get_absolute_url()).content.decode()

    assert f'<p class="printed-address" dir="ltr">{SITE}/articles/خبر-عاجل/</p>' in page


def test_a_page_has_one_address_whatever_was_asked_of_it(client, article, category, byline):
    article.tags.add("وسم")
    pages = ["/", article.get_absolute_url(), category.get_absolute_url()]
    pages += [byline.get_absolute_url(), article.tags.get().get_absolute_url()]

    for address in pages:
        assert head(client, address, utm_source="x", page="1").canonical == f"{SITE}{address}"


def test_the_pages_of_a_list_have_an_address_each(client, published, category):
    for number in range(2 * ARTICLES_PER_PAGE + 1):
        published(f"خبر {number}", minutes_ago=number + 1)

    for address in ("/", category.get_absolute_url()):
        found = head(client, address, page="2")
        assert found.canonical == f"{SITE}{address}?page=2"
        assert found.meta["og:url"] == [f"{SITE}{address}?page=2"]
        assert found.meta["og:type"] == ["website"]


def test_a_list_tells_the_way_to_it_and_its_feed(client, article, category, byline):
    below = Category.objects.create(name="شوارع", parent=category)

    found = head(client, below.get_absolute_url())

    steps = [(each.name, f"{SITE}{each.get_absolute_url()}") for each in (category, below)]
    assert way(found) == [("الرئيسية", f"{SITE}/"), *steps]
    feeds = [link["href"] for link in found.of("alternate")]
    assert feeds == ["/feed/", f"{below.get_absolute_url()}feed/"]
    assert way(head(client, byline.get_absolute_url()))[1:] == [
        (byline.name, f"{SITE}{byline.get_absolute_url()}")
    ]


def test_the_front_page_names_all_feeds(client, article):
    found = head(client, "/")

    feeds = {link["type"]: link["href"] for link in found.of("alternate")}
    assert feeds == {
        "application/rss+xml": "/feed/",
        "application/atom+xml": "/feed/atom/",
        "application/feed+json": "/feed/json/",
    }
    assert found.scripts == []
    for address in feeds.values():
        assert client.get(address).status_code == 200


def test_a_story_in_another_language_says_so_to_whoever_links_to_it(client, published):
    english = published("The harbour", language="en")
    arabic = published("المرفأ")

    found = head(client, english.get_absolute_url())
    address = f"{SITE}{english.get_absolute_url()}"
    languages = [link for link in found.of("alternate") if "hreflang" in link]
    assert languages == [{"rel": "alternate", "hreflang": "en", "href": address}]
    assert found.meta["og:locale"] == ["en_US"]
    assert found.graph[0]["inLanguage"] == "en"
    assert not any("hreflang" in link for link in head(client, arabic.get_absolute_url()).links)
    front = client.get("/").content.decode()
    assert f'<a href="{english.get_absolute_url()}" hreflang="en">' in front
    assert f'<a href="{arabic.get_absolute_url()}">' in front


def test_what_is_not_public_is_told_to_nobody(client, draft, published, editor):
    preview = client.get(previews.address(previews.make_link(draft("مسودة"), by=editor)))
    gone = publishing.retract(published("مسحوب"), by=editor, reason="خطأ")

    for response, status in ((preview, 200), (client.get(gone.get_absolute_url()), 410)):
        assert response.status_code == status
        found = Head(response)
        assert found.scripts == []
        assert not any(name.startswith("og:") for name in found.meta)
        assert found.of("canonical") == []
        assert "noindex" in found.meta["robots"][0]


def test_the_page_after_a_comment_that_was_refused_has_the_story_s_address(client, article):
    response = client.post(f"{article.get_absolute_url()}comments/", {"body": ""})

    assert response.status_code == 422
    assert Head(response).canonical == f"{SITE}{article.get_absolute_url()}"
