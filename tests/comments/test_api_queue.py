"""The moderators' queue for programs: what it shows, what is decided, what is refused by name."""

from typing import Any

import pytest

from articles.models import Scope
from comments import commenters, moderation, reports
from comments.models import Comment, CommentStatus, Decision, ListedWord, Standing
from tests.articles.api import all_pages, in_utc
from tests.articles.desk_api import COMMENTS, Program, program_of


@pytest.fixture
def client(moderator) -> Program:
    return program_of(moderator, Scope.MODERATION)


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["results"]]


def decide(client: Program, comment: Comment, verdict: str, /, **more: Any) -> Any:
    seen = {"status": comment.status, "revision": comment.revision}
    return client.post(f"{COMMENTS}{comment.pk}/decisions/", {"verdict": verdict, **seen, **more})


def test_a_comment_is_shown_with_what_a_moderator_decides_by(
    client, article, approved, pending, moderator
):
    first = approved(name="ليلى")
    reply = pending(name="سامي", website="https://example.org/", body="ردّ", parent=first.pk)
    commenters.set_standing(reply.commenter_id, Standing.TRUSTED, by=moderator)

    shown = client.get(f"{COMMENTS}{reply.pk}/").json()

    assert shown == {
        "id": reply.pk,
        "article": {"id": article.pk, "slug": article.slug, "title": article.title},
        "parent": first.pk,
        "name": "سامي",
        "website": "https://example.org/",
        "body": "ردّ",
        "status": "pending",
        "revision": 0,
        "submitted_at": in_utc(reply.submitted_at),
        "commenter": {
            "id": reply.commenter_id,
            "name": str(reply.commenter),
            "standing": "trusted",
        },
        "held_by": reply.held_by,
        "reasons": shown["reasons"],
        "reports": [],
        "verdicts": ["approve", "reject", "spam", "trash"],
    }
    assert client.get(COMMENTS).json()["results"][0] == shown


def test_the_queue_is_read_by_its_tabs_and_filters(client, article, published, pending, approved):
    other = published("مقال آخر")
    waiting, elsewhere = pending(body="كلمة نادرة"), pending(on=other)
    shown = approved()

    assert ids(client.get(COMMENTS)) == [elsewhere.pk, waiting.pk]
    assert ids(client.get(f"{COMMENTS}?order=oldest")) == [waiting.pk, elsewhere.pk]
    assert ids(client.get(f"{COMMENTS}?tab=approved")) == [shown.pk]
    assert ids(client.get(f"{COMMENTS}?tab=all&article={other.pk}")) == [elsewhere.pk]
    assert ids(client.get(f"{COMMENTS}?q=نادره")) == [waiting.pk]
    another = pending(email="another@example.org")
    assert ids(client.get(f"{COMMENTS}?commenter={another.commenter_id}")) == [another.pk]


@pytest.mark.parametrize("order", ["", "&order=oldest"])
def test_pages_hold_every_comment_once_and_lead_back(client, pending, order):
    made = [pending(body=f"تعليق {number}").pk for number in range(5)]
    expected = made if order else made[::-1]
    address = f"{COMMENTS}?page_size=2{order}"

    assert all_pages(client, address, "id") == [expected[:2], expected[2:4], expected[4:]]
    second = client.get(client.get(address).json()["next"]).json()
    assert ids(client.get(second["previous"])) == expected[:2]


def test_what_a_rule_has_found_is_told_with_its_words(client, pending):
    ListedWord.objects.create(text="سمسار")
    comment = pending(body="هذا سمسار معروف.")

    shown = client.get(f"{COMMENTS}{comment.pk}/").json()

    assert shown["held_by"] == "words"
    assert shown["reasons"][0] == {"rule": "كلمة من القائمة", "found": "سمسار"}


def test_reports_of_readers_stand_beside_the_comment(client, approved):
    comment = approved()
    reports.report(comment, reason="insult", note="شتيمة", network="192.0.2.7")

    shown = client.get(f"{COMMENTS}?tab=reported").json()["results"]

    assert [(each["id"], each["reports"][0]["note"]) for each in shown] == [(comment.pk, "شتيمة")]


