"""What each rule makes of a comment that was sent: its status, its findings, its decision."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article
from comments import commenters, moderation, policy, posting, rules
from comments.models import (
    Comment,
    Commenter,
    CommentPolicy,
    CommentStatus,
    Decision,
    ListedWord,
    Mode,
    Standing,
    WordAction,
)
from tests.conftest import ADDRESS, comment_data

pytestmark = pytest.mark.django_db

GOOD = "شكراً على هذا التقرير."
LONG = "طالبنا البلدية ثلاث مرات بإصلاح الرصيف أمام المدرسة ولم يأت أحد حتى اليوم."
ONE, OTHER = "192.0.2.7", "198.51.100.9"


def send(article: Article, body: str = GOOD, **sent: Any) -> Comment:
    how = {name: sent.pop(name) for name in ("at", "network") if name in sent}
    comment = posting.submit(article, comment_data(body=body, **sent), **how).comment
    stored = Comment.objects.get(pk=comment.pk)
    assert stored.status == comment.status
    return stored


def kept(comment: Comment) -> tuple:
    """The status, the rule that holds it, what each finding says, and the decisions on it."""
    return (
        comment.status,
        comment.held_by,
        [(found["rule"], found["verdict"], found["note"]) for found in comment.findings],
        [*comment.decisions.values_list("old", "new", "rule", "by")],
    )


def mode(mode: Mode) -> None:
    policy.change(CommentPolicy.load(), {"mode": mode})


@pytest.fixture
def only_rules(db: None) -> None:
    """The mode in which a comment waits only for what a rule finds."""
    mode(Mode.RULES)


@pytest.fixture
def known(article: Article, moderator: User) -> Commenter:
    """The one who comments under ADDRESS; a comment of theirs was approved."""
    comment = send(article, "أول تعليق لي هنا.")
    moderation.decide(comment.pk, CommentStatus.APPROVED, by=moderator)
    return comment.commenter


def test_a_good_comment_is_shown_at_once_where_only_the_rules_hold(article, only_rules):
    assert kept(send(article)) == ("approved", "", [], [("pending", "approved", "passed", None)])
    assert Comment.objects.public().count() == 1


def test_the_first_comment_waits_and_the_next_after_it_was_approved_does_not(
    article, moderator: User
):
    first, second = send(article), send(article, "الثاني")
    for comment in (first, second):
        assert kept(comment) == ("pending", "newcomer", [("newcomer", "hold", "")], [])

    moderation.decide(first.pk, CommentStatus.APPROVED, by=moderator)

    assert kept(send(article, "الثالث")) == (
        *("approved", "", [], [("pending", "approved", "passed", None)]),
    )


@pytest.mark.parametrize("status", ["rejected", "spam", "trash"])
def test_whoever_was_only_set_aside_stays_a_newcomer(article, moderator: User, status):
    moderation.decide(send(article).pk, CommentStatus(status), by=moderator)

    assert send(article, "الثاني").held_by == "newcomer"


def test_whoever_is_known_elsewhere_is_known_here(published, known):
    assert send(published("غيره")).status == "approved"


def test_every_comment_waits_in_the_mode_that_holds_everything(article, known):
    mode(Mode.EVERYTHING)

    assert kept(send(article)) == ("pending", "everything", [("everything", "hold", "")], [])


def test_the_mode_of_an_article_goes_before_the_sites(article, published, only_rules):
    other = published("غيره")
    policy.change(policy.ArticlePolicy(article=other), {"mode": Mode.EVERYTHING})

    assert send(article).status == "approved"
    assert send(Article.objects.get(pk=other.pk)).held_by == "everything"


def test_the_trusted_are_shown_at_once_and_the_banned_are_rejected(article, moderator: User):
    commenter = send(article).commenter

    commenters.set_standing(commenter.pk, Standing.TRUSTED, by=moderator)
    assert send(article, "الثاني").status == "approved"

    commenters.set_standing(commenter.pk, Standing.BANNED, by=moderator)
    assert kept(send(article, "الثالث")) == (
        "rejected",
        "banned",
        [("banned", "reject", "")],
        [("pending", "rejected", "banned", None)],
    )


def test_the_banned_are_answered_as_anybody_who_has_to_wait(client, article, moderator: User):
    """Or a guessed address would tell whether its owner is banned."""
    commenter = send(article).commenter
    commenters.set_standing(commenter.pk, Standing.BANNED, by=moderator)
    path = f"/api/v1/articles/{article.slug}/comments/"

    answers = {
        name: client.post(
            path, comment_data(email=email, body=f"الثاني {name}"), content_type="application/json"
        )
        for name, email in {"banned": ADDRESS, "new": "omar@example.org"}.items()
    }

    assert [*Comment.objects.order_by("id").values_list("status", flat=True)] == [
        *("pending", "rejected", "pending"),
    ]
    assert {(each.status_code, each.json()["status"]) for each in answers.values()} == {
        (201, "pending")
    }
    assert {tuple(each.json()) for each in answers.values()} == {("status", "receipt")}


@pytest.mark.parametrize(
    ("body", "rule", "note", "quoted"),
    [
        ("اتصلوا بي: ٠٩٣٣١٢٣٤٥٦ مساءً", "danger", "phone", "٠٩٣٣١٢٣٤٥٦"),
        ("أسكن في شارع بغداد بناية 12", "danger", "postal_address", "شارع بغداد بناية 12"),
        ("نعم " + "!" * 12, "shouting", "exclamation", "!" * 12),
        ("[url=https://example.org]هنا[/url]", "links", "markup", "[url=https://example.org]"),
    ],
)
def test_what_a_rule_finds_is_held_with_its_span(article, only_rules, body, rule, note, quoted):
    comment = send(article, body)
    (finding,) = comment.findings

    assert kept(comment) == ("pending", rule, [(rule, "hold", note)], [])
    assert comment.body[finding["start"] : finding["end"]] == quoted
    assert finding["field"] == "body"
    assert Comment.objects.public().count() == 0


def test_more_links_than_the_policy_lets_through_are_held(article, only_rules):
    body = "https://a.example.org و https://b.example.org"

    assert kept(send(article, body))[:3] == (
        *("pending", "links", [("links", "hold", ""), ("links", "hold", "")]),
    )
    policy.change(CommentPolicy.load(), {"most_links": 2})
    assert send(article, body + " ثانية").status == "approved"


def test_the_country_of_telephone_numbers_is_the_policys(article, only_rules):
    assert send(article, "03 123456").status == "approved"

    policy.change(CommentPolicy.load(), {"phone_region": "LB"})

    assert send(article, "03 123456 الآن").held_by == "danger"


@pytest.mark.parametrize(
    ("action", "status", "held_by", "decisions"),
    [
        (WordAction.HOLD, "pending", "words", []),
        (WordAction.REJECT, "rejected", "words", [("pending", "rejected", "words", None)]),
        (WordAction.SPAM, "spam", "words", [("pending", "spam", "words", None)]),
    ],
)
def test_a_listed_word_does_what_the_list_says(
    article, only_rules, action, status, held_by, decisions
):
    ListedWord.objects.create(text="خائن", action=action)

    comment = send(article, "يا خـــائن!")

    assert kept(comment) == (status, held_by, [("words", action, "خائن")], decisions)
    assert comment.body[comment.findings[0]["start"] : comment.findings[0]["end"]] == "خـــائن"


def test_whoever_falls_into_the_trap_is_spam_and_told_nothing(article, only_rules):
    accepted = posting.submit(article, comment_data(topic="cheap"))

    assert kept(accepted.comment) == (
        "spam",
        "trap",
        [("trap", "spam", "")],
        [("pending", "spam", "trap", None)],
    )
    assert accepted.status == "pending"


def test_the_gravest_reason_decides_and_all_are_kept(article):
    ListedWord.objects.create(text="خائن", action=WordAction.REJECT)

    comment = send(article, "خائن، ورقمه 0933123456")

    assert kept(comment) == (
        "rejected",
        "words",
        [("words", "reject", "خائن"), ("danger", "hold", "phone"), ("newcomer", "hold", "")],
        [("pending", "rejected", "words", None)],
    )


@pytest.mark.parametrize(
    ("changed", "body"), [({}, "ن"), ({"shortest": 10}, "قصير"), ({"longest": 50}, "ن " * 26)]
)
def test_what_is_too_short_or_too_long_is_refused_beside_its_field(client, article, changed, body):
    policy.change(CommentPolicy.load(), changed)

    with pytest.raises(posting.Invalid) as refused:
        send(article, body.strip())
    answer = client.post(f"/articles/{article.slug}/comments/", comment_data(body=body))

    assert [*refused.value.form.errors] == ["body"]
    assert answer.status_code == 422
    assert Comment.objects.count() == Commenter.objects.count() == 0


# The same text again


def test_a_second_click_is_told_that_the_first_has_arrived(article):
    send(article, GOOD, network=ONE)

    with pytest.raises(posting.Invalid) as refused:
        send(article, GOOD, network=ONE)

    assert [*refused.value.form.errors] == ["body"]
    assert Comment.objects.count() == 1


def test_the_same_text_is_no_second_click_from_elsewhere_under_another_name_or_article(
    article, published, only_rules
):
    send(article, GOOD, network=ONE)

    other = send(article, GOOD, network=ONE, name="عمر", email="omar@example.org")
    assert other.status == "approved"
    assert send(published("غيره"), GOOD, network=ONE).status == "approved"
    assert send(article, GOOD + "!", network=ONE).status == "approved"
    assert send(article, GOOD, network=OTHER).status == "approved"


def test_a_second_click_counts_for_an_hour(article, only_rules):
    at = timezone.now()
    send(article, GOOD, network=ONE, at=at)

    again = send(article, GOOD, network=ONE, at=at + timedelta(hours=1))

    assert again.status == "approved"


def test_a_long_text_that_is_sent_again_from_elsewhere_is_held_in_silence(article, only_rules):
    send(article, LONG, network=ONE)

    accepted = posting.submit(article, comment_data(body=LONG.replace(".", "!")), network=OTHER)

    assert kept(accepted.comment) == (*("pending", "repeated", [("repeated", "hold", "")], []),)
    assert accepted.status == "pending"


def test_whose_text_is_repeated_cannot_be_told_from_the_answer(article, only_rules):
    """Or a published comment, sent again under guessed addresses, would tell whose it is."""
    send(article, LONG, network=ONE)
    send(article, GOOD, network=ONE, email="omar@example.org")

    under = [ADDRESS, "omar@example.org", "nobody@example.org"]
    again = [
        send(article, LONG, network=f"198.51.100.{place}", email=address)
        for place, address in enumerate(under)
    ]

    assert {(each.status, each.held_by) for each in again} == {("pending", "repeated")}


def test_under_one_roof_a_repeated_text_is_refused_whatever_the_address(article, only_rules):
    send(article, LONG, network=ONE)
    send(article, GOOD, network=ONE, email="omar@example.org")

    for address in (ADDRESS, "omar@example.org", "nobody@example.org"):
        with pytest.raises(posting.Invalid) as refused:
            send(article, LONG, network=ONE, email=address)
        assert [*refused.value.form.errors] == ["body"]
    assert send(article, LONG, network=ONE, name="عمر").held_by == "repeated"


def test_above_the_hours_limit_from_everywhere_an_address_is_held_in_silence(article, only_rules):
    policy.change(CommentPolicy.load(), {"per_hour": 2})

    sent = [send(article, f"تعليق {n}", network=f"192.0.2.{n}") for n in range(1, 4)]

    assert [each.held_by for each in sent] == ["", "", "flood"]


def test_without_limits_an_hour_those_a_minute_hold(article, only_rules):
    policy.change(CommentPolicy.load(), {"per_hour": 0, "network_per_hour": 0, "per_minute": 2})
    for number in range(2):
        send(article, f"تعليق {number}", network=ONE)

    with pytest.raises(posting.TooManyComments):
        send(article, "تعليق ثالث", network=ONE)


def test_a_long_text_of_more_than_a_day_ago_may_be_sent_again(article, only_rules):
    at = timezone.now()
    send(article, LONG, network=ONE, at=at - timedelta(days=1))

    assert send(article, LONG, network=OTHER, at=at).status == "approved"


# A rule that breaks


def test_a_rule_that_breaks_holds_the_comment_and_logs_nothing_of_it(
    article, only_rules, monkeypatch, caplog
):
    secret = "نص لا يجوز أن يظهر في سجل"

    def breaks(context: Any) -> list:
        raise ValueError(context.body)

    monkeypatch.setitem(rules.RULES, "one more rule", breaks)
    with caplog.at_level(logging.DEBUG, logger="comments"):
        comment = send(article, secret)

    assert kept(comment) == (
        *("pending", "one more rule", [("one more rule", "hold", "failed")], []),
    )
    assert secret not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("comments")
    )
    assert Decision.objects.count() == 0


def test_a_comment_is_dated_by_the_moment_in_which_it_was_judged(article, only_rules):
    at = timezone.now() - timedelta(seconds=90)

    assert send(article, at=at).submitted_at == at
