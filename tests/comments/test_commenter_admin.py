"""Commenters at the desk: a pseudonym, counts and a standing for moderators; no address."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comments import commenters, editing, moderation
from comments.admin import record
from comments.admin.commenters import CommenterAdmin
from comments.models import Comment, Commenter, CommenterDecision, CommentStatus, Standing
from tests.comments.desk import undo_form
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import ADDRESS, many_approved

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/commenter/"
LONG_AGO = datetime(2021, 1, 31, 12, tzinfo=UTC)


def page_of(commenter: Commenter | int) -> str:
    return f"{LIST}{commenter if isinstance(commenter, int) else commenter.pk}/change/"


@pytest.fixture
def desk(moderator: User, as_user) -> Client:
    """The moderator's browser."""
    return as_user(moderator)


@pytest.fixture
def person(as_user) -> Callable[..., Client]:
    """The browser of somebody at the desk with just these rights."""

    def make(*rights: str) -> Client:
        user = User.objects.create_user("person", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return as_user(user)

    return make


def rows(desk: Client, query: str = "") -> list[list[str]]:
    table = element(parse(desk.get(LIST + query)), "table", id="result_list")
    body = element(table, "tbody")
    return [[text(each) for each in row.children] for row in elements(body, "tr")]


def buttons(page) -> list[str | None]:
    return [attribute(each, "value") for each in elements(page, "button", name="standing")]


def told(desk: Client, address: str, data: dict) -> list[tuple[str, str]]:
    response = desk.post(address, data, follow=True)
    assert response.redirect_chain == [(address, 302)]
    return [(each.level_tag, str(each)) for each in response.context["messages"]]


# The list


def test_the_list_shows_pseudonym_standing_and_month_newest_first(desk, pending):
    first, second = (pending(email=f"{name}@example.org").commenter for name in ("a", "b"))
    Commenter.objects.filter(pk=first.pk).update(first_seen=datetime(2024, 3, 9, 12, tzinfo=UTC))
    Commenter.objects.filter(pk=second.pk).update(first_seen=datetime(2024, 1, 31, 12, tzinfo=UTC))
    commenters.set_standing(first.pk, Standing.BANNED)

    assert rows(desk) == [
        [str(second), Standing.ORDINARY.label, "كانون الثاني 2024"],
        [str(first), Standing.BANNED.label, "آذار 2024"],
    ]


def test_the_list_is_narrowed_by_standing_alone(desk, pending):
    first, _second = (pending(email=f"{name}@example.org").commenter for name in ("a", "b"))
    commenters.set_standing(first.pk, Standing.BANNED)

    assert [row[0] for row in rows(desk, "?status__exact=banned")] == [str(first)]
    assert elements(parse(desk.get(LIST)), "input", name="q") == []
    assert len(rows(desk, f"?q={ADDRESS}")) == 2


@pytest.mark.parametrize(
    "query",
    [
        "digest__startswith=a",
        "sealed_address__isnull=True",
        "first_seen__gt=2024-01-01",
        "comments__name=ليلى",
        "id__gt=1",
        "status__startswith=b",
    ],
)
def test_no_other_column_can_be_asked_through_the_lists_address(desk, pending, query):
    pending()

    response = desk.get(f"{LIST}?{query}")

    assert response.status_code in {302, 400}


@pytest.mark.parametrize("order", ["1", "-1", "3", "-3", "x"])
def test_the_order_of_the_list_tells_nothing(desk, pending, order):
    made = [pending(email=f"{name}@example.org").commenter for name in "abc"]

    assert [row[0] for row in rows(desk, f"?o={order}")] == [str(each) for each in made[::-1]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    desk, pending, django_assert_num_queries, count
):
    for number in range(count):
        pending(email=f"reader-{number}@example.org")

    with django_assert_num_queries(6):
        assert len(rows(desk)) == count


def test_a_long_list_is_not_counted_to_its_end(desk, pending, monkeypatch):
    monkeypatch.setattr(record, "MOST_LISTED", 2)
    monkeypatch.setattr(CommenterAdmin, "list_per_page", 1)

    def noted() -> tuple[int, int]:
        response = desk.get(LIST)
        pages = response.context["cl"].paginator.num_pages
        return pages, len(elements(element(parse(response), id="changelist"), "p", class_="help"))

    seen = []
    for number in range(4):
        pending(email=f"reader-{number}@example.org")
        seen.append(noted())
    assert seen == [(1, 0), (2, 0), (2, 1), (2, 1)]


# The page of a commenter


def test_the_page_counts_the_comments_by_status(desk, approved, pending):
    comment = approved()
    pending(body="رأي آخر")
    pending(email="other@example.org")

    page = parse(desk.get(page_of(comment.commenter)))

    counts = element(page, "dl", class_="counts")
    assert dict(
        zip(map(text, elements(counts, "dt")), map(text, elements(counts, "dd")), strict=True)
    ) == {str(status.label): "0" for status in CommentStatus} | {
        str(CommentStatus.APPROVED.label): "1",
        str(CommentStatus.PENDING.label): "1",
    }
    assert text(element(page, "h1")) == str(comment.commenter)


def test_the_page_leads_to_the_queue_of_this_commenter(desk, pending):
    comment = pending()
    pending(email="other@example.org")

    link = f"/admin/comments/comment/?tab=all&commenter={comment.commenter_id}"

    page = parse(desk.get(page_of(comment.commenter)))
    assert [attribute(each, "href") for each in elements(page, "a")].count(link) == 1
    listed = parse(desk.get(link))
    assert [attribute(each, "data-entry") for each in elements(listed, "article")] == [
        str(comment.pk)
    ]


def test_the_page_says_until_when_an_address_is_kept_and_when_it_is_destroyed(desk, pending):
    comment = pending()
    Comment.objects.update(submitted_at=datetime(2031, 1, 31, 12, tzinfo=UTC))

    def said() -> str:
        page = parse(desk.get(page_of(comment.commenter)))
        return text(element(page, "section", **{"aria-labelledby": "address"}))

    assert "2031" in said()
    Commenter.objects.update(first_seen=LONG_AGO)
    Comment.objects.update(submitted_at=LONG_AGO)
    overdue = said()
    Commenter.objects.update(sealed_address=None)
    assert len({overdue, said()}) == 2
    assert [day for day in ("2031", "2021") if day in overdue + said()] == []


def test_the_page_tells_the_decisions_on_the_comments_and_on_the_commenter(
    desk, approved, moderator
):
    comment = approved()
    editing.edit(comment.pk, "شكراً.", by=moderator, reason="اختصار")
    moderation.decide(comment.pk, CommentStatus.SPAM, by=moderator, reason="إعلان")
    commenters.set_standing(comment.commenter_id, Standing.BANNED, by=moderator, reason="معلن")

    page = parse(desk.get(page_of(comment.commenter)))
    on_commenter, on_comments = (
        [[text(cell) for cell in elements(row, "td")] for row in elements(table, "tr")[1:]]
        for table in elements(page, "table", class_="decisions")
    )

    assert [row[2:] for row in on_commenter] == [["moderator", "معلن"]]
    assert [(row[1], *row[3:]) for row in on_comments] == [
        (str(comment.pk), "moderator", "إعلان"),
        (str(comment.pk), "moderator", "اختصار"),
        (str(comment.pk), "test", ""),
    ]


def test_long_records_have_pages(desk, article):
    comments = many_approved(article, 51, thread=1)
    address = page_of(comments[0].commenter)

    def shown(query: str) -> list[int]:
        table = elements(parse(desk.get(address + query)), "table", class_="decisions")
        return [int(text(elements(row, "td")[1])) for row in elements(table[0], "tr")[1:]]

    newest_first = [comment.pk for comment in comments[::-1]]
    assert shown("") == shown("?page=1") == shown("?page=x") == newest_first[:50]
    assert shown("?page=2") == newest_first[50:]
    pages = element(parse(desk.get(address)), "nav", class_="pages")
    assert [attribute(each, "href") for each in elements(pages, "a")] == ["?page=2#decisions"]
    assert desk.get(f"{address}?page=999999999999").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_comment_and_for_three(
    desk, article, django_assert_num_queries, count
):
    comments = many_approved(article, count)

    with django_assert_num_queries(11):
        desk.get(page_of(comments[0].commenter))


@pytest.mark.parametrize("key", ["0", "999999999999999999999", "x", "1%2F", "²"])
def test_a_commenter_who_is_not_there_is_not_found(desk, key):
    assert desk.get(f"{LIST}{key}/change/").status_code == 404


# Standings


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("ordinary", ["banned", "trusted"]),
        ("trusted", ["banned", "ordinary"]),
        ("banned", ["trusted", "ordinary"]),
    ],
)
def test_the_other_two_standings_are_offered_and_given(desk, moderator, pending, before, offered):
    commenter = pending().commenter
    commenters.set_standing(commenter.pk, Standing(before))
    address = page_of(commenter)

    assert buttons(parse(desk.get(address))) == offered
    for new in offered:
        seen = Commenter.objects.get().status
        data = {"standing": new, "seen": seen, "reason": "لسبب وجيه"}
        assert [level for level, _text in told(desk, address, data)] == ["success"]
        decision = CommenterDecision.objects.latest("id")
        assert (decision.old, decision.new, decision.by, decision.reason) == (
            *(seen, new, moderator, "لسبب وجيه"),
        )


