"""Every change of an article's status goes through `articles.publishing`."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from articles import publishing
from articles.models import Article, ArticleDecision, ArticleStatus


def test_publishing_shows_the_story_and_leaves_a_decision(draft, editor: User):
    article = publishing.publish(draft(), by=editor, reason="جاهز")

    assert list(Article.objects.public()) == [article]
    assert list(article.decisions.values_list("old", "new", "by", "reason")) == [
        ("draft", "published", editor.pk, "جاهز")
    ]


def test_publishing_twice_does_nothing_the_second_time(draft):
    first = publishing.publish(draft())
    second = publishing.publish(first)

    assert second.published_at == first.published_at
    assert ArticleDecision.objects.count() == 1


def test_an_incomplete_story_is_refused_with_all_that_it_lacks(draft):
    article = draft(byline=None, category=None, body="<p>&nbsp;</p>")

    with pytest.raises(publishing.Refused) as refused:
        publishing.publish(article)

    assert [str(each) for each in publishing.missing_for_publication(article)] == [
        "التوقيع",
        "المتن",
        "القسم الرئيسي",
    ]
    for lacking in publishing.missing_for_publication(article):
        assert str(lacking) in str(refused.value)
    assert ArticleDecision.objects.count() == 0


def test_a_draft_cannot_be_retracted(draft):
    with pytest.raises(publishing.Refused):
        publishing.retract(draft())


def test_a_status_written_without_a_decision_is_refused_by_the_database(draft):
    article = draft()

    with pytest.raises(IntegrityError, match="has no decision"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(
            status=ArticleStatus.PUBLISHED, published_at=article.created_at
        )
        connection.check_constraints()


def test_a_decision_can_be_neither_changed_nor_deleted(article):
    decision = article.decisions.get()

    for change in (
        lambda: ArticleDecision.objects.update(reason="غيره"),
        lambda: ArticleDecision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            change()
    assert list(article.decisions.all()) == [decision]
