"""A scheduled story comes out once, at its moment, and never before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, ArticleDecision, ArticleStatus, Refused
from tests.conftest import while_another_waits
from tests.jobs import rows

IN_AN_HOUR = timedelta(hours=1)


@pytest.fixture
def scheduled(draft) -> Callable[..., Article]:
    """Makes a story that was due `ago`, though nobody has published it yet."""

    def make(title: str = "خبر الغد", ago: timedelta = timedelta()) -> Article:
        article = publishing.schedule(draft(title), timezone.now() + IN_AN_HOUR)
        due = timezone.now() - ago
        with pgtrigger.ignore():
            Article.objects.filter(pk=article.pk).update(publish_at=due)
            article.decisions.update(publish_at=due)
        article.refresh_from_db()
        return article

    return make


def test_a_scheduled_story_is_seen_by_nobody_before_its_moment(draft, client, editor):
    article = publishing.schedule(draft(), timezone.now() + IN_AN_HOUR, by=editor)

    assert publishing.publish_due() == []
    assert client.get(article.get_absolute_url()).status_code == 404
    assert list(article.decisions.values_list("new", "by", "publish_at")) == [
        ("scheduled", editor.pk, article.publish_at)
    ]


def test_a_story_that_is_due_comes_out_dated_at_its_moment(scheduled, client):
    article = scheduled(ago=timedelta(seconds=1))

    assert publishing.publish_due() == [article]

    published = Article.objects.public().get()
    assert (published.published_at, published.publish_at) == (article.publish_at, None)
    last = article.decisions.first()
    assert (last.old, last.new, last.by) == ("scheduled", "published", None)
    assert last.publish_at == article.publish_at
    assert not ArticleDecision.objects.came_out_late().exists()
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_late_story_comes_out_at_once_dated_now_and_the_lateness_is_told(scheduled, caplog):
    article = scheduled(ago=timedelta(minutes=40))

    publishing.publish_due()

    published = Article.objects.public().get()
    assert timezone.now() - published.published_at < timedelta(minutes=1)
    assert ArticleDecision.objects.came_out_late().get() == article.decisions.first()
    [record] = caplog.records
    assert record.levelname == "WARNING"
    assert f"Article {article.pk} " in record.getMessage()
    assert article.title not in record.getMessage()


def test_what_is_due_comes_out_once_however_often_it_is_looked_for(scheduled):
    article = scheduled()

    assert [publishing.publish_due(), publishing.publish_due()] == [[article], []]
    assert article.decisions.count() == 2


def test_one_that_cannot_come_out_is_told_and_keeps_no_other_from_it(scheduled, caplog):
    first, second = scheduled("الأول", timedelta(seconds=2)), scheduled("الثاني")
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE articles_article ADD CONSTRAINT not_this_one"
            f" CHECK (id <> {first.pk} OR status = 'scheduled')"
        )

    assert publishing.publish_due() == [second]

    [record] = caplog.records
    assert (
        record.getMessage() == f"Article {first.pk} is due and cannot be published: IntegrityError"
    )
    first.refresh_from_db()
    assert first.status == ArticleStatus.SCHEDULED


def test_scheduling_waits_with_a_job_for_the_very_moment(draft):
    moment = timezone.now() + IN_AN_HOUR

    publishing.schedule(draft(), moment)

    jobs = rows("SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE status = 'todo'")
    assert (publishing.PUBLISH_SCHEDULED, moment) in jobs


def test_another_moment_is_one_more_decision_and_the_same_one_is_none(draft, editor):
    first, second = timezone.now() + IN_AN_HOUR, timezone.now() + 2 * IN_AN_HOUR
    article = publishing.schedule(draft(), first)

    publishing.schedule(article, second, by=editor)
    publishing.schedule(article, second, by=editor)

    article.refresh_from_db()
    assert article.publish_at == second
    assert list(article.decisions.order_by("id").values_list("old", "new", "publish_at")) == [
        ("draft", "scheduled", first),
        ("scheduled", "scheduled", second),
    ]


@pytest.mark.parametrize("away", [timedelta(), timedelta(seconds=-1), timedelta(days=6 * 366)])
def test_a_moment_that_has_passed_or_is_years_away_is_refused(draft, away):
    with pytest.raises(Refused):
        publishing.schedule(draft(), timezone.now() + away)

    assert Article.objects.get().status == ArticleStatus.DRAFT


def test_a_story_taken_off_the_schedule_does_not_come_out(scheduled):
    article = scheduled()

    publishing.back_to_draft(article)

    assert publishing.publish_due() == []
    assert Article.objects.get().publish_at is None


def test_a_moment_moved_without_a_decision_is_refused_by_the_database(draft):
    article = publishing.schedule(draft(), timezone.now() + IN_AN_HOUR)

    with pytest.raises(IntegrityError, match="has no decision"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(publish_at=timezone.now())
        connection.check_constraints()


@pytest.mark.parametrize("publish_at", [None, "2031-01-01T06:00Z"])
def test_only_a_scheduled_story_has_a_moment_to_come(draft, publish_at):
    article = draft()
    if publish_at is None:
        publishing.schedule(article, timezone.now() + IN_AN_HOUR)

    moment = publish_at and datetime.fromisoformat(publish_at)
    with pytest.raises(IntegrityError, match="article_moment_of_a_schedule"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(publish_at=moment)


@pytest.mark.django_db(transaction=True)
def test_two_that_look_for_what_is_due_at_once_publish_it_once(scheduled):
    article = scheduled()

    done, other = while_another_waits(publishing.publish_due, publishing.publish_due)

    assert (done, other) == ([article], [])
    assert article.decisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_editor_who_takes_it_off_in_the_last_moment_is_obeyed(scheduled):
    article = scheduled()

    _taken, published = while_another_waits(
        lambda: publishing.back_to_draft(article), publishing.publish_due
    )

    assert published == []
    assert Article.objects.get().status == ArticleStatus.DRAFT
