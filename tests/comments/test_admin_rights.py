"""What the queue costs, what it keeps to itself, and who may not come near it."""

from base64 import b64encode, urlsafe_b64encode

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comments import moderation, reports
from comments.models import Comment, CommentStatus, ReportReason
from comments.queue import PAGE_SIZE
from tests.comments.desk import LIST, SCRIPT, detail, entries, listed, seen, verbs
from tests.comments.pages import attribute, element, elements, parse
from tests.conftest import ADDRESS, comment_data, many_approved

pytestmark = pytest.mark.django_db


# News


def test_new_arrivals_are_told_for_the_selection_that_is_seen(desk, in_status, published):
    seen_last = in_status("pending")
    newest = attribute(element(parse(desk.get(LIST)), "div", id="queue"), "data-newest")
    assert newest == str(seen_last.pk)
    in_status("pending")
    in_status("spam")
    other = published("خبز الفرن القديم")

    def newer(query: str) -> int:
        return desk.get(f"{LIST}news/?{query}&newest={newest}").json()["newer"]

    assert [newer("tab=pending"), newer("tab=spam"), newer("tab=all")] == [1, 1, 2]
    assert newer(f"tab=all&article={other.pk}") == 0
    assert desk.get(f"{LIST}news/?newest={newest}").json()["counts"]["pending"] == "2"


@pytest.mark.parametrize("query", ["", "newest=", "newest=x", "newest=-1", "newest=1&tab=x"])
def test_news_of_nothing_readable_are_refused(desk, query):
    assert desk.get(f"{LIST}news/?{query}").status_code == 400


def test_news_take_two_queries_beside_those_of_the_session(
    desk, in_status, django_assert_num_queries
):
    in_status("pending")

    # Session, account, its rights and its groups' rights; then the tally and what is newer.
    with django_assert_num_queries(4 + 2):
        desk.get(f"{LIST}news/?newest=0")


# Cost and privacy


@pytest.mark.parametrize("count", [1, PAGE_SIZE])
@pytest.mark.parametrize(("query", "queries"), [("tab=approved", 11), ("tab=approved&q=تعليق", 12)])
def test_a_page_takes_the_same_queries_for_one_comment_and_for_a_full_page(
    desk, article, django_assert_num_queries, count, query, queries
):
    made = many_approved(article, count)
    for comment in made:
        reports.report(comment, ReportReason.HATE, note="لا", network=None)

    with django_assert_num_queries(queries):
        response = desk.get(f"{LIST}?{query}")

    assert len(entries(parse(response))) == count


@pytest.mark.parametrize("count", [1, 4])
def test_a_comments_page_takes_the_same_queries_however_much_was_decided(
    desk, in_status, moderator, django_assert_num_queries, count
):
    comment = in_status("approved")
    for status in ("spam", "pending", "approved")[: count - 1]:
        moderation.decide(comment.pk, CommentStatus(status), by=moderator)

    with django_assert_num_queries(8):
        page = desk.get(detail(comment))

    assert len(elements(element(parse(page), "ol", class_="decisions"), "li")) == count


def test_no_page_of_the_desk_shows_an_address_or_anything_made_from_one(desk, in_status):
    parent = in_status("approved")
    comment = in_status("pending", parent=parent.pk)
    made_from_it = [
        bytes(column)
        for column in (
            *(comment.commenter.digest, comment.commenter.sealed_address),
            *(comment.receipt_digest, parent.receipt_digest),
        )
    ]
    hidden = [ADDRESS, ADDRESS.split("@")[0], *(str(each) for each in made_from_it)]
    hidden += [spell(each) for each in made_from_it for spell in (bytes.hex, repr)]
    hidden += [
        encode(each).decode() for each in made_from_it for encode in (b64encode, urlsafe_b64encode)
    ]

    answers = [
        *(desk.get(address) for address in ("/admin/", "/admin/comments/", f"{LIST}?tab=all")),
        *(desk.get(f"{LIST}?q=ليلى"), desk.get(detail(comment)), desk.get(detail(parent))),
        *(desk.get(f"{LIST}{comment.pk}/history/"), desk.get(f"{LIST}news/?newest=0")),
        desk.post(LIST, seen(comment, "approve"), **SCRIPT),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert [each for each in hidden if each in answer.content.decode()] == []
    assert comment.name in answers[5].content.decode()


# Who may not


@pytest.mark.parametrize("role", ["editor", "writer"])
def test_editors_and_writers_neither_see_nor_decide(request, as_user, in_status, role):
    comment = in_status("pending")
    browser = as_user(request.getfixturevalue(role))

    for address in (LIST, detail(comment), f"{LIST}news/?newest=0"):
        assert browser.get(address).status_code == 403
    for address in (LIST, detail(comment)):
        assert browser.post(address, seen(comment, "approve")).status_code == 403
    comment.refresh_from_db()
    assert (comment.status, comment.decisions.count()) == ("pending", 0)


def test_whoever_may_only_read_comments_sees_no_form_and_cannot_decide(as_user, in_status):
    comment = in_status("pending")
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_comment"))
    browser = as_user(reader)

    assert listed(browser) == [comment.pk]
    for address in (LIST, detail(comment)):
        assert verbs(element(parse(browser.get(address)), "div", id="queue")) == []
        for do in ("approve", "edit", "ban", "bulk", "undo"):
            assert browser.post(address, seen(comment, do)).status_code == 403
    assert comment.decisions.count() == 0


def test_a_stranger_is_led_to_the_door(client, in_status):
    comment = in_status("pending")

    for response in (client.get(LIST), client.post(LIST, seen(comment, "approve"))):
        assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={LIST}")
    assert client.get(f"{LIST}news/?newest=0").status_code == 302
    assert comment.decisions.count() == 0


def test_a_decision_from_another_site_is_refused(moderator, in_status):
    comment = in_status("pending")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)

    assert strict.post(LIST, seen(comment, "approve")).status_code == 403
    assert strict.post(LIST, seen(comment, "approve"), **SCRIPT).status_code == 403
    assert comment.decisions.count() == 0


def test_a_comment_can_be_neither_written_nor_deleted_at_the_desk(desk, in_status):
    comment = in_status("pending")

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}add/", comment_data()).status_code == 403
    assert desk.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    deletion = {"action": "delete_selected", "_selected_action": [comment.pk], "post": "yes"}
    assert desk.post(LIST, deletion).status_code == 400
    assert [*Comment.objects.values_list("pk", "status")] == [(comment.pk, "pending")]


def test_a_moderator_opens_no_page_of_the_editors(desk, article, image):
    closed = [
        f"/admin/{page}"
        for page in (
            *("articles/article/", "articles/article/add/"),
            *(f"articles/article/{article.pk}/{page}/" for page in ("change", "delete", "history")),
            *("articles/category/", "articles/byline/", "articles/tag/", "articles/archiveimage/"),
            *(f"articles/archiveimage/{image.pk}/change/", "auth/user/", "auth/group/"),
        )
    ]

    assert {page: desk.get(page).status_code for page in closed} == dict.fromkeys(closed, 403)


def test_a_moderator_reads_no_title_of_a_draft_from_the_filter(as_user, moderator, draft):
    secret = draft("تحقيق لم يُنشر بعد")

    answer = as_user(moderator).get(LIST, {"article": secret.pk})

    assert answer.status_code == 200
    assert "تحقيق لم يُنشر بعد" not in answer.content.decode()
