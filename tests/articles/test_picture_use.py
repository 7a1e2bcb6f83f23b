"""The database knows which stories show which picture, and keeps what readers see described."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from articles import pictures, publishing
from articles.models import ArchiveImage, Article, ArticleStatus, BodyPicture
from tests.articles.desk import address, errors_of
from tests.articles.tables import run
from tests.conftest import jpeg, while_another_waits

pytestmark = pytest.mark.django_db


def another(color: str = "#aa3311", **fields) -> ArchiveImage:
    return ArchiveImage.objects.create(file=ContentFile(jpeg(color=color), name="b.jpg"), **fields)


def figures(*ids: object) -> str:
    """A body as the database may hold it, with these pictures in it."""
    shown = (
        f'<figure data-picture="{each}"><figcaption>تعليق</figcaption></figure>' for each in ids
    )
    return "<p>نص.</p>" + "".join(shown)


def write_body(article: Article, body: str) -> None:
    run("UPDATE articles_article SET body = %s WHERE id = %s", body, article.pk)


def in_body_of(article: Article) -> set[int]:
    return set(BodyPicture.objects.filter(article=article).values_list("image_id", flat=True))


def test_the_pictures_of_a_body_are_known_and_follow_each_change(draft, image):
    article, second = draft(), another(alt="ثانية")

    write_body(article, figures(image.pk, second.pk, image.pk))
    assert in_body_of(article) == {image.pk, second.pk}
    write_body(article, figures(second.pk))
    assert in_body_of(article) == {second.pk}
    write_body(article, "<p>بلا صور.</p>")
    assert in_body_of(article) == set()


@pytest.mark.parametrize("wrong", ["999999", "x", "", "9" * 30, "-1", "1e3"])
def test_a_picture_that_is_not_there_is_passed_over(draft, image, wrong):
    article = draft()

    write_body(article, figures(wrong, image.pk))

    assert in_body_of(article) == {image.pk}


def test_a_story_written_with_pictures_is_known_from_the_start(image):
    run(
        "INSERT INTO articles_article (title, subtitle, slug, body, excerpt, image_caption, status,"
        " language, comments_open, created_at, updated_at)"
        " VALUES ('خبر', '', 'خبر', %s, '', '', 'draft', 'ar', true, now(), now())",
        figures(image.pk),
    )

    assert in_body_of(Article.objects.get()) == {image.pk}


def test_a_deleted_draft_lets_its_pictures_go(draft, image):
    article = draft()
    write_body(article, figures(image.pk))

    article.delete()

    assert not BodyPicture.objects.exists()
    image.delete()


@pytest.mark.parametrize("where", ["above", "in the text"])
def test_a_picture_in_use_is_deleted_in_no_way(draft, image, where):
    article = draft(image=image if where == "above" else None)
    if where == "in the text":
        write_body(article, figures(image.pk))

    for delete in (image.delete, ArchiveImage.objects.all().delete):
        with pytest.raises(models.ProtectedError):
            delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        run("DELETE FROM articles_archiveimage")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert ArchiveImage.objects.exists()


def test_the_stories_with_a_picture_are_told_once_each(draft, image):
    draft("فوق", image=image)
    within, both = draft("داخل"), draft("كلاهما", image=image)
    for article in (within, both):
        write_body(article, figures(image.pk))
    draft("بلا")

    told = [(story.title, story.leads) for story in pictures.stories_with(image)]
    assert told == [("كلاهما", True), ("داخل", False), ("فوق", True)]
    counted = pictures.with_use_count(ArchiveImage.objects.all()).get()
    assert counted.use_count == 3
    assert not ArchiveImage.objects.unused().exists()
    assert ArchiveImage.objects.used().count() == 1


# What readers see is described


def make_public(article: Article) -> None:
    """What an import or psql would do, past the functions that ask kindly."""
    Article.objects.filter(pk=article.pk).update(status="published", published_at=timezone.now())


def test_a_story_is_not_published_with_an_undescribed_lead_picture(draft):
    article = draft(image=another())

    with pytest.raises(IntegrityError, match="has no description"), transaction.atomic():
        make_public(article)
    assert Article.objects.get().status == ArticleStatus.DRAFT


def test_a_story_is_not_published_with_an_undescribed_picture_in_its_text(draft, image):
    article, undescribed = draft(image=image), another()
    write_body(article, figures(undescribed.pk))

    with pytest.raises(IntegrityError, match=f"picture {undescribed.pk} is shown"):
        make_public(article)


@pytest.mark.parametrize("where", ["image", "body"])
def test_an_editor_is_told_of_an_undescribed_picture_beside_its_field(
    desk, published, story, image, where
):
    article, bare = published(image=image), another()
    sent = {"image": bare.pk} if where == "image" else {"image": image.pk, "body": figures(bare.pk)}

    response = desk.post(address(Article, "change", article.pk), story(slug=article.slug, **sent))

    assert set(errors_of(response)) == {where}
    assert Article.objects.get().image == image


def test_an_undescribed_picture_comes_into_no_published_story(article):
    undescribed = another()

    for change in (
        lambda: write_body(article, figures(undescribed.pk)),
        lambda: Article.objects.update(image=undescribed),
    ):
        with pytest.raises(IntegrityError, match="has no description"), transaction.atomic():
            change()
    undescribed.alt = "وُصفت"
    undescribed.save()
    write_body(article, figures(undescribed.pk))
    assert in_body_of(article) == {undescribed.pk}


@pytest.mark.parametrize("where", ["above", "in the text"])
def test_the_description_of_a_picture_that_readers_see_is_not_emptied(article, image, where):
    if where == "above":
        Article.objects.update(image=image)
    else:
        write_body(article, figures(image.pk))

    with pytest.raises(IntegrityError, match="has no description"), transaction.atomic():
        ArchiveImage.objects.update(alt="")
    publishing.retract(article)
    ArchiveImage.objects.update(alt="")
    assert not ArchiveImage.objects.get().is_described


@pytest.mark.django_db(transaction=True)
def test_publishing_and_emptying_the_description_wait_for_each_other(draft, image):
    article = draft(image=image)

    def empty() -> bool:
        try:
            ArchiveImage.objects.update(alt="")
        except IntegrityError:
            return False
        return True

    _published, emptied = while_another_waits(lambda: publishing.publish(article), empty)

    assert not emptied
    assert ArchiveImage.objects.get().is_described


@pytest.mark.django_db(transaction=True)
def test_a_picture_deleted_while_it_is_put_into_a_text_is_kept(draft, image):
    article = draft()

    def delete() -> bool:
        try:
            run("DELETE FROM articles_archiveimage WHERE id = %s", image.pk)
        except IntegrityError:
            return False
        return True

    _written, deleted = while_another_waits(lambda: write_body(article, figures(image.pk)), delete)

    assert not deleted
    assert in_body_of(article) == {image.pk}
