"""Many comments at once, two moderators at once, and forms that are not ours."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from comments import commenters, moderation
from comments.admin import queue_actions
from comments.models import Comment, CommenterDecision, CommentStatus, Decision
from tests.comments.desk import (
    LIST,
    SCRIPT,
    bulk,
    detail,
    seen,
    statuses,
    told,
    undo_form,
    verbs,
)
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import many_approved, staff

pytestmark = pytest.mark.django_db


# Many at once


def test_the_ticked_are_decided_on_and_no_other(desk, in_status):
    ticked, beside = [in_status("pending"), in_status("pending")], in_status("pending")

    page = desk.post(LIST, bulk(ticked, "approve"), follow=True)

    assert statuses() == ["approved", "approved", "pending"]
    assert len(told(page)) == 1
    assert beside.decisions.count() == 0
    assert Decision.objects.values("batch").distinct().count() == 1


def test_what_somebody_has_decided_on_meanwhile_is_left(desk, in_status):
    ticked = [in_status("pending"), in_status("pending")]
    form = bulk(ticked, "spam")
    moderation.decide(ticked[0].pk, CommentStatus.APPROVED, by=staff("editor"))

    page = desk.post(LIST, form, follow=True)

    assert statuses() == ["approved", "spam"]
    assert len(told(page)) == 1


def test_all_that_match_are_decided_on_after_a_step_that_says_how_many(desk, in_status, published):
    other = published("خبز الفرن القديم")
    matching = [in_status("pending", on=other) for _each in range(3)]
    in_status("pending")
    query = f"?article={other.pk}"
    form = bulk([], "reject", scope="all", reason="خارج الموضوع")

    step = desk.post(LIST + query, form)

    assert statuses() == ["pending"] * 4
    confirm = element(parse(step), "form", class_="confirm")
    assert "3" in text(element(confirm, "h1"))
    late = in_status("pending", on=other)
    fields = {
        attribute(each, "name"): attribute(each, "value") for each in elements(confirm, "input")
    }
    desk.post(attribute(confirm, "action") or "", fields)

    assert statuses() == ["rejected"] * 3 + ["pending", "pending"]
    assert late.decisions.count() == 0
    assert {decision.reason for decision in matching[0].decisions.all()} == {"خارج الموضوع"}


def test_a_filter_is_applied_as_it_is_when_it_is_done(desk, in_status):
    comments = [in_status("pending"), in_status("pending")]
    form = bulk([], "approve", scope="all", confirmed="1")
    moderation.decide(comments[0].pk, CommentStatus.SPAM, by=staff("editor"))

    desk.post(LIST, form)

    assert statuses() == ["spam", "approved"]


def test_what_has_entered_the_selection_since_the_list_was_shown_is_not_decided_on(desk, in_status):
    comments = [in_status("spam"), in_status("pending")]
    form = bulk([], "reject", scope="all", confirmed="1")
    moderation.decide(comments[0].pk, CommentStatus.PENDING, by=staff("editor"))

    desk.post(LIST, form)

    assert statuses() == ["pending", "rejected"]


def test_no_more_are_decided_on_at_once_than_is_said(desk, article, monkeypatch):
    made = many_approved(article, 5)
    monkeypatch.setattr(queue_actions, "MOST_AT_ONCE", 3)

    desk.post(f"{LIST}?tab=approved", bulk([], "spam", scope="all", confirmed="1"))

    assert statuses() == ["spam"] * 3 + ["approved"] * 2
    assert {*Comment.objects.filter(status="spam")} == {*made[:3]}


def test_thousands_are_decided_on_and_undone(desk, article):
    many_approved(article, 2500)

    desk.post(f"{LIST}?tab=approved", bulk([], "trash", scope="all", confirmed="1"))
    assert Comment.objects.filter(status="trash").count() == 2500

    desk.post(LIST, undo_form(desk))
    assert Comment.objects.filter(status="approved").count() == 2500


# Two at once


def test_the_second_moderator_is_told_who_decided_and_shown_the_comment_as_it_is(
    desk, in_status, as_user
):
    comment = in_status("pending")
    form = seen(comment, "approve")
    first = User.objects.create_superuser("sarah")
    as_user(first).post(LIST, seen(comment, "spam"))

    page = desk.post(LIST, form, follow=True)

    assert statuses() == ["spam"]
    assert page.request["PATH_INFO"] == detail(comment)
    assert "sarah" in told(page)[0]
    assert "approve" in verbs(element(parse(page), "article", class_="entry"))


def test_a_script_is_answered_with_the_entry_as_it_is(desk, in_status, as_user):
    comment = in_status("pending")
    form = seen(comment, "approve", shown=[comment.pk])
    as_user(User.objects.create_superuser("sarah")).post(LIST, seen(comment, "spam"))

    answer = desk.post(LIST, form, **SCRIPT)

    assert answer.status_code == 409
    assert "sarah" in answer.json()["message"]
    assert "status-spam" in answer.json()["entries"][str(comment.pk)]
    assert answer.json()["counts"]["spam"] == "1"


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("approve", {}),
        ("edit", {"body": "نصي أنا"}),
        ("redact", {"phrase": "نص"}),
        ("redact_and_publish", {}),
    ],
)
def test_nobody_decides_on_or_writes_over_a_text_they_have_not_seen(
    desk, found_in, as_user, do, fields
):
    comment = found_in(("danger", "body", 0, 2), held_by="danger", body="نص أول")
    form = seen(comment, do, **fields)
    sarah = as_user(User.objects.create_superuser("sarah"))
    sarah.post(LIST, seen(comment, "edit", body="نص سارة"))

    answer = desk.post(LIST, form, **SCRIPT)

    comment.refresh_from_db()
    assert (answer.status_code, comment.body, comment.status) == (409, "نص سارة", "pending")
    assert "sarah" in answer.json()["message"]


def test_a_standing_that_another_gave_meanwhile_is_not_overwritten(desk, in_status, as_user):
    comment = in_status("pending")
    form = seen(comment, "ban", standing="ordinary", also_reject="1")
    sarah = as_user(User.objects.create_superuser("sarah"))
    sarah.post(LIST, seen(comment, "trust", standing="ordinary"))

    answer = desk.post(LIST, form, **SCRIPT)

    comment.commenter.refresh_from_db()
    assert (answer.status_code, comment.commenter.status, statuses()) == (
        *(409, "trusted", ["pending"]),
    )
    assert "sarah" in answer.json()["message"]


# The script's answers


def test_a_script_is_answered_with_counts_undo_and_what_has_changed(desk, in_status):
    comment, beside = in_status("pending"), in_status("pending")

    answer = desk.post(
        LIST, seen(comment, "approve", shown=[comment.pk, beside.pk]), **SCRIPT
    ).json()

    assert {*answer} == {"message", "level", "undo", "counts", "entries"}
    assert (answer["level"], answer["counts"]["pending"]) == ("success", "1")
    assert {*answer["entries"]} == {str(comment.pk), str(beside.pk)}
    assert "data-settled" in answer["entries"][str(comment.pk)]
    assert "data-settled" not in answer["entries"][str(beside.pk)]


# What cannot have come from our forms


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": ""},
        {"do": "publish"},
        {"do": "withdraw"},
        {"comment": ""},
        {"comment": "x"},
        {"comment": "²"},
        {"comment": "9" * 40},
        {"comment": "-1"},
        {"seen": ""},
        {"seen": "withdrawn'"},
        {"revision": ""},
        {"revision": "1e9"},
        {"reason": "a\0b"},
        {"usual": "none"},
        {"no\0name": "1"},
        {"do": "edit"},
        {"do": "redact"},
        {"do": "ban"},
        {"do": "ban", "standing": "king"},
        {"do": "undo"},
        {"do": "undo", "batch": "x"},
        {"do": "bulk"},
        {"do": "bulk", "verdict": "withdraw"},
        {"do": "bulk", "verdict": "spam", "selected": ["1"]},
        {"do": "bulk", "verdict": "spam", "selected": ["1:pending:x"]},
        {"do": "bulk", "verdict": "spam", "selected": ["x:pending:0"]},
        {"do": "bulk", "verdict": "spam", "selected": ["1:none:0"]},
        {"do": "bulk", "verdict": "spam", "selected": ["1:pending:0"] * 26},
        {"do": "bulk", "verdict": "spam", "scope": "all"},
        {"do": "bulk", "verdict": "spam", "scope": "all", "moment": "9-9", "confirmed": "1"},
        {"do": "bulk", "scope": "all", "moment": "9-9-9"},
    ],
)
def test_a_form_that_is_not_ours_decides_nothing(desk, in_status, wrong):
    comment = in_status("pending")
    form = {**seen(comment, "approve"), **wrong}

    for place in (LIST, detail(comment)):
        assert desk.post(place, form).status_code == 400
        assert desk.post(place, form, **SCRIPT).status_code == 400
    assert Decision.objects.count() == CommenterDecision.objects.count() == 0


def test_no_box_ticked_and_no_such_comment_are_told(desk, in_status):
    comment = in_status("pending")
    gone = {**seen(comment, "approve"), "comment": 10**17}

    for form in (bulk([], "spam"), gone, {**gone, "do": "ban", "standing": "ordinary"}):
        assert len(told(desk.post(LIST, form, follow=True))) == 1
        assert desk.post(LIST, form, **SCRIPT).status_code == 422
    assert desk.post(LIST, {"do": "undo", "batch": str(uuid4())}).status_code == 302
    assert statuses() == ["pending"]


def test_what_cannot_follow_is_told(desk, in_status):
    comment = in_status("withdrawn")

    answer = desk.post(LIST, seen(comment, "approve"), **SCRIPT)

    assert (answer.status_code, statuses()) == (422, ["withdrawn"])


def test_halves_of_characters_decide_nothing_and_break_nothing(desk, in_status):
    comment = in_status("pending")
    form = f"do=reject&comment={comment.pk}&seen=pending&revision=0&reason=%ED%A0%80"

    answer = desk.post(LIST, form, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {302, 400}


def test_a_standing_given_by_nobody_seen_is_undone_only_once(desk, in_status, moderator):
    comment = in_status("pending")
    batch = uuid4()
    commenters.set_standing(comment.commenter_id, "banned", by=moderator, batch=batch)
    form = {"do": "undo", "batch": str(batch)}

    first, second = (desk.post(LIST, form, **SCRIPT).json()["level"] for _twice in range(2))

    comment.commenter.refresh_from_db()
    assert (first, second, comment.commenter.status) == ("success", "warning", "ordinary")
