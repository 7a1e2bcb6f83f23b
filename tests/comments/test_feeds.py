"""The feed of an article's approved comments: RSS 2.0, whole in any reader."""

import re
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.models import Article
from comments import moderation
from comments.feeds import NEWEST
from comments.models import Comment, CommentStatus, Decision
from tests.comments.pages import elements, parse
from tests.conftest import ADDRESS, many_approved
from tests.feeds import parsed

CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
SITE = "https://paper.example"


def address(article: Article) -> str:
    return f"/articles/{article.slug}/feed/"


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_URL = SITE


def items(response: HttpResponse) -> list[Element]:
    return fromstring(response.content).findall("channel/item")


def parts(item: Element) -> dict[str, str]:
    return {part.tag: part.text or "" for part in item}


def test_the_feed_holds_the_approved_comments_newest_first(client, article, published, pending):
    made = many_approved(article, 3)
    many_approved(published("غيره"), 1)
    for status in (CommentStatus.SPAM, CommentStatus.TRASH, CommentStatus.REJECTED):
        moderation.decide(pending(body="لا يُقرأ").pk, status, rule="test")
    pending(body="لا يُقرأ")

    response = client.get(address(article))

    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert [parts(each)["description"] for each in items(response)] == [
        f'<p dir="auto">{comment.body}</p>' for comment in reversed(made)
    ]
    assert "لا يُقرأ" not in response.content.decode()


def test_an_item_names_its_writer_its_time_and_its_lasting_address(client, article, approved):
    comment = approved(name="ليلى", body="سطر أول\nسطر ثانٍ\n\nفقرة", website="https://example.org")

    (item,) = items(client.get(address(article)))

    link = f"{SITE}/comments/{comment.pk}/#comment-{comment.pk}"
    found = parts(item)
    assert (found["link"], found["guid"], found[CREATOR]) == (link, link, "ليلى")
    assert item.find("guid").get("isPermaLink") in {None, "true"}
    assert "ليلى" in found["title"]
    assert parsedate_to_datetime(found["pubDate"]) == comment.submitted_at.replace(microsecond=0)
    assert found["description"] == (
        '<p dir="auto">سطر أول<br>\nسطر ثانٍ</p>\n<p dir="auto">فقرة</p>'
    )
    assert client.get(found["link"].removeprefix(SITE)).status_code == 302


def test_the_channel_names_the_article_in_the_language_of_the_paper(client, article, approved):
    approved()

    channel = fromstring(client.get(address(article)).content).find("channel")

    assert article.title in channel.findtext("title")
    assert channel.findtext("language") == "ar"
    assert channel.findtext("link") == f"{SITE}{article.get_absolute_url()}#comments"


def test_an_item_keeps_its_address_when_the_discussion_changes(client, article, approved):
    first, second = approved(), approved()
    before = parts(items(client.get(address(article)))[0])["guid"]

    moderation.decide(first.pk, CommentStatus.TRASH, rule="test")

    assert [parts(each)["guid"] for each in items(client.get(address(article)))] == [before]
    assert f"/{second.pk}/" in before


@pytest.mark.parametrize("count", [3, 300])
def test_the_feed_takes_four_queries_and_holds_the_newest_fifty(
    client, article, django_assert_num_queries, count
):
    made = many_approved(article, count)

    with django_assert_num_queries(4):
        response = client.get(address(article))

    ids = [int(parts(each)["guid"].rpartition("-")[2]) for each in items(response)]
    assert ids == [comment.pk for comment in reversed(made)][:NEWEST]


def test_the_feed_of_a_silent_article_is_a_feed(client, article):
    response = client.get(address(article))

    assert (response.status_code, items(response)) == (200, [])
    assert "Thu, 01 Jan 1970" in response.content.decode()


def test_a_feed_is_found_at_its_new_address(client, article):
    former = address(article)
    article.slug = "عنوان-جديد"
    article.save()

    response = client.get(former)

    assert (response.status_code, response["Location"]) == (
        301,
        f"{article.get_absolute_url()}feed/",
    )
    assert client.get(response["Location"]).status_code == 200


def test_a_feed_is_gone_with_its_story_and_not_there_before_it(client, article, draft):
    on_a_draft, on_nothing = client.get(address(draft("مسودة"))), client.get("/articles/no/feed/")
    publishing.retract(article)

    assert client.get(address(article)).status_code == 410
    assert (on_a_draft.status_code, on_nothing.status_code) == (404, 404)
    assert on_a_draft.content == on_nothing.content
    assert client.post(address(article)).status_code == 405


HOSTILE = [
    "<script>alert(1)</script>",
    "]]><item>&amp;</item>",
    "&lt;b&gt; & < > \" '",
    "<!ENTITY x SYSTEM 'file:///etc/hostname'>&x;",
    "a\x01\x08\x0b\x0c\x1f\x7f\x85\ufffe\uffffb",
    "\u202eabc\u2066def",
    "👩‍👩‍👧 𝒩",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_any_name_and_any_text_make_a_valid_document_of_our_own_elements(
    client, published, approved, hostile
):
    article = published(f"عنوان {hostile}", body="<p>نص</p>")
    approved(on=article, name=hostile, body=hostile)

    (item,) = items(client.get(address(article)))

    tags = {"title", "link", "description", "pubDate", "guid", CREATOR}
    assert {part.tag for part in item} == tags
    description = parse(HttpResponse(parts(item)["description"]))
    assert {each.name for each in [description, *elements(description)]} <= {"p", "br", "root"}
    assert not set(parts(item)[CREATOR] + parts(item)["title"]) & {*"\u202e\u2066\x85\n"}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_wild_text_makes_a_valid_document(client, article, approved, written):
    comment = Comment.objects.public().first() or approved()
    comment.revision += 1
    Decision.objects.create(
        comment=comment, action="edit", old="approved", new="approved", rule="test"
    )
    comment.name, comment.body = f"ن{written}"[:80], f"ن{written}"
    comment.save()

    (item,) = items(client.get(address(article)))

    assert re.match('<p dir="auto"(?: lang="")?>ن', parts(item)["description"])


def test_no_address_and_no_digest_is_in_a_feed(client, article, approved):
    comment = approved(website="https://example.org/layla")

    shown = client.get(address(article)).content.decode()

    digest = bytes(comment.commenter.digest).hex()
    assert [each for each in (ADDRESS, digest, "mailto:", "<author>") if each in shown] == []


def test_a_feed_reader_finds_nothing_to_complain_of(client, article, approved):
    approved(name="ليلى \u202e", body="سطر & <b>\n\nفقرة")

    feed = parsed(client.get(address(article)))

    assert [entry.author for entry in feed.entries] == ["ليلى"]


def test_a_feed_that_has_not_changed_is_not_sent_again(client, article, approved):
    kept, taken = approved(), approved()
    first = client.get(address(article))
    known = {"If-None-Match": first["ETag"]}
    assert client.get(address(article), headers=known).status_code == 304
    assert "Last-Modified" not in first

    moderation.decide(taken.pk, CommentStatus.TRASH, rule="test")

    again = client.get(address(article), headers=known)
    assert again.status_code == 200
    assert [f"/{kept.pk}/" in parts(each)["guid"] for each in items(again)] == [True]


def test_a_feed_is_the_same_under_every_name_of_the_site(client, article, approved, settings):
    settings.ALLOWED_HOSTS = ["paper.example", "second.example"]
    approved()

    first, second = (
        client.get(address(article), headers={"host": host}) for host in settings.ALLOWED_HOSTS
    )

    assert first.content == second.content
    assert f"{SITE}{article.get_absolute_url()}feed/" in second.content.decode()
