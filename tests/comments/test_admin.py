"""The moderators' desk: they decide on comments, and see nothing of who wrote them."""

from base64 import b64encode, urlsafe_b64encode

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comments import moderation
from comments.models import Comment, CommentStatus, Decision
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import ADDRESS, many_approved

LIST = "/admin/comments/comment/"
# What each verb makes of a comment that is in this status.
VERBS = {
    "approve": ("pending", "approved"),
    "reject": ("pending", "rejected"),
    "spam": ("approved", "spam"),
    "trash": ("approved", "trash"),
    "restore": ("spam", "pending"),
}


@pytest.fixture
def desk(moderator: User, as_user) -> Client:
    """The moderator's browser."""
    return as_user(moderator)


@pytest.fixture
def in_status(pending):
    """Makes a comment with this status."""

    def make(status: str, **fields) -> Comment:
        comment = pending(**fields)
        if status != "pending":
            moderation.decide(comment.pk, CommentStatus(status), rule="test")
        comment.refresh_from_db()
        return comment

    return make


def listed(desk: Client, query: str = "") -> list[Comment]:
    response = desk.get(LIST + query)
    assert response.status_code == 200
    return [*response.context["cl"].result_list]


def buttons(page) -> list[str | None]:
    return [attribute(each, "value") for each in elements(page, "button", class_="verdict")]


def test_a_moderator_sees_every_comment_newest_first(desk, in_status):
    made = [in_status(status) for status in CommentStatus.values]

    assert listed(desk) == made[::-1]
    page = parse(desk.get(LIST))
    assert [
        text(element(row, "td", class_="field-status_mark"))
        for row in elements(element(page, "table", id="result_list"), "tr")[1:]
    ] == [comment.get_status_display() for comment in made[::-1]]


def test_the_list_is_narrowed_by_status_and_searched_by_name_text_and_title(
    desk, in_status, published
):
    bread = published("خبز الفرن القديم")
    spam = in_status("spam", name="تاجر", body="اشتروا الآن")
    good = in_status("approved", name="سلمى", body="ما أطيب الخبز")
    other = in_status("pending", on=bread, name="كريم", body="أحسنتم")

    assert listed(desk, "?status__exact=spam") == [spam]
    assert listed(desk, "?status__exact=approved") == [good]
    assert listed(desk, "?q=تاجر") == [spam]
    assert listed(desk, "?q=أطيب") == [good]
    assert listed(desk, "?q=الفرن") == [other]
    assert listed(desk, f"?q={ADDRESS}") == []


def test_a_row_offers_what_may_follow(desk, in_status):
    comment = in_status("spam")

    expected = [f"{verb}:{comment.pk}" for verb in ("approve", "reject", "trash", "restore")]
    assert buttons(parse(desk.get(LIST))) == expected
    assert buttons(parse(desk.get(f"{LIST}{comment.pk}/change/"))) == expected


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("place", ["list", "page"])
def test_a_button_decides_on_its_comment_alone(desk, moderator, in_status, verb, place):
    old, new = VERBS[verb]
    comment, beside = in_status(old), in_status(old)
    address = LIST if place == "list" else f"{LIST}{comment.pk}/change/"

    response = desk.post(address, {"decide": f"{verb}:{comment.pk}"})

    assert (response.status_code, response["Location"]) == (302, address)
    assert [*Comment.objects.order_by("id").values_list("status", flat=True)] == [new, old]
    newest = Decision.objects.latest("id")
    assert (newest.comment, newest.old, newest.new, newest.by) == (comment, old, new, moderator)
    assert beside.decisions.filter(by=moderator).count() == 0


@pytest.mark.parametrize("verb", VERBS)
def test_the_menu_decides_on_all_that_were_chosen(desk, moderator, in_status, verb):
    old, new = VERBS[verb]
    chosen, beside = [in_status(old), in_status(old)], in_status(old)

    response = desk.post(
        LIST, {"action": f"{verb}_selected", "_selected_action": [each.pk for each in chosen]}
    )

    assert response.status_code == 302
    assert [*Comment.objects.order_by("id").values_list("status", flat=True)] == [new, new, old]
    assert {*Decision.objects.filter(by=moderator).values_list("comment", "old", "new")} == {
        (comment.pk, old, new) for comment in chosen
    }
    assert beside.decisions.filter(by=moderator).count() == 0


def test_the_same_button_twice_leaves_one_decision(desk, in_status):
    comment = in_status("pending")

    for _twice in range(2):
        desk.post(LIST, {"decide": f"approve:{comment.pk}"})

    assert [*comment.decisions.values_list("old", "new")] == [("pending", "approved")]


def test_what_cannot_follow_is_told_and_the_others_are_decided(desk, in_status):
    withdrawn, waiting = in_status("withdrawn"), in_status("pending")

    response = desk.post(
        LIST,
        {"action": "approve_selected", "_selected_action": [withdrawn.pk, waiting.pk]},
        follow=True,
    )

    assert [*Comment.objects.order_by("id").values_list("status", flat=True)] == [
        *("withdrawn", "approved")
    ]
    assert [message.level_tag for message in response.context["messages"]] == [
        *("warning", "success")
    ]


@pytest.mark.parametrize(
    "decide", ["", "approve", "approve:", "approve:x", "publish:1", "withdraw:1", ":1", "approve:²"]
)
def test_a_forged_button_decides_nothing(desk, in_status, decide):
    comment = in_status("pending")

    assert desk.post(LIST, {"decide": decide}).status_code == 403
    assert comment.decisions.count() == 0


