"""The moderators' queue: which comments stand in which tab, how many, and since when."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from comments import commenters, editing, moderation, policy, queue, reports
from comments.models import (
    Comment,
    CommentPolicy,
    CommentStatus,
    Decision,
    Mode,
    ReportReason,
    Standing,
    Tally,
)
from comments.queue import TABS, Moment, Selection
from tests.conftest import many_approved, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def held_by(pending):
    """Makes a comment that waits because of this rule."""

    def make(rule: str, **fields) -> Comment:
        comment = pending(**fields)
        Comment.objects.filter(pk=comment.pk).update(held_by=rule)
        comment.refresh_from_db()
        return comment

    return make


@pytest.fixture
def one_of_each(held_by, pending, approved) -> dict[str, Comment]:
    """A comment for each way in which one can stand in the queue."""
    made = {
        "everything": pending(),
        "newcomer": held_by("newcomer"),
        "links": held_by("links"),
        "danger": held_by("danger"),
        "approved": approved(),
        "reported": approved(),
        **{status: pending() for status in ("spam", "rejected", "trash", "withdrawn")},
    }
    for status in ("spam", "rejected", "trash", "withdrawn"):
        moderation.decide(made[status].pk, CommentStatus(status), rule="test")
    reports.report(made["reported"], ReportReason.INSULT, network=None)
    return made


IN_TAB = {
    "pending": {"everything", "newcomer", "links", "danger"},
    "suspect": {"links", "danger"},
    "reported": {"reported"},
    "newcomers": {"newcomer"},
    "spam": {"spam"},
    "approved": {"approved", "reported"},
    "rejected": {"rejected"},
    "trash": {"trash"},
    "all": {
        *("everything", "newcomer", "links", "danger", "approved", "reported"),
        *("spam", "rejected", "trash", "withdrawn"),
    },
}


def names(comments, made: dict[str, Comment]) -> set[str]:
    name_of = {comment.pk: name for name, comment in made.items()}
    return {name_of[comment.pk] for comment in comments}


def test_each_tab_has_its_own_comments(one_of_each):
    assert {tab: names(Selection(tab=tab).comments(), one_of_each) for tab in TABS} == IN_TAB


def test_the_counts_of_all_tabs_are_exact_and_take_one_query(
    one_of_each, django_assert_num_queries
):
    with django_assert_num_queries(1):
        counts = queue.counts()

    assert counts == {tab: len(members) for tab, members in IN_TAB.items()}


def test_the_counts_stay_exact_through_decisions_reports_and_compaction(
    one_of_each, moderator: User
):
    moderation.decide(one_of_each["links"].pk, CommentStatus.SPAM, by=moderator)
    moderation.decide(one_of_each["spam"].pk, CommentStatus.PENDING, by=moderator)
    moderation.dismiss_reports(one_of_each["reported"].pk, by=moderator)
    reports.report(one_of_each["approved"], ReportReason.HATE, network=None)
    reports.report(one_of_each["approved"], ReportReason.SPAM, network=None)
    counted = {tab: Selection(tab=tab).comments().count() for tab in TABS}

    assert queue.counts() == counted
    Tally.compact()
    assert queue.counts() == counted


def test_an_empty_queue_counts_nothing():
    assert queue.counts() == dict.fromkeys(TABS, 0)
    assert Moment.now() == Moment(0, 0, 0)
    assert queue.read_page(Selection()).comments == []


# Moments


def test_a_moment_knows_what_has_come_or_others_have_changed_since(pending, approved, moderator):
    untouched, own, decided, edited = (pending() for _each in range(4))
    reported, withdrawn = approved(), approved()
    reports.report(reported, ReportReason.HATE, network=None)
    shown, other = Moment.parse(str(Moment.now())), staff("editor")
    there = {untouched, own, decided, edited, reported, withdrawn}
    assert {*shown.still(Comment.objects.all(), moderator)} == there

    pending()
    for comment, by in ((own, moderator), (decided, other)):
        moderation.decide(comment.pk, CommentStatus.SPAM, by=by)
        moderation.decide(comment.pk, CommentStatus.PENDING, by=by)
    editing.edit(edited.pk, "نص آخر", by=other)
    reports.report(reported, ReportReason.SPAM, network=None)
    moderation.withdraw(withdrawn)

    assert {*shown.still(Comment.objects.all(), moderator)} == {untouched, own}


@pytest.mark.parametrize("text", ["", "1", "1-2", "1-2-x", "1--2", "1-2-3-4", "1-2-" + "9" * 30])
def test_what_names_no_moment_is_refused(text):
    with pytest.raises(ValueError, match="no moment"):
        Moment.parse(text)


# Filters


def test_a_selection_is_narrowed_by_each_filter(one_of_each, published, pending, held_by):
    other = published("خبز الفرن القديم")
    there = pending(on=other, body="هذا الخبز طيب", name="كريم")
    first = one_of_each["everything"]

    assert [*Selection(article=other.pk).comments()] == [there]
    assert names(Selection(rule="links").comments(), one_of_each) == {"links"}
    assert [*Selection(commenter=first.commenter_id, words="الخبز").comments()] == [there]
    assert [*Selection(commenter=first.commenter_id + 1).comments()] == []
    assert [*Selection(words="كريم").comments()] == [there]
    assert [*Selection(words="زيتون").comments()] == []
    assert [*Selection(tab="all", article=other.pk, words="خبز").comments()] == [there]


def test_days_are_those_of_the_newsroom_and_both_are_included(pending, settings):
    settings.TIME_ZONE = "Asia/Damascus"
    comment = pending()
    # Half past midnight of the fifth in Damascus is still the fourth in London.
    Comment.objects.filter(pk=comment.pk).update(
        submitted_at=datetime(2026, 3, 4, 21, 30, tzinfo=UTC)
    )
    fourth, fifth, sixth = (date(2026, 3, day) for day in (4, 5, 6))

    assert [*Selection(since=fifth, until=fifth).comments()] == [comment]
    assert [*Selection(since=sixth).comments()] == []
    assert [*Selection(until=fourth).comments()] == []


@pytest.mark.parametrize(
    ("selection", "queries"),
    [
        (Selection(), 0),
        (Selection(oldest_first=True), 0),
        (Selection(rule="links"), 1),
        (Selection(tab="all", rule="links"), 1),
        (Selection(words="تقرير"), 1),
        (Selection(tab="approved", words="تقرير"), 1),
    ],
)
def test_the_number_of_a_selection_is_exact(
    one_of_each, django_assert_num_queries, selection, queries
):
    counts = queue.counts()

    with django_assert_num_queries(queries):
        number = selection.number(counts)

    assert number == selection.comments().count() > 0


def test_a_large_selection_that_the_tally_does_not_know_is_not_counted_to_its_end(
    article: Article, monkeypatch
):
    many_approved(article, 4)
    monkeypatch.setattr(queue, "MOST_COUNTED", 3)
    counts = queue.counts()

    assert Selection(tab="approved", words="تعليق").number(counts) is None
    assert Selection(tab="approved").number(counts) == 4


# What the rules of the whole project leave to the queue


def test_newcomers_wait_in_their_tab_once_the_mode_holds_them(pending):
    policy.change(CommentPolicy.load(), {"mode": Mode.NEWCOMERS})
    comment = pending()

    assert comment.held_by == "newcomer"
    assert [*Selection(tab="newcomers").comments()] == [comment]
    assert queue.counts()["newcomers"] == 1


def test_a_banned_commenter_is_rejected(pending, moderator):
    commenters.set_standing(pending().commenter_id, Standing.BANNED, by=moderator)
    comment = pending()

    assert (comment.held_by, comment.status) == ("banned", "rejected")
    assert Decision.objects.filter(comment=comment).count() == 1