def test_a_ban_rejects_what_waits_where_that_is_asked(desk, pending, approved):
    waiting, public = pending(), approved(body="رأي سابق")
    elsewhere = pending(email="other@example.org")
    data = {"standing": "banned", "seen": "ordinary", "also_reject": "1"}

    assert len(told(desk, page_of(waiting.commenter), data)) == 2
    assert dict(Comment.objects.values_list("pk", "status")) == {
        waiting.pk: "rejected",
        public.pk: "approved",
        elsewhere.pk: "pending",
    }


def test_a_ban_alone_leaves_what_waits(desk, pending):
    comment = pending()

    desk.post(page_of(comment.commenter), {"standing": "banned", "seen": "ordinary"})

    assert [*Comment.objects.values_list("status", flat=True)] == ["pending"]
    assert Commenter.objects.get().status == "banned"


def test_the_second_of_two_moderators_is_told_of_the_first(desk, editor, pending):
    commenter = pending().commenter
    commenters.set_standing(commenter.pk, Standing.TRUSTED, by=editor)

    said = told(desk, page_of(commenter), {"standing": "banned", "seen": "ordinary"})

    assert [level for level, _text in said] == ["warning"]
    assert "editor" in said[0][1]
    assert Commenter.objects.get().status == "trusted"


@pytest.mark.parametrize("standing", ["", "saint", "Banned"])
def test_a_forged_button_gives_no_standing(desk, pending, standing):
    commenter = pending().commenter

    assert desk.post(page_of(commenter), {"standing": standing}).status_code == 403
    assert CommenterDecision.objects.count() == 0


