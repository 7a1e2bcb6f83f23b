"""Typing that was not saved: what the browser keeps of it is compared, dated and never lost."""

from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from articles import publishing
from articles.admin.unsaved import SAVED_COOKIE
from articles.models import Article
from tests.articles.desk import address, told

KEPT = "/admin/articles/article/kept/"


def change(article: Article) -> str:
    return address(Article, "change", article.pk)


def kept(desk, *pieces: str) -> list[tuple[str, bool]]:
    """When each piece was typed, and whether the desk says that it cannot go into its story."""
    answer = desk.get(f"{KEPT}?{urlencode({'kept': pieces}, doseq=True)}")
    assert answer.status_code == 200
    return [(each["at"], bool(each["why"])) for each in answer.json()["kept"]]


TYPING = "0123456789abcdef0123456789abcdef0123"


@pytest.mark.parametrize(
    "button", [{}, {"_continue": "1"}, {"_publish": "1"}, {"_addanother": "1"}]
)
def test_what_was_saved_is_named_for_the_browser_by_every_button(desk, draft, story, button):
    added = desk.post(address(Article, "add"), story(typing=TYPING, **button))
    changed = desk.post(change(draft("آخر")), story(typing=TYPING, slug="s", **button))

    for response in (added, changed):
        assert (response.status_code, response.cookies[SAVED_COOKIE].value) == (302, TYPING)


def test_what_was_refused_is_not_named_as_saved(desk, draft, story):
    refused = desk.post(change(draft()), story(title="", typing=TYPING))
    stale = desk.post(change(draft("ثان")), story(base_revision="1", typing=TYPING))
    gone = desk.post(address(Article, "change", 0), story(typing=TYPING))

    assert [SAVED_COOKIE in each.cookies for each in (refused, stale, gone)] == [False] * 3


@pytest.mark.parametrize("forged", ["", "x", "a" * 300, "a;b=c", "\x00"])
def test_a_name_that_is_none_is_set_nowhere(desk, story, forged):
    response = desk.post(address(Article, "add"), story(typing=forged))

    assert SAVED_COOKIE not in response.cookies


def test_typing_is_compared_with_what_is_saved_and_saves_nothing(desk, draft, story):
    article = draft("أول")

    page = desk.post(address(Article, "unsaved", article.pk), story(title="ثان"))
    new = desk.post(address(Article, "add_unsaved"), story(title="جديد"))

    assert told(page)["title"] == [("removed", "أول"), ("added", "ثان")]
    assert told(new)["title"] == [("added", "جديد")]
    assert list(Article.objects.values_list("title", flat=True)) == ["أول"]


@pytest.mark.parametrize(
    "data",
    [{}, {"title": "\x00", "body": "<p", "tags": "،،", "related_posts-TOTAL_FORMS": "x"}],
)
def test_any_typing_is_compared(desk, draft, data):
    assert desk.post(address(Article, "unsaved", draft().pk), data).status_code == 200
    assert desk.post(address(Article, "add_unsaved"), data).status_code == 200


# What the browser asks of typing that it keeps


def test_it_is_dated_as_the_desk_writes_moments(desk):
    at = timezone.make_aware(datetime(2024, 11, 5, 23, 59))

    assert kept(desk, f"new.{int(at.timestamp() * 1000)}") == [
        ("5 تشرين الثاني 2024، 23:59", False)
    ]


@pytest.mark.parametrize("piece", ["", "new", "new.", ".", "new.x", "new.-1", f"new.{'9' * 18}"])
def test_a_moment_that_is_none_is_not_dated(desk, piece):
    assert kept(desk, piece) == [("", False)]


def test_it_is_told_which_stories_take_it_no_more(as_user, writer, draft, published):
    own, sent_in = draft("مسودته", owner=writer), draft("مقدمة", owner=writer)
    publishing.submit(sent_in)
    others = [draft("مسودة غيره"), published("منشور لغيره")]
    asked = [f"{each.pk}.0" for each in (own, sent_in, *others)]

    answers = kept(as_user(writer), *asked, "new.0", f"{10**17}.0", "x.0")

    assert [why for _at, why in answers] == [False, True, True, True, False, True, False]


def test_a_story_that_is_gone_takes_an_editors_typing_no_more(desk, draft):
    there, gone = draft(), draft()
    key = gone.pk
    gone.delete()

    answers = kept(desk, f"{there.pk}.0", f"{key}.0")

    assert [why for _at, why in answers] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_pieces_takes_the_same_queries(count, desk, draft, django_assert_num_queries):
    asked = [f"{draft().pk}.0" for _piece in range(count)]
    desk.get(KEPT)

    with django_assert_num_queries(5):
        assert len(kept(desk, *asked)) == count


def test_a_moderator_asks_nothing_of_stories(moderator, as_user):
    assert as_user(moderator).get(KEPT).status_code == 403


# Saving what can be saved no more


def test_a_writer_whose_story_was_sent_on_is_shown_what_they_typed(as_user, writer, draft, story):
    own = draft("قبل", owner=writer)
    publishing.submit(own)

    page = as_user(writer).post(change(own), story(title="بعد", body="<p>ما كُتب.</p>"))

    assert page.status_code == 403
    assert page.context["article"] == own
    assert told(page)["title"] == [("removed", "قبل"), ("added", "بعد")]
    assert "كُتب" in page.content.decode()
    assert SAVED_COOKIE not in page.cookies
    own.refresh_from_db()
    assert own.title == "قبل"


def test_whoever_saves_a_story_that_was_deleted_is_shown_what_they_typed(desk, draft, story):
    gone = draft("قبل")
    page = change(gone)
    gone.delete()

    answer = desk.post(page, story(title="بعد"))

    assert (answer.status_code, answer.context["article"]) == (404, None)
    assert ("added", "بعد") in told(answer)["title"]
    assert not Article.objects.exists()


def test_a_story_of_another_tells_a_forger_nothing(as_user, writer, draft, published, story):
    desk = as_user(writer)

    public = desk.post(change(published("منشور لغيره")), story(title="حرّفه"))
    secret = desk.post(change(draft("سر غيره")), story(title="حرّفه"))

    assert (public.status_code, secret.status_code) == (403, 404)
    assert "article" not in (public.context or {})
    assert "سر غيره" not in secret.content.decode()


def test_an_address_that_leads_to_no_story_leads_to_the_desk_when_it_is_opened(desk):
    assert desk.get(address(Article, "change", 0)).status_code == 302
