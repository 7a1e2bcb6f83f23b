"""What each role is offered for a story as it stands, and that nothing else is taken."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, steps
from articles.models import Article, ArticleStatus, Refused

TOMORROW = timezone.now() + timedelta(days=1)


def in_status(article: Article, status: str) -> Article:
    if status == "in_review":
        return publishing.submit(article)
    if status == "scheduled":
        return publishing.schedule(article, TOMORROW)
    if status in ("published", "retracted"):
        publishing.publish(article)
    if status == "retracted":
        return publishing.retract(article)
    return Article.objects.get(pk=article.pk)


def names(article: Article, user) -> list[str]:
    return [step.name for step in steps.possible(article, user)]


@pytest.mark.parametrize(
    ("status", "of_the_writer", "of_the_editor"),
    [
        ("draft", ["submit"], ["submit", "publish", "schedule"]),
        ("in_review", ["take_back"], ["publish", "schedule", "send_back"]),
        ("scheduled", [], ["publish", "schedule", "unschedule"]),
        ("published", [], ["draft", "retract"]),
        ("retracted", [], ["publish"]),
    ],
)
def test_each_role_is_offered_what_is_theirs_in_each_status(
    draft, writer, editor, chief, moderator, status, of_the_writer, of_the_editor
):
    article = in_status(draft(owner=writer), status)

    assert names(article, writer) == of_the_writer
    assert names(article, editor) == of_the_editor
    assert names(article, chief) == of_the_editor
    assert names(article, moderator) == []


@pytest.mark.parametrize("status", ArticleStatus.values)
def test_a_writer_is_offered_nothing_for_the_story_of_another(draft, writer, status):
    assert names(in_status(draft(owner=None), status), writer) == []


@pytest.mark.parametrize("status", ArticleStatus.values)
@pytest.mark.parametrize("name", [step.name for step in steps.STEPS])
def test_a_step_that_is_not_offered_is_refused_and_changes_nothing(draft, writer, name, status):
    article = in_status(draft(owner=writer), status)
    if name in names(article, writer):
        steps.take(article, name, by=writer)
        return
    before = Article.objects.values().get()

    with pytest.raises(Refused):
        steps.take(article, name, by=writer, note="ملاحظة", moment=TOMORROW)

    assert Article.objects.values().get() == before


@pytest.mark.parametrize("note", ["", "  ", "ـ\u200f"])
def test_a_story_is_sent_back_only_with_a_note(draft, editor, note):
    article = publishing.submit(draft())

    with pytest.raises(Refused):
        steps.take(article, "send_back", by=editor, note=note)
    steps.take(article, "send_back", by=editor, note="أين المصدر؟")

    last = article.decisions.first()
    assert (last.new, last.reason, last.by) == ("draft", "أين المصدر؟", editor)


def test_a_story_is_scheduled_only_with_a_moment(draft, editor):
    with pytest.raises(Refused):
        steps.take(draft(), "schedule", by=editor)

    article = Article.objects.get()
    assert steps.take(article, "schedule", by=editor, moment=TOMORROW).publish_at == TOMORROW


def test_a_step_is_judged_by_the_story_as_it_is_not_as_it_was_seen(draft, editor, writer):
    seen = publishing.submit(draft(owner=writer))
    publishing.publish(seen, by=editor)
    stale = Article(pk=seen.pk, status=ArticleStatus.IN_REVIEW, owner=writer)

    with pytest.raises(Refused):
        steps.take(stale, "take_back", by=writer)

    assert Article.objects.public().get() == seen
