"""What a moderator does with one comment from the queue, by plain forms and by the script."""

import pytest
from django.contrib.auth.models import User

from comments import commenters, moderation, reports
from comments.admin.queue_forms import USUAL_REASONS
from comments.models import CommenterDecision, CommentStatus, Decision, ReportReason, Standing
from tests.comments.desk import (
    LIST,
    SCRIPT,
    bulk,
    detail,
    listed,
    record,
    seen,
    statuses,
    told,
    undo_form,
)
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import staff

pytestmark = pytest.mark.django_db

# What each verb makes of a comment that is in this status.
VERBS = {
    "approve": ("pending", "approved"),
    "reject": ("pending", "rejected"),
    "spam": ("approved", "spam"),
    "trash": ("approved", "trash"),
    "restore": ("spam", "pending"),
}


# One comment, one decision


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("place", ["list", "page"])
def test_a_button_decides_on_its_comment_alone(desk, moderator, in_status, verb, place):
    old, new = VERBS[verb]
    comment, beside = in_status(old), in_status(old)
    address = LIST if place == "list" else detail(comment)

    response = desk.post(address, seen(comment, verb))

    assert response.status_code == 302
    assert response["Location"].partition("#")[0] == address
    assert statuses() == [new, old]
    newest = comment.decisions.first()
    assert newest and (newest.old, newest.new, newest.by) == (old, new, moderator)
    assert beside.decisions.filter(by=moderator).count() == 0


def test_the_way_back_leads_to_the_same_page_and_to_the_entry_behind(desk, in_status):
    behind, comment = in_status("pending"), in_status("pending")
    query = "?tab=pending&order=oldest"

    left = desk.post(LIST + query, seen(comment, "approve", then=behind.pk))
    stayed = desk.post(f"{LIST}?tab=all", seen(behind, "approve", then=comment.pk))

    assert left["Location"] == f"{LIST}?order=oldest#comment-{behind.pk}"
    assert stayed["Location"] == f"{LIST}?tab=all#comment-{behind.pk}"


def test_a_message_says_what_was_done(desk, in_status):
    comment = in_status("pending")

    page = desk.post(LIST, seen(comment, "approve"), follow=True)

    (message,) = told(page)
    assert str(CommentStatus.APPROVED.label) in message


def test_a_rejection_keeps_its_reason_usual_or_free_or_both(desk, in_status):
    given = [
        {"usual": "insult"},
        {"reason": "  يكرر كلاماً كاذباً "},
        {"usual": "private", "reason": "اسم الجار"},
        {},
    ]
    for fields in given:
        desk.post(LIST, seen(in_status("pending"), "reject", **fields))

    assert [*Decision.objects.order_by("id").values_list("reason", flat=True)] == [
        str(USUAL_REASONS["insult"]),
        "يكرر كلاماً كاذباً",
        f"{USUAL_REASONS['private']} — اسم الجار",
        "",
    ]


def test_a_reason_that_is_too_long_is_told_and_nothing_is_decided(desk, in_status):
    comment = in_status("pending")

    page = desk.post(LIST, seen(comment, "reject", reason="س" * 501), follow=True)

    assert len(told(page)) == 1
    assert statuses() == ["pending"]


