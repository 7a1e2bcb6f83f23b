"""What waits for whom at the desk, and in which order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, worklists
from articles.models import ArticleStatus
from tests.articles.stories import scheduled, sent_back, sent_in, story

pytestmark = pytest.mark.django_db


def titles(lines: list[worklists.Line]) -> list[str]:
    return [line.article.title for line in lines]


def test_what_was_sent_back_stands_first_with_the_note_of_whoever_did(writer, editor):
    story("قديمة", owner=writer, minutes_ago=50)
    story("حديثة", owner=writer, minutes_ago=5)
    sent_back("أعيدت", writer, editor, "أضف المصدر", minutes_ago=500)
    story("لغيره", owner=editor)
    sent_in("قيد المراجعة", writer)

    lines = worklists.my_drafts(writer)

    assert titles(lines) == ["أعيدت", "حديثة", "قديمة"]
    assert [(line.by, line.note, line.is_urgent) for line in lines] == [
        ("editor", "أضف المصدر", True),
        *[("", "", False)] * 2,
    ]


def test_a_draft_that_was_taken_off_the_pages_was_not_sent_back(writer, editor):
    steps = ((ArticleStatus.PUBLISHED, editor, ""), (ArticleStatus.DRAFT, editor, "خطأ"))
    story("سحبت إلى المسودات", *steps, owner=writer)

    (line,) = worklists.my_drafts(writer)

    assert (line.is_urgent, line.note) == (False, "")


def test_what_has_waited_longest_for_an_editor_stands_first(writer, editor):
    for title in ("الأول", "الثاني", "الثالث"):
        sent_in(title, writer, note=f"ملاحظة {title}")
    sent_in("للمحرر", editor)

    lines = worklists.in_review()

    assert titles(lines) == ["الأول", "الثاني", "الثالث", "للمحرر"]
    assert (lines[0].by, lines[0].note) == ("writer", "ملاحظة الأول")
    assert titles(worklists.in_review(writer)) == ["الأول", "الثاني", "الثالث"]


def test_what_is_overdue_stands_before_what_goes_out_next_and_is_urgent(writer, editor):
    now = timezone.now()
    scheduled("غداً", writer, editor, now + timedelta(days=1))
    scheduled("بعد قليل", editor, editor, now + timedelta(seconds=90))
    scheduled("فات موعده", writer, editor, now - timedelta(minutes=1))

    lines = worklists.going_out()

    assert titles(lines) == ["فات موعده", "بعد قليل", "غداً"]
    assert [line.is_urgent for line in lines] == [True, False, False]
    assert lines[-1].days_ago == -1
    assert titles(worklists.going_out(writer)) == ["فات موعده", "غداً"]


def test_only_what_readers_see_was_published_last(published, draft):
    published("قديم", minutes_ago=90)
    published("جديد", minutes_ago=1)
    publishing.schedule(draft("في المستقبل"), timezone.now() + timedelta(hours=1))
    draft("مسودة")

    assert titles(worklists.last_published()) == ["جديد", "قديم"]


@pytest.mark.parametrize("count", [1, 3])
def test_each_list_is_one_query_however_long_it_is(
    count, writer, editor, published, django_assert_num_queries
):
    for number in range(count):
        sent_back(f"أعيدت {number}", writer, editor, "لماذا")
        sent_in(f"تنتظر {number}", writer)
        scheduled(f"مجدولة {number}", writer, editor, timezone.now() + timedelta(hours=number))
        published(f"منشورة {number}")

    for listed in (
        lambda: worklists.my_drafts(writer),
        worklists.in_review,
        worklists.going_out,
        worklists.last_published,
    ):
        with django_assert_num_queries(1):
            assert len([(line.article.title, line.article.slug) for line in listed()]) == count


def test_no_list_is_longer_than_a_page_can_show(writer):
    for number in range(worklists.MOST_LISTED + 1):
        sent_in(f"تنتظر {number}", writer)

    assert len(worklists.in_review()) == worklists.MOST_LISTED
