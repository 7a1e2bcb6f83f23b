"""What the database makes of a story: a clean body, an address of its own, a lasting record."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, Error, IntegrityError, connection, transaction

from articles.models import Article, Byline, FormerSlug
from tests.articles.tables import NOW, insert, run

# Bodies

HOSTILE = '<p onclick="steal()">نص</p><script>steal()</script>'
CLEAN = "<p>نص</p>"


def stored_body(article: Article) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM articles_article WHERE id = %s", [article.pk])
        return cursor.fetchone()[0]


def test_a_body_is_sanitised_on_save(draft):
    article = draft(body=HOSTILE)

    assert (article.body, stored_body(article)) == (CLEAN, CLEAN)


def test_a_body_is_sanitised_on_bulk_create(db):
    [article] = Article.objects.bulk_create([Article(title="خبر", slug="خبر", body=HOSTILE)])

    assert stored_body(article) == CLEAN


def test_a_body_is_sanitised_on_update(draft):
    article = draft()
    Article.objects.filter(pk=article.pk).update(body=HOSTILE)

    assert stored_body(article) == CLEAN


def test_a_body_is_sanitised_on_bulk_update(draft):
    article = draft()
    article.body = HOSTILE
    Article.objects.bulk_update([article], ["body"])

    assert stored_body(article) == CLEAN


@pytest.mark.parametrize("body", ["<hr>", "<p>ـ</p>", "<p>&nbsp;</p><p><br></p>"])
def test_a_public_story_cannot_lose_its_text_for_mere_markup(article, body: str):
    with pytest.raises(IntegrityError, match="article_public_only_when_complete"):
        Article.objects.filter(pk=article.pk).update(body=body)


# Slugs


def test_stories_of_one_title_have_addresses_of_their_own(draft):
    assert [draft("خبر عاجل").slug for _each in range(3)] == [
        "خبر-عاجل",
        "خبر-عاجل-2",
        "خبر-عاجل-3",
    ]


def test_a_title_without_letters_has_an_address_too(draft):
    assert [draft("؟!").slug, draft("ㅤ!").slug] == ["story", "story-2"]


def test_the_database_keeps_the_former_slug_of_a_published_story(article, draft):
    unpublished = draft("مسودة")
    old = article.slug

    Article.objects.filter(pk=article.pk).update(slug="عنوان-جديد")
    Article.objects.filter(pk=unpublished.pk).update(slug="مسودة-أخرى")

    assert list(FormerSlug.objects.values_list("slug", "article")) == [(old, article.pk)]


def test_a_former_address_is_not_given_to_another_story(article, draft):
    Article.objects.filter(pk=article.pk).update(slug="عنوان-جديد")

    assert draft(article.title).slug == f"{article.slug}-2"


def test_the_database_refuses_a_story_the_former_address_of_another(article, draft):
    taken = article.slug
    other = draft("آخر")
    Article.objects.filter(pk=article.pk).update(slug="الأول")

    with pytest.raises(ValidationError, match="slug"):
        Article(title="ثالث", slug=taken).full_clean()
    for take in (
        lambda: draft("ثان", slug=taken),
        lambda: Article.objects.filter(pk=other.pk).update(slug=taken),
    ):
        with pytest.raises(IntegrityError, match="another story"), transaction.atomic():
            take()
    Article.objects.filter(pk=article.pk).update(slug=taken)
    assert list(FormerSlug.objects.order_by("slug").values_list("slug", "article")) == [
        ("الأول", article.pk),
        (taken, article.pk),
    ]


@pytest.mark.parametrize("slug", ["a b", "a/b", "خبر؟#", "a\u200fb", "a?b", "%2F", "a'b"])
def test_a_slug_that_no_address_can_hold_is_refused(draft, slug: str):
    with pytest.raises(IntegrityError, match="article_slug_of_an_address"):
        draft(slug=slug)


# Decisions


@pytest.mark.parametrize(
    "statement",
    ["UPDATE articles_articledecision SET reason = 'x'", "DELETE FROM articles_articledecision"],
)
def test_a_decision_is_never_rewritten(article, statement):
    with pytest.raises(Error, match="Cannot update or delete"):
        run(statement)
    assert list(article.decisions.values_list("old", "new", "reason")) == [
        ("draft", "published", "")
    ]


def test_the_record_of_decisions_cannot_be_emptied(article):
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match="kept for ever"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE articles_articledecision")
    assert article.decisions.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("draft", "draft", "articledecision_changes_something"),
        ("draft", "hidden", "articledecision_new_known"),
        ("hidden", "draft", "articledecision_old_known"),
    ],
)
def test_a_decision_without_sense_is_refused(article, old, new, refusal):
    with pytest.raises(IntegrityError, match=refusal):
        insert(
            "articles_articledecision",
            **{"article_id": article.pk, "old": old, "new": new, "reason": "", "at": NOW},
        )


def test_a_decision_that_was_not_carried_out_is_refused(article):
    with (
        pytest.raises(IntegrityError, match=r"was not carried out|has no decision"),
        transaction.atomic(),
    ):
        article.decisions.create(old="published", new="retracted")
        connection.check_constraints()


def test_a_story_with_decisions_cannot_be_deleted(article):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk)._raw_delete("default")
        connection.check_constraints()
    assert Article.objects.filter(pk=article.pk).exists()


def test_a_byline_that_signs_a_story_cannot_be_deleted(article):
    with pytest.raises(IntegrityError):
        Byline.objects.all().delete()
