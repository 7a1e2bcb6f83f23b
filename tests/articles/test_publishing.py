"""Every change of an article's status goes through `articles.publishing`."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import publishing
from articles.models import ArchiveImage, Article, ArticleDecision, ArticleStatus

TOMORROW = timezone.now() + timedelta(days=1)


def decisions_of(article: Article) -> list[tuple[str, str]]:
    """From what to what the status went, in the order in which it happened."""
    return list(article.decisions.order_by("id").values_list("old", "new"))


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


def test_a_story_goes_from_draft_to_archive_and_each_step_is_kept(draft, writer, editor):
    article = draft(owner=writer)

    publishing.submit(article, by=writer)
    publishing.back_to_draft(article, by=editor, reason="أين المصدر؟")
    publishing.submit(article, by=writer)
    publishing.schedule(article, TOMORROW, by=editor)
    publishing.publish(article, by=editor)
    publishing.retract(article, by=editor)

    assert decisions_of(article) == [
        ("draft", "in_review"),
        ("in_review", "draft"),
        ("draft", "in_review"),
        ("in_review", "scheduled"),
        ("scheduled", "published"),
        ("published", "retracted"),
    ]


@pytest.mark.parametrize(
    "act", [publishing.publish, lambda each: publishing.schedule(each, TOMORROW)]
)
def test_an_incomplete_story_is_refused_with_all_that_it_lacks(draft, act):
    article = draft(
        byline=None, category=None, body="<p>&nbsp;</p>", excerpt=" ", no_image_reason="ـ"
    )

    with pytest.raises(publishing.Refused) as refused:
        act(article)

    assert [str(each) for each in publishing.missing_for_publication(article)] == [
        "التوقيع",
        "المتن",
        "المقتطف",
        "صورة رئيسية، أو سبب غيابها",
        "القسم الرئيسي",
    ]
    for lacking in publishing.missing_for_publication(article):
        assert str(lacking) in str(refused.value)
    assert ArticleDecision.objects.count() == 0


def test_a_picture_stands_in_for_the_reason_why_there_is_none(draft, image):
    article = draft(image=image, no_image_reason="")

    assert publishing.publish(article).status == ArticleStatus.PUBLISHED


@pytest.mark.parametrize("where", ["lead", "body"])
def test_a_picture_that_nobody_has_described_is_told_before_it_is_published(draft, image, where):
    ArchiveImage.objects.update(alt="")
    shown = f'<p>نص.</p><figure data-picture="{image.pk}"></figure>'
    article = draft(image=image) if where == "lead" else draft(body=shown)

    with pytest.raises(publishing.Refused):
        publishing.publish(article)

    ArchiveImage.objects.update(alt="قوارب صيد")
    assert publishing.publish(article).status == ArticleStatus.PUBLISHED


def test_an_incomplete_story_may_be_handed_in(draft):
    article = draft(byline=None, body="", excerpt="")

    assert publishing.submit(article).status == ArticleStatus.IN_REVIEW


@pytest.mark.parametrize(
    ("begun", "refused"),
    [
        ([], publishing.retract),
        ([publishing.submit], publishing.retract),
        ([publishing.publish], publishing.submit),
        ([publishing.publish], lambda each: publishing.schedule(each, TOMORROW)),
        ([publishing.publish, publishing.retract], publishing.back_to_draft),
        ([publishing.publish, publishing.retract], publishing.submit),
    ],
)
def test_what_may_not_follow_a_status_is_refused(draft, begun, refused):
    article = draft()
    for step in begun:
        step(article)
    before = Article.objects.values().get()

    with pytest.raises(publishing.Refused):
        refused(article)

    assert Article.objects.values().get() == before
    assert len(decisions_of(article)) == len(begun)


def test_a_story_is_not_published_ahead_of_its_date(draft):
    with pytest.raises(publishing.Refused):
        publishing.publish(draft(), at=timezone.now() + timedelta(minutes=1))

    assert not Article.objects.public().exists()


def test_a_story_that_is_public_already_is_never_lost_by_an_edit_of_its_excerpt(article):
    """What a story lacked when it was published, it may lack on; what it had, it keeps."""
    Article.objects.update(no_image_reason="")
    article.refresh_from_db()
    article.full_clean()

    article.excerpt = ""
    with pytest.raises(Exception, match="excerpt"):
        article.full_clean()


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
