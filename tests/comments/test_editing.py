"""Every change of a comment's text or name goes through `comments.editing`."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Refused
from comments import editing, moderation, posting
from comments.editing import ERASED, READER, REDACTED, blacken, dangers, places_of
from comments.models import Comment, CommentStatus, Decision, ListedWord, WordAction
from comments.models.comment import BODY_MAX_LENGTH
from comments.moderation import Overtaken
from tests.conftest import comment_data, staff, while_another_waits

pytestmark = pytest.mark.django_db

NUMBER = "0944123456"


@pytest.fixture
def dangerous(pending):
    """Makes a comment in which the rule on danger has found something at these places."""

    def make(*places: tuple[str, int, int], **fields) -> Comment:
        comment = pending(**fields)
        Comment.objects.filter(pk=comment.pk).update(
            findings=[
                *(finding("danger", *place, note=NUMBER) for place in places),
                finding("newcomer", "", 0, 0),
            ]
        )
        comment.refresh_from_db()
        return comment

    return make


def finding(rule: str, of: str, start: int, end: int, note: str = "") -> dict[str, object]:
    return {
        **{"rule": rule, "verdict": "hold", "field": of},
        **{"start": start, "end": end, "note": note},
    }


def actions(comment: Comment) -> list[str]:
    return [*comment.decisions.order_by("id").values_list("action", flat=True)]


def texts_in_the_database(comment: Comment) -> str:
    """Everything that is stored of the comment and of the decisions on it."""
    rows = [
        *Comment.objects.filter(pk=comment.pk).values_list(),
        *Decision.objects.filter(comment=comment).values_list(),
    ]
    return repr(rows)


# Editing


def test_an_edited_comment_is_marked_and_keeps_what_was_sent(pending, moderator: User):
    comment = pending(body="النص كما أرسل")

    assert editing.edit(comment.pk, " نص أول\r\nبسطرين ", by=moderator, reason="تصحيح") is True
    assert editing.edit(comment.pk, "نص ثان", by=moderator) is True

    comment.refresh_from_db()
    assert (comment.body, comment.original_body, comment.revision) == (
        *("نص ثان", "النص كما أرسل", 2),
    )
    assert comment.edited_at is not None
    assert actions(comment) == ["edit", "edit"]
    first = comment.decisions.earliest("id")
    assert (first.by, first.reason, first.old, first.new) == (
        *(moderator, "تصحيح", "pending", "pending"),
    )


def test_the_same_text_again_is_no_edit(pending, moderator):
    comment = pending(body="نص\nبسطرين")

    assert editing.edit(comment.pk, "نص\r\nبسطرين ", by=moderator) is False
    comment.refresh_from_db()
    assert (comment.revision, comment.edited_at, actions(comment)) == (0, None, [])


@pytest.mark.parametrize("body", ["", " \n", "\u200b", "س" * (BODY_MAX_LENGTH + 1)])
def test_a_text_that_no_comment_can_have_is_refused(pending, moderator, body):
    comment = pending()

    with pytest.raises(Refused):
        editing.edit(comment.pk, body, by=moderator)
    assert actions(comment) == []


def test_an_edit_of_another_text_than_the_one_that_was_seen_is_refused(pending, moderator):
    comment = pending()
    editing.edit(comment.pk, "نص أول", by=moderator, revision=0)

    with pytest.raises(Overtaken, match="moderator"):
        editing.edit(comment.pk, "نص ثان", by=staff("editor"), revision=0)

    comment.refresh_from_db()
    assert comment.body == "نص أول"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_edit_at_once_the_second_is_told(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")

    with pytest.raises(Overtaken, match="moderator"):
        while_another_waits(
            lambda: editing.edit(comment.pk, "نص أول", by=first, revision=0),
            lambda: editing.edit(comment.pk, "نص ثان", by=second, revision=0),
        )
    comment.refresh_from_db()
    assert (comment.body, comment.revision) == ("نص أول", 1)


def test_places_in_a_text_that_is_no_more_are_forgotten(dangerous, moderator):
    comment = dangerous(("body", 0, 3), ("name", 0, 2))

    editing.edit(comment.pk, "نص آخر تماماً", by=moderator)

    comment.refresh_from_db()
    assert comment.findings == [
        finding("danger", "", 0, 0),
        finding("danger", "name", 0, 2, note=NUMBER),
        finding("newcomer", "", 0, 0),
    ]


# Redacting


def test_what_is_blacked_out_stays_nowhere(pending, moderator):
    comment = pending(body=f"رقمي {NUMBER} ورقمه {NUMBER}.")
    editing.edit(comment.pk, f"رقمي {NUMBER} ورقمه {NUMBER}!", by=moderator)

    assert editing.redact_phrase(comment.pk, NUMBER, by=moderator) is True

    comment.refresh_from_db()
    assert comment.body == f"رقمي {REDACTED} ورقمه {REDACTED}!"
    assert NUMBER not in texts_in_the_database(comment)
    assert actions(comment) == ["edit", "redact"]


def test_a_phrase_is_blacked_out_wherever_it_stands(pending, moderator):
    comment = pending(body="بيت سعيد\nعند بيت سعيد")

    assert editing.redact_phrase(comment.pk, " بيت سعيد", by=moderator) is True
    assert editing.redact_phrase(comment.pk, "بيت سعيد", by=moderator) is False
    assert editing.redact_phrase(comment.pk, "  ", by=moderator) is False

    comment.refresh_from_db()
    assert (comment.body, actions(comment)) == (f"{REDACTED}\nعند {REDACTED}", ["redact"])


def test_a_phrase_that_was_edited_out_goes_from_the_copy_as_it_was_sent(pending, moderator):
    comment = pending(body=f"رقمي {NUMBER} اتصلوا")
    editing.edit(comment.pk, "رقمي عند الجريدة", by=moderator)

    assert editing.redact_phrase(comment.pk, NUMBER, by=moderator) is True
    assert editing.redact_phrase(comment.pk, NUMBER, by=moderator) is False

    comment.refresh_from_db()
    assert (comment.body, comment.original_body) == ("رقمي عند الجريدة", "")
    assert NUMBER not in texts_in_the_database(comment)
    assert actions(comment) == ["edit", "redact"]


def test_a_redaction_that_would_make_the_text_too_long_is_refused(pending, moderator):
    comment = pending(body="س و " * (BODY_MAX_LENGTH // 4))

    with pytest.raises(Refused):
        editing.redact_phrase(comment.pk, "و", by=moderator)
    assert actions(comment) == []


def test_redact_and_publish_does_both_and_undoing_takes_the_publication_back(dangerous, moderator):
    comment, batch = dangerous(("body", 5, 15), body=f"رقمي {NUMBER} اتصلوا"), uuid4()

    editing.redact_and_publish(
        comment.pk, by=moderator, seen="pending", revision=0, batch=batch, reason="رقم هاتف"
    )

    comment.refresh_from_db()
    assert (comment.body, comment.status) == (f"رقمي {REDACTED} اتصلوا", "approved")
    assert NUMBER not in texts_in_the_database(comment)
    assert actions(comment) == ["redact", "status"]
    assert moderation.undo(batch, by=moderator).changed == 1
    comment.refresh_from_db()
    assert (comment.body, comment.status) == (f"رقمي {REDACTED} اتصلوا", "pending")


def test_of_more_numbers_than_are_marked_none_is_published(article, moderator):
    numbers = [f"09441{number:05}" for number in range(130)]
    body = " ثم ".join(numbers)
    comment = posting.submit(article, comment_data(body=body)).comment

    editing.redact_and_publish(comment.pk, by=moderator)

    comment.refresh_from_db()
    assert [number for number in numbers if number in comment.body] == []
    assert comment.status == "approved"


def test_many_other_findings_leave_the_danger_marked(article, moderator):
    ListedWord.objects.create(text="حرامي", action=WordAction.HOLD)
    comment = posting.submit(article, comment_data(body=f"{'حرامي ' * 120}{NUMBER}")).comment

    assert [comment.body[each["start"] : each["end"]] for each in dangers(comment)] == [NUMBER]


def test_a_danger_that_an_edit_leaves_or_brings_in_is_marked(pending, moderator):
    comment = pending(body=f"رقمي {NUMBER} اتصلوا")

    editing.edit(comment.pk, f"اتصلوا على {NUMBER} أو على x.y@example.org", by=moderator)

    comment.refresh_from_db()
    assert [
        (each["note"], comment.body[each["start"] : each["end"]]) for each in dangers(comment)
    ] == [*(("phone", NUMBER), ("email", "x.y@example.org"))]
    editing.redact_and_publish(comment.pk, by=moderator)
    comment.refresh_from_db()
    assert comment.body == f"اتصلوا على {REDACTED} أو على {REDACTED}"


def test_a_dangerous_name_or_website_goes_altogether(dangerous, moderator):
    comment = dangerous(
        *[("name", 5, 15), ("website", 0, 5)],
        name=f"سلمى {NUMBER}",
        website="https://example.com/0944123456",
    )

    editing.redact_and_publish(comment.pk, by=moderator)

    comment.refresh_from_db()
    assert (comment.name, comment.website, comment.status) == (READER, "", "approved")
    assert NUMBER not in texts_in_the_database(comment)


def test_without_a_dangerous_place_nothing_is_published(pending, dangerous, moderator):
    redacted = dangerous(("body", 0, 3))
    editing.redact_phrase(redacted.pk, redacted.body[:3], by=moderator)

    for comment in (pending(), redacted):
        with pytest.raises(Refused):
            editing.redact_and_publish(comment.pk, by=moderator)
        comment.refresh_from_db()
        assert comment.status == "pending"


def test_where_it_cannot_be_published_nothing_is_redacted(dangerous, moderator):
    comment = dangerous(("body", 0, 3), body="نص كامل")
    moderation.withdraw(comment)

    with pytest.raises(Refused):
        editing.redact_and_publish(comment.pk, by=moderator)
    with pytest.raises(Overtaken):
        editing.redact_and_publish(comment.pk, by=moderator, seen="pending")

    comment.refresh_from_db()
    assert (comment.body, actions(comment)) == ("نص كامل", ["status"])


@given(
    text=st.text(st.characters(exclude_characters="█"), max_size=80),
    spans=st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6),
)
def test_no_character_of_a_span_is_left_and_no_other_is_lost(text, spans):
    covered = {at for start, end in spans for at in range(max(start, 0), end)}
    kept = "".join(letter for at, letter in enumerate(text) if at not in covered)

    assert blacken(text, spans).replace(REDACTED, "") == kept


@given(text=st.text(alphabet="ab", max_size=30), phrase=st.text(alphabet="ab", max_size=3))
def test_the_places_of_a_phrase_are_all_and_apart(text, phrase):
    places = places_of(phrase, text)

    assert [text[start:end] for start, end in places] == [phrase] * len(places)
    assert len(places) == (text.count(phrase) if phrase else 0)


# At the writer's wish


def test_a_name_taken_back_is_replaced_and_its_places_forgotten(dangerous):
    comment = dangerous(("name", 0, 4), name="سلمى", website="https://example.com")

    assert editing.take_name_back(comment) is True
    assert editing.take_name_back(comment) is False

    comment.refresh_from_db()
    assert (comment.name, comment.website, comment.edited_at) == (READER, "", None)
    assert comment.findings[0] == finding("danger", "", 0, 0)
    assert actions(comment) == ["rename"]


def test_of_an_erased_comment_nothing_is_left(dangerous, moderator):
    comment = dangerous(("body", 0, 4), ("name", 0, 4), name="سلمى", body="نص أول")
    editing.edit(comment.pk, "نص ثان", by=moderator)

    assert editing.erase(comment, rule="forgotten") is True
    assert editing.erase(comment, rule="forgotten") is False

    comment.refresh_from_db()
    assert (comment.name, comment.body, comment.original_body) == (READER, ERASED, "")
    for trace in ("سلمى", "نص أول", "نص ثان", NUMBER):
        assert trace not in texts_in_the_database(comment)
    assert actions(comment) == ["edit", "erase"]


# What the database refuses


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", [{"body": "غيره"}, {"name": "غيره"}, {"website": "https://example.net"}]
)
@pytest.mark.parametrize("also", [{}, {"revision": 1}])
def test_a_text_written_past_the_workflow_is_refused(pending, change, also):
    comment = pending()

    with pytest.raises(IntegrityError, match="without a decision"):
        Comment.objects.filter(pk=comment.pk).update(**change, **also)

    again = Comment.objects.get(pk=comment.pk)
    assert (again.body, again.name, again.website) == (comment.body, comment.name, "")


@pytest.mark.django_db(transaction=True)
def test_a_second_change_under_one_decision_is_refused(pending):
    comment, moderator = pending(), staff("moderator")

    with (
        pytest.raises(IntegrityError, match="without a decision"),
        transaction.atomic(),
    ):
        editing.edit(comment.pk, "نص أول", by=moderator)
        Comment.objects.filter(pk=comment.pk).update(body="نص ثان")
    assert actions(comment) == []


@pytest.mark.django_db(transaction=True)
def test_whoever_edits_waits_for_whoever_decides(pending):
    comment, first, second = pending(), staff("moderator"), staff("editor")

    done = while_another_waits(
        lambda: moderation.decide(comment.pk, CommentStatus.APPROVED, by=first),
        lambda: editing.edit(comment.pk, "نص أول", by=second),
    )

    comment.refresh_from_db()
    assert (done, comment.status, comment.body) == ((True, True), "approved", "نص أول")
    assert [*comment.decisions.order_by("id").values_list("action", "old", "new")] == [
        *(("status", "pending", "approved"), ("edit", "approved", "approved"))
    ]


def test_the_text_of_a_withdrawn_comment_is_nobodys_to_change(pending, moderator):
    comment = pending(body="رقمي 0933123456")
    moderation.withdraw(comment)

    for change in (
        lambda: editing.edit(comment.pk, "نص آخر", by=moderator),
        lambda: editing.redact_phrase(comment.pk, "رقمي", by=moderator),
        lambda: editing.redact_and_publish(comment.pk, by=moderator),
    ):
        with pytest.raises(Refused):
            change()

    comment.refresh_from_db()
    assert (comment.body, comment.revision) == ("رقمي 0933123456", 0)
