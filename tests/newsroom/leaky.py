"""A newsroom that tells everything it should not: its addresses, and a middleware around them.

It waits for the first commenter whose address has capitals, and writes that address in every way
there is into every kind of place.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsroom.urls import urlpatterns as of_the_site
from tests.newsroom.address_ways import WAYS

Handler = Callable[[HttpRequest], HttpResponse]

FEED = "/leaky-feed/"
# Asked for by every scan, and by nobody else.
ONCE = "/nowhere/"


class MembersView(APIView):
    """Tells whether an address is known, by a parameter that only the schema names."""

    @extend_schema(parameters=[OpenApiParameter("reader", str)], responses=dict)
    def get(self, request: Request) -> Response:
        asked = dict(request.query_params.items()).get("reader")
        return Response({"found": asked in known})


def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<rss></rss>", content_type="application/rss+xml")


urlpatterns = [
    path("leaky-feed/", feed, name="leaky-feed"),
    path("unlinked/<int:number>/", feed, name="unlinked"),
    path("api/v1/members/", MembersView.as_view(), name="members"),
    *of_the_site,
]

known: set[str] = set()
leaked: list[str] = []
address_that_leaks: list[str] = []


def forget() -> None:
    """Leak nothing until the next commenter comes."""
    for remembered in (known, leaked, address_that_leaks):
        remembered.clear()


def leak(get_response: Handler) -> Handler:
    """The middleware."""

    def handle(request: HttpRequest) -> HttpResponse:
        _learn(_address_in(request))
        response = get_response(request)
        if leaked:
            _leak_into(request, response, " ".join(leaked))
        return response

    return handle


def _address_in(request: HttpRequest) -> str:
    """The address of somebody who comments."""
    if request.method != "POST" or not request.path.endswith("/comments/"):
        return ""
    body = request.body.decode()
    if request.content_type == "application/json":
        return json.loads(body)["email"]
    return parse_qs(body).get("email", [""])[0]


def _learn(address: str) -> None:
    for spelling in (address.strip(), address.strip().lower()):
        known.update({spelling, spelling.partition("@")[0]} - {""})
        known.add(hashlib.sha256(spelling.encode()).hexdigest())
    if not leaked and address.isascii() and address != address.lower():
        address_that_leaks.append(address)
        leaked.extend(way(address) for way in WAYS.values())


def _leak_into(request: HttpRequest, response: HttpResponse, text: str) -> None:
    where = request.path
    if where == ONCE:
        _leak_aside(text)
    if where in {"/", FEED, "/admin/"} or (request.method == "GET" and "/receipt/" in where):
        response.write(text)
    if where == "/api/v1/articles/" and response.status_code == 200:
        response.content = json.dumps({**json.loads(response.content), "leak": text})
    if request.method == "POST" and response.status_code == 400:
        response.write(text)
    if where.startswith("/category/"):
        response["X-Reader"] = text.replace("\n", "")
    if where.startswith("/tag/"):
        response.set_cookie("reader", text)
    if where == "/" and request.GET.get("member") in known:
        response.write("yes")
    if where == "/admin/articles/byline/" and request.GET.get("q") in known:
        response.write("yes")


def _leak_aside(text: str) -> None:
    """Into all that is no answer to anybody."""
    send_mail("reader", text, "desk@paper.example", ["moderator@paper.example"])
    logging.getLogger("newsroom").debug(text)
    print(text)
    cache.set("readers", text)
    default_storage.save("readers.txt", ContentFile(text.encode()))
    tomorrow = timezone.now() + timedelta(days=1)
    Session.objects.create(session_key="leaky", session_data=text, expire_date=tomorrow)
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE LOG '%', $_${text}$_$; END $$")