def test_a_comment_can_be_neither_written_nor_changed_nor_deleted_at_the_desk(desk, in_status):
    comment = in_status("pending")
    page = f"{LIST}{comment.pk}/"

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{page}change/", {"name": "غيره", "body": "غيره"}).status_code == 403
    assert desk.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [comment.pk], "post": "yes"})
    assert [*Comment.objects.values_list("name", "body", "status")] == [
        (comment.name, comment.body, "pending")
    ]


def test_the_page_of_a_comment_tells_its_history(desk, moderator, in_status):
    comment = in_status("approved")
    moderation.decide(comment.pk, CommentStatus.SPAM, by=moderator, reason="إعلان مكرر")

    rows = elements(
        element(parse(desk.get(f"{LIST}{comment.pk}/change/")), "table", class_="decisions"), "tr"
    )[1:]

    assert [text(elements(row, "td")[3]) for row in rows] == ["moderator", "test"]
    assert [text(elements(row, "td")[4]) for row in rows] == ["إعلان مكرر", ""]


def test_what_a_reader_wrote_is_text_at_the_desk_too(desk, in_status):
    hostile = "<script>alert(1)</script>"
    comment = in_status("pending", name=hostile, body=hostile)

    in_list = element(parse(desk.get(LIST)), class_="field-comment_with_verdicts")
    on_page = element(
        parse(desk.get(f"{LIST}{comment.pk}/change/")), "div", class_="field-comment_body"
    )

    assert text(element(in_list, "p", class_="comment-text")) == hostile
    assert text(element(in_list, "bdi")) == hostile
    assert hostile in text(on_page)
    assert elements(in_list, "script") == elements(on_page, "script") == []


# Who may not


@pytest.mark.parametrize("role", ["editor", "writer"])
def test_editors_and_writers_neither_see_nor_decide(request, as_user, in_status, role):
    comment = in_status("pending")
    browser = as_user(request.getfixturevalue(role))
    chosen = {"_selected_action": [comment.pk]}

    assert browser.get(LIST).status_code == 403
    assert browser.get(f"{LIST}{comment.pk}/change/").status_code == 403
    for address in (LIST, f"{LIST}{comment.pk}/change/"):
        for verb in VERBS:
            answers = [
                browser.post(address, {"decide": f"{verb}:{comment.pk}"}),
                browser.post(address, {"action": f"{verb}_selected", **chosen}),
            ]
            assert [answer.status_code for answer in answers] == [403, 403]
    assert Decision.objects.count() == 0


def test_whoever_may_only_read_comments_cannot_decide(as_user, in_status):
    comment = in_status("pending")
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_comment"))
    browser = as_user(reader)
    page = f"{LIST}{comment.pk}/change/"

    assert listed(browser) == [comment]
    assert buttons(parse(browser.get(page))) == []
    assert browser.post(LIST, {"decide": f"approve:{comment.pk}"}).status_code == 403
    assert browser.post(page, {"decide": f"approve:{comment.pk}"}).status_code == 403
    browser.post(LIST, {"action": "approve_selected", "_selected_action": [comment.pk]})
    assert Decision.objects.count() == 0


def test_a_stranger_is_led_to_the_door(client, in_status):
    comment = in_status("pending")

    for response in (client.get(LIST), client.post(LIST, {"decide": f"approve:{comment.pk}"})):
        assert (response.status_code, response["Location"]) == (
            *(302, f"/admin/login/?next={LIST}"),
        )
    assert Decision.objects.count() == 0


def test_a_decision_from_another_site_is_refused(moderator, in_status):
    comment = in_status("pending")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)

    assert strict.post(LIST, {"decide": f"approve:{comment.pk}"}).status_code == 403
    assert Decision.objects.count() == 0


def test_a_moderator_opens_nothing_but_comments(desk, article, image):
    closed = [
        f"/admin/{page}"
        for page in (
            "articles/article/",
            "articles/article/add/",
            f"articles/article/{article.pk}/change/",
            f"articles/article/{article.pk}/delete/",
            f"articles/article/{article.pk}/history/",
            "articles/category/",
            "articles/byline/",
            "articles/tag/",
            "articles/archiveimage/",
            f"articles/archiveimage/{image.pk}/change/",
            "auth/user/",
            "auth/group/",
        )
    ]

    assert {page: desk.get(page).status_code for page in closed} == dict.fromkeys(closed, 403)
    (app,) = desk.get("/admin/").context["app_list"]
    assert [model["object_name"] for model in app["models"]] == ["Comment"]
    assert desk.get("/admin/comments/commenter/").status_code == 404


# Cost and privacy


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_comment_and_for_three(
    desk, article, django_assert_num_queries, count
):
    many_approved(article, count)

    with django_assert_num_queries(8):
        desk.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_a_comments_page_takes_the_same_queries_for_one_decision_and_for_three(
    desk, in_status, moderator, django_assert_num_queries, count
):
    comment = in_status("approved")
    for status in ("spam", "pending")[: count - 1]:
        moderation.decide(comment.pk, CommentStatus(status), by=moderator)

    with django_assert_num_queries(7):
        page = desk.get(f"{LIST}{comment.pk}/change/")

    rows = elements(element(parse(page), "table", class_="decisions"), "tr")
    assert len(rows) == 1 + count


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
    change = f"{LIST}{comment.pk}/"

    for address in (
        *("/admin/", "/admin/comments/", LIST, f"{LIST}?q=ليلى", f"{LIST}?status__exact=pending"),
        *(f"{change}change/", f"{change}history/", f"{LIST}{parent.pk}/change/"),
    ):
        response = desk.get(address)
        assert response.status_code == 200
        assert [each for each in hidden if each in response.content.decode()] == []
    assert comment.name in desk.get(f"{change}change/").content.decode()
