"""Sitemaps as a crawler takes them."""

from pathlib import Path
from urllib.parse import unquote

from django.http import HttpResponse
from django.test import Client
from lxml import etree

SITE = "https://paper.example"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "sitemap.xsd"))
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def valid(response: HttpResponse) -> etree._Element:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    document = etree.fromstring(response.content)
    SCHEMA.assertValid(document)
    return document


def listed(client: Client, address: str) -> dict[str, str]:
    """The paths of a sitemap or an index, readable, with their dates."""
    document = valid(client.get(address))
    return {
        unquote(each.findtext("s:loc", namespaces=NAMES)).removeprefix(SITE): each.findtext(
            "s:lastmod", namespaces=NAMES
        )
        for each in document
    }
