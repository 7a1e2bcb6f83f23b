"""Feeds as a feed reader takes them."""

from typing import Any

import feedparser
from django.http import HttpResponse


def parsed(response: HttpResponse) -> Any:
    """What feedparser reads, which finds nothing to complain of."""
    assert response.status_code == 200
    headers = {"content-type": response["Content-Type"]}
    feed = feedparser.parse(response.content, response_headers=headers)
    assert not feed.bozo, feed.bozo_exception
    return feed