def test_the_same_button_twice_decides_once_and_can_be_undone(desk, in_status):
    comment = in_status("pending")
    form = seen(comment, "approve")

    first, second = (desk.post(LIST, form, **SCRIPT) for _twice in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["undo"] == second.json()["undo"] != ""
    assert record(comment) == [("status", "pending", "approved")]


def test_reports_are_dismissed_and_the_comment_stands(desk, in_status):
    comment = in_status("approved")
    reports.report(comment, ReportReason.HATE, network=None)
    comment.refresh_from_db()

    desk.post(f"{LIST}?tab=reported", seen(comment, "dismiss"))

    comment.refresh_from_db()
    assert (comment.status, comment.open_reports) == ("approved", 0)
    assert listed(desk, "?tab=reported") == []
    assert record(comment)[-1] == ("dismiss_reports", "approved", "approved")


def test_reported_comments_are_let_stand_together_and_that_is_undone(desk, in_status):
    comments = [in_status("approved") for _each in range(3)]
    for comment in comments[:2]:
        reports.report(comment, ReportReason.HATE, network=None)

    page = desk.post(f"{LIST}?tab=reported", bulk(comments, "dismiss"), follow=True)

    assert told(page)[0].startswith("أُبقي على تعليقين، وأُغلقت بلاغاتهما. تُرك تعليق واحد على حاله")
    assert listed(desk, "?tab=reported") == []
    desk.post(LIST, undo_form(desk))
    assert listed(desk, "?tab=reported") == [comments[1].pk, comments[0].pk]


def test_a_report_that_came_after_the_page_is_looked_at_first(desk, in_status):
    comment = in_status("approved")
    reports.report(comment, ReportReason.HATE, network=None)
    comment.refresh_from_db()
    form = seen(comment, "dismiss")
    reports.report(comment, ReportReason.PRIVATE, network=None)

    answer = desk.post(f"{LIST}?tab=reported", form, **SCRIPT)

    assert answer.status_code == 409
    assert answer.json()["message"] == "أُبلغ عن هذا التعليق مرة أخرى. انظر فيه من جديد."
    comment.refresh_from_db()
    assert (comment.open_reports, comment.reports.filter(settled=True).count()) == (2, 0)


KEPT = {
    "edit": {"body": "نصّ طويل حرّره أحدنا", "reason": "تخفيف"},
    "redact": {"phrase": "رقم البيت", "reason": ""},
    "reject": {"usual": "insult", "reason": "شتيمة"},
    "ban": {"standing": "ordinary", "also_reject": "1", "reason": "سيل"},
}


@pytest.mark.parametrize("do", KEPT)
def test_what_was_typed_for_a_comment_that_somebody_else_decided_on_is_given_back(
    desk, in_status, do
):
    comment = in_status("pending")
    commenter = comment.commenter
    form = seen(comment, do, **KEPT[do])
    moderation.decide(comment.pk, CommentStatus.SPAM, by=staff("editor"))
    commenters.set_standing(commenter.pk, Standing.TRUSTED, by=staff("writer"))

    page = desk.post(LIST, form)

    assert page.status_code == 409
    kept = element(parse(page), "section", class_="kept")
    given = {
        attribute(each, "name"): attribute(each, "value") or text(each)
        for each in elements(kept)
        if each.name in {"input", "textarea", "button"}
    }
    assert {name: given[name] for name in KEPT[do]} == KEPT[do]
    assert (given["do"], given["seen"]) == (do, "spam")
    assert len(told(page)) == 1


def test_what_was_typed_with_a_wrong_reason_is_given_back_and_taken_when_it_is_right(
    desk, in_status
):
    comment = in_status("pending")
    form = seen(comment, "edit", body="نص ثان", reason="طلبته layla@example.org")

    page = desk.post(LIST, form)

    assert page.status_code == 422
    again = element(element(parse(page), "section", class_="kept"), "form")
    fields = {
        attribute(each, "name"): attribute(each, "value") or text(each)
        for each in elements(again)
        if each.name in {"input", "textarea", "button"}
    }
    desk.post(attribute(again, "action"), {**fields, "reason": "طلبته كاتبته"})
    comment.refresh_from_db()
    assert comment.body == "نص ثان"


def test_a_text_is_edited_with_a_mark(desk, in_status):
    comment = in_status("pending", body="نص أول")

    desk.post(LIST, seen(comment, "edit", body="نص ثان\r\nوسطر"))

    comment.refresh_from_db()
    assert (comment.body, comment.original_body) == ("نص ثان\nوسطر", "نص أول")
    assert comment.edited_at is not None
    assert statuses() == ["pending"]


@pytest.mark.parametrize("body", ["", "   ", "\u200b", "س" * 5001])
def test_a_text_that_no_comment_can_have_is_refused(desk, in_status, body):
    comment = in_status("pending", body="نص أول")

    response = desk.post(LIST, seen(comment, "edit", body=body), **SCRIPT)

    assert response.status_code == 422
    comment.refresh_from_db()
    assert (comment.body, comment.revision) == ("نص أول", 0)


def test_words_are_blacked_out_wherever_they_stand(desk, in_status):
    comment = in_status("pending", body="بيت سعيد عند بيت سعيد القديم")

    desk.post(LIST, seen(comment, "redact", phrase=" بيت سعيد "))

    comment.refresh_from_db()
    assert comment.body == "█████ عند █████ القديم"


@pytest.mark.parametrize("phrase", ["", "  ", "ليس فيه"])
def test_words_that_are_not_there_black_nothing_out(desk, in_status, phrase):
    comment = in_status("pending", body="بيت سعيد")

    response = desk.post(LIST, seen(comment, "redact", phrase=phrase), **SCRIPT)

    assert response.status_code == 422
    assert record(comment) == []


def test_danger_is_redacted_and_the_comment_published_in_one_step(desk, found_in, moderator):
    comment = found_in(("danger", "body", 6, 16), held_by="danger", body="رقمي: 0944123456 اتصلوا")

    desk.post(LIST, seen(comment, "redact_and_publish"))

    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("رقمي: █████ اتصلوا", "approved")
    assert record(comment) == [
        ("redact", "pending", "pending"),
        ("status", "pending", "approved"),
    ]


# Commenters


def test_a_ban_can_reject_all_that_waits_from_the_commenter(desk, in_status):
    comments = [in_status("pending") for _each in range(3)]
    other = in_status("pending", email="another@example.net")
    shown_before = in_status("approved")
    asked = {"standing": "ordinary", "also_reject": "1", "reason": "سيل من الإعلانات"}

    desk.post(LIST, seen(comments[0], "ban", **asked))

    commenter = comments[0].commenter
    commenter.refresh_from_db()
    assert commenter.status == "banned"
    assert statuses() == ["rejected"] * 3 + ["pending", "approved"]
    reasons = {*Decision.objects.filter(new="rejected").values_list("reason", flat=True)}
    assert reasons == {"سيل من الإعلانات"}
    assert other.decisions.count() == 0
    assert shown_before.decisions.count() == 1


def test_a_ban_alone_leaves_what_waits(desk, in_status):
    comment = in_status("pending")

    desk.post(LIST, seen(comment, "ban", standing="ordinary"))

    assert statuses() == ["pending"]
    assert CommenterDecision.objects.get().new == "banned"


def test_a_commenter_is_trusted_and_made_ordinary_again(desk, in_status):
    comment = in_status("pending")

    desk.post(LIST, seen(comment, "trust", standing="ordinary"))
    desk.post(LIST, seen(comment, "ordinary", standing="trusted"))

    assert [*CommenterDecision.objects.order_by("id").values_list("old", "new")] == [
        *(("ordinary", "trusted"), ("trusted", "ordinary"))
    ]


# Undoing


def test_the_last_decision_is_undone_by_a_plain_form(desk, in_status):
    comment = in_status("approved")
    reports.report(comment, ReportReason.HATE, network=None)
    comment.refresh_from_db()
    desk.post(LIST, seen(comment, "trash"))

    page = desk.post(LIST, undo_form(desk), follow=True)

    comment.refresh_from_db()
    assert (comment.status, comment.open_reports) == ("approved", 1)
    assert len(told(page)) == 1
    assert attribute(element(parse(page), "form", class_="undo"), "hidden") is not None


def test_a_ban_is_undone_with_all_that_it_rejected(desk, in_status):
    comment, _other = in_status("pending"), in_status("pending")
    desk.post(LIST, seen(comment, "ban", standing="ordinary", also_reject="1"))
    assert statuses() == ["rejected", "rejected"]

    desk.post(LIST, undo_form(desk))

    comment.commenter.refresh_from_db()
    assert (comment.commenter.status, statuses()) == ("ordinary", ["pending", "pending"])


def test_a_decision_for_many_is_undone_as_one(desk, in_status):
    comments = [in_status("pending"), in_status("pending"), in_status("spam")]
    desk.post(LIST, bulk(comments, "trash"))
    assert statuses() == ["trash"] * 3

    desk.post(LIST, undo_form(desk))

    assert statuses() == ["pending", "pending", "spam"]


def test_what_cannot_be_undone_leaves_no_button_for_something_older(desk, in_status):
    comment = in_status("pending")
    desk.post(LIST, seen(comment, "approve"))
    comment.refresh_from_db()
    desk.post(LIST, seen(comment, "edit", body="نص آخر"))

    assert undo_form(desk)["batch"] == ""


def test_nobody_undoes_what_another_moderator_did(desk, in_status, as_user):
    comment = in_status("pending")
    batch = desk.post(LIST, seen(comment, "approve"), **SCRIPT).json()["undo"]
    other = as_user(User.objects.create_superuser("other"))

    answer = other.post(LIST, {"do": "undo", "batch": batch}, **SCRIPT)

    assert (answer.status_code, statuses()) == (200, ["approved"])
    assert answer.json()["level"] == "warning"


def test_a_button_pressed_late_offers_no_undo_of_a_whole_selection(as_user, moderator, pending):
    comments = [pending() for _number in range(2)]
    desk = as_user(moderator)
    stale = seen(comments[0], "approve")
    boxes = [f"{each.pk}:pending:0" for each in comments]
    desk.post(LIST, {"do": "bulk", "scope": "page", "verdict": "approve", "selected": boxes})

    answer = desk.post(LIST, stale, HTTP_ACCEPT="application/json")

    assert (answer.status_code, answer.json()["undo"]) == (200, "")


def test_a_reason_with_an_address_in_it_is_refused(as_user, moderator, pending):
    comment = pending()

    as_user(moderator).post(LIST, seen(comment, "reject", reason="كتب reader@example.org"))

    comment.refresh_from_db()
    assert comment.status == "pending"
    assert not Decision.objects.exists()