def test_a_decision_is_kept_with_its_account_and_its_reason(client, moderator, pending):
    comment = pending()

    shown = decide(client, comment, "approve", reason="مفيد")

    assert (shown.status_code, shown.json()["status"]) == (200, "approved"), shown.content
    decision = Decision.objects.filter(by=moderator).get()
    assert (decision.new, decision.reason) == ("approved", "مفيد")
    record = client.get(f"{COMMENTS}{comment.pk}/decisions/").json()["results"]
    newest = record[0]
    assert (newest["new"], newest["by"], newest["reason"]) == ("approved", "moderator", "مفيد")
    assert len(record) == comment.decisions.count()


def test_what_is_sent_twice_decides_once(client, pending):
    comment = pending()

    answers = [decide(client, comment, "spam").status_code for _twice in range(2)]

    assert answers == [200, 200]
    assert comment.decisions.filter(new="spam").count() == 1


def test_nothing_is_decided_on_what_somebody_else_decided_meanwhile(client, editor, pending):
    comment = pending()
    moderation.decide(comment.pk, CommentStatus.REJECTED, by=editor)

    late = decide(client, comment, "approve")

    assert (late.status_code, list(late.json())) == (409, ["detail"])
    comment.refresh_from_db()
    assert comment.status == "rejected"
    assert decide(client, comment, "reject").status_code == 200
    comment.revision += 1
    assert decide(client, comment, "approve").status_code == 409


def test_a_withdrawn_comment_stays_withdrawn(client, pending):
    comment = pending()
    moderation.decide(comment.pk, CommentStatus.WITHDRAWN, rule=moderation.WITHDRAWN_BY_COMMENTER)
    comment.refresh_from_db()

    assert client.get(f"{COMMENTS}{comment.pk}/").json()["verdicts"] == []
    assert decide(client, comment, "approve").status_code == 409


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"verdict": "publish"}, "verdict"),
        ({"verdict": None}, "verdict"),
        ({"status": "x"}, "status"),
        ({"status": None}, "status"),
        ({"revision": -1}, "revision"),
        ({"revision": 10**30}, "revision"),
        ({"revision": None}, "revision"),
        ({"reason": "ا" * 5001}, "reason"),
        ({"reason": "\0"}, "reason"),
        ({"reason": "\ud800"}, "reason"),
        ({"why": "x"}, "why"),
    ],
)
def test_what_cannot_be_decided_is_an_error_of_its_field(client, pending, sent, field):
    refused = decide(client, pending(), "approve", **sent)

    assert (refused.status_code, list(refused.json())) == (400, [field]), refused.content
    assert set(Comment.objects.values_list("status", flat=True)) == {"pending"}


@pytest.mark.parametrize(
    "query",
    [
        *("tab=x", "article=x", "article=0", "rule=x", "commenter=-1", "since=x", "order=x"),
        *("until=0001-01-01", "after=x", "cursor=x", "page_size=101", "x=1", "q=%00"),
    ],
)
def test_an_unknown_parameter_or_value_is_refused_by_name(client, query):
    refused = client.get(f"{COMMENTS}?{query}")

    assert refused.status_code == 400
    assert list(refused.json()) == [query.split("=")[0]]


def test_writers_and_editors_read_no_queue(writer, editor, pending):
    comment = pending()
    for user in (writer, editor):
        client = program_of(user, Scope.MODERATION)
        assert client.get(COMMENTS).status_code == 403
        assert client.get(f"{COMMENTS}{comment.pk}/").status_code == 403
        assert client.get(f"{COMMENTS}{comment.pk}/decisions/").status_code == 403
        assert decide(client, comment, "approve").status_code == 403
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_a_token_for_stories_alone_reads_no_queue(chief, pending):
    client = program_of(chief, Scope.DRAFTS, Scope.PICTURES)

    assert client.get(COMMENTS).status_code == 403
    assert decide(client, pending(), "approve").status_code == 403


def test_a_comment_that_is_none_is_not_found(client):
    for pk in ("0", "9" * 40):
        assert client.get(f"{COMMENTS}{pk}/").status_code == 404
        assert client.get(f"{COMMENTS}{pk}/decisions/").status_code == 404


def test_the_queue_costs_the_same_number_of_queries_however_long_it_is(
    client, pending, django_assert_num_queries
):
    pending()
    # The first use of a day is noted.
    client.get(COMMENTS)
    with django_assert_num_queries(7):
        client.get(COMMENTS)
    for number in range(12):
        pending(body=f"تعليق {number}")
    with django_assert_num_queries(7):
        client.get(COMMENTS)
