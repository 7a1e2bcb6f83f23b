"""The timeline tells what happened with a story, by whom and why, newest first."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from articles import corrections, publishing
from articles.models import Article
from articles.timeline import Event, note_to_the_writer, timeline

IN_AN_HOUR = timezone.now() + timedelta(hours=1)


def sent_back(article: Article) -> Event | None:
    return note_to_the_writer(article, timeline(article))


def told(article: Article) -> list[tuple[str, str, str]]:
    """Kind, by whom, note; oldest first."""
    article.refresh_from_db()
    return [
        (each.kind, each.by.username if each.by else "", each.note)
        for each in reversed(timeline(article))
    ]


def test_every_step_is_told_with_who_and_why(draft, writer, editor):
    article = draft(owner=writer)
    publishing.submit(article, by=writer)
    publishing.back_to_draft(article, by=editor, reason="أين المصدر؟")
    publishing.submit(article, by=writer, reason="أضفته")
    publishing.schedule(article, IN_AN_HOUR, by=editor)
    publishing.publish(article, by=editor)
    made = corrections.correct(article, "الرقم 40.", by=editor)
    corrections.take_back(made, by=editor)
    publishing.retract(article, by=editor, reason="لم يثبت")

    assert told(article) == [
        ("begun", "writer", ""),
        ("in_review", "writer", ""),
        ("draft", "editor", "أين المصدر؟"),
        ("in_review", "writer", "أضفته"),
        ("scheduled", "editor", ""),
        ("published", "editor", ""),
        ("corrected", "editor", "الرقم 40."),
        ("taken-back", "editor", "الرقم 40."),
        ("retracted", "editor", "لم يثبت"),
    ]
    assert [each.moment for each in timeline(article) if each.moment] == [IN_AN_HOUR]


def test_a_story_that_came_out_late_is_told_to_be_late(draft):
    article = publishing.schedule(draft(), IN_AN_HOUR)
    long_ago = timezone.now() - timedelta(minutes=5)
    with pgtrigger.ignore():
        Article.objects.update(publish_at=long_ago)
    publishing.publish_due()

    first = timeline(article)[0]
    assert (first.kind, first.is_late, first.by, first.moment) == (
        *("published", True),
        *(None, long_ago),
    )
    assert [each.is_late for each in timeline(article)[1:]] == [False, False]


def test_taking_back_ones_own_story_is_not_called_sending_it_back(draft, writer, editor):
    article = draft(owner=writer)
    labels = []
    for by in (writer, editor):
        publishing.submit(article, by=writer)
        publishing.back_to_draft(article, by=by, reason="سبب")
        labels.append(str(timeline(article)[0].label))

    assert labels[0] != labels[1]


def test_the_note_to_the_writer_stands_until_the_story_is_handed_in_again(draft, writer, editor):
    article = publishing.submit(draft(owner=writer), by=writer)
    assert sent_back(article) is None

    note = sent_back(publishing.back_to_draft(article, by=editor, reason="أين المصدر؟"))
    assert note and (note.note, note.by) == ("أين المصدر؟", editor)

    assert sent_back(publishing.submit(article, by=writer)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_timeline_takes_two_queries(draft, writer, editor, django_assert_num_queries, count):
    article = draft(owner=writer)
    for _number in range(count):
        publishing.publish(article, by=editor)
        corrections.correct(article, "تصويب", by=editor)
        publishing.back_to_draft(article, by=editor)
    article = Article.objects.select_related("owner").get()

    with django_assert_num_queries(2):
        assert len(timeline(article)) == 3 * count + 1