@pytest.mark.parametrize("reason", ["س" * 501, "\0", "عنوانه reader@example.org"])
def test_a_reason_that_no_record_can_hold_is_refused(desk, pending, reason):
    commenter = pending().commenter

    answer = desk.post(page_of(commenter), {"standing": "banned", "reason": reason})

    assert answer.status_code == 302
    assert not CommenterDecision.objects.exists()


# Who may


@pytest.mark.parametrize("role", ["editor", "writer"])
def test_other_roles_see_no_commenter(request, as_user, pending, role):
    commenter = pending().commenter
    browser = as_user(request.getfixturevalue(role))

    for address in (LIST, page_of(commenter)):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"standing": "banned"}).status_code == 403
    assert CommenterDecision.objects.count() == 0


def test_whoever_may_only_read_gives_no_standing(person, pending):
    commenter = pending().commenter
    reader = person("view_commenter")

    assert buttons(parse(reader.get(page_of(commenter)))) == []
    assert reader.post(page_of(commenter), {"standing": "banned"}).status_code == 403
    assert Commenter.objects.get().status == "ordinary"


def test_commenters_are_neither_made_nor_deleted_at_the_desk(desk, pending):
    commenter = pending().commenter

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{commenter.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [commenter.pk]})
    assert Commenter.objects.count() == 1


@pytest.mark.parametrize("address", ["", "{pk}/change/", "{pk}/disclose/", "look-up/"])
def test_a_stranger_is_led_to_the_door(client, pending, address):
    address = LIST + address.format(pk=pending().commenter_id)

    for response in (client.get(address), client.post(address, {"standing": "banned"})):
        assert (response.status_code, response["Location"]) == (
            *(302, f"/admin/login/?next={address}"),
        )


def test_a_standing_from_another_site_is_refused(moderator, pending):
    commenter = pending().commenter
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)

    assert strict.post(page_of(commenter), {"standing": "banned"}).status_code == 403
    assert Commenter.objects.get().status == "ordinary"


def test_a_ban_given_on_the_page_is_what_is_undone_next(desk, pending):
    comment = pending()
    form = {"standing": "banned", "seen": "ordinary", "also_reject": "1"}
    desk.post(page_of(comment.commenter), form)

    desk.post("/admin/comments/comment/", undo_form(desk))

    comment.refresh_from_db()
    assert (comment.status, comment.commenter.status) == ("pending", "ordinary")
