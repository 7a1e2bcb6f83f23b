"""Every text that was committed once is in a revision, which nothing changes or removes."""

import pytest
from django.contrib.auth.models import User
from django.db import Error, connection, transaction
from django.db.models import ProtectedError, Value
from django.db.models.functions import Concat

from articles import publishing, revisions
from articles.models import (
    ArchiveImage,
    Article,
    Byline,
    Category,
    Refused,
    RelatedPost,
    Tag,
)
from articles.revisions import Revision
from tests.articles.tables import run
from tests.conftest import while_another_waits

SEES_ALL = User(username="chief", is_superuser=True)


def titles(article: Article) -> list[str]:
    return [each.title for each in revisions.of(article)]


def at_commit() -> None:
    """Let the database do now what it does at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# What is kept


def test_a_new_story_has_its_first_revision(draft, byline, category, image):
    article = draft(
        **{"subtitle": "فرعي", "excerpt": "مقتطف", "image": image, "image_caption": "تعليق"},
        **{"no_image_reason": "", "language": "en", "comments_open": False, "slug": "s"},
    )

    [revision] = revisions.of(article)

    assert revision.history_type == "+"
    assert (revision.title, revision.body, revision.byline, revision.category, revision.image) == (
        *(article.title, article.body, byline, category, image),
    )
    assert (revision.subtitle, revision.excerpt, revision.image_caption) == (
        *("فرعي", "مقتطف", "تعليق"),
    )
    assert (revision.language, revision.comments_open, revision.slug) == ("en", False, "s")


def test_each_save_that_says_something_else_is_one_revision(draft):
    article = draft("أول")
    for title in ("ثان", "ثان", "ثالث"):
        article.title = title
        article.save()

    assert titles(article) == ["ثالث", "ثان", "أول"]


def test_a_change_of_status_is_no_revision(draft):
    article = draft()
    publishing.publish(article)
    publishing.retract(article)
    at_commit()

    assert revisions.of(article).count() == 1


def test_a_save_of_some_columns_keeps_what_the_database_holds(draft):
    article = draft("أول")
    Article.objects.filter(pk=article.pk).update(subtitle="من غيري")
    article.title = Concat(Value("أو"), Value("ل من جديد"))
    article.subtitle = "لم يحفظ"
    article.save(update_fields=["title"])

    newest = revisions.of(article).first()

    assert (newest.title, newest.subtitle) == ("أول من جديد", "من غيري")


def test_a_story_without_its_body_in_memory_is_kept_whole(draft):
    article = draft("أول")
    lean = Article.objects.defer("body").get(pk=article.pk)
    lean.title = "ثان"
    lean.save()

    assert revisions.of(article).first().body == article.body


def test_what_is_saved_as_one_is_one_revision(draft):
    article = draft()
    with revisions.kept_as_one(article):
        article.title = "ثان"
        article.save()
        article.tags.add("وسم")
        article.further_categories.add(article.category)
    at_commit()

    newest, _first = revisions.of(article)
    assert (newest.tag_ids, newest.further_category_ids) == (
        [Tag.objects.get().pk],
        [article.category_id],
    )


def test_tags_categories_and_related_stories_put_on_in_a_shell_are_kept_at_commit(draft):
    article, first, second = draft("أول"), draft("ثان"), draft("ثالث")
    article.tags.add("وسم")
    article.further_categories.add(article.category)
    RelatedPost.objects.create(from_article=article, to_article=second, position=1)
    RelatedPost.objects.create(from_article=article, to_article=first, position=0)
    at_commit()

    newest, _first = revisions.of(article)

    assert newest.related_ids == [first.pk, second.pk]
    assert (len(newest.tag_ids), len(newest.further_category_ids)) == (1, 1)
    assert newest.history_user is None


def test_a_tag_that_is_deleted_leaves_a_revision_without_it(draft):
    article = draft()
    article.tags.add("وسم")
    at_commit()
    Tag.objects.get().delete()
    at_commit()

    assert [len(each.tag_ids) for each in revisions.of(article)] == [0, 1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", ["title", "body", "excerpt"])
def test_no_bulk_update_gets_past_the_revisions(draft, column):
    articles = [draft(f"خبر {number}") for number in range(3)]
    Article.objects.update(**{column: "<p>جديد</p>"})
    run(f"UPDATE articles_article SET {column} = 'من خارج'")

    assert [
        [getattr(each, column) for each in revisions.of(article)][:2] for article in articles
    ] == [["من خارج", "<p>جديد</p>"]] * 3
    assert [revisions.of(article).count() for article in articles] == [3, 3, 3]


@pytest.mark.django_db(transaction=True)
def test_a_story_made_in_bulk_has_its_first_revision():
    [article] = Article.objects.bulk_create([Article(title="خبر", slug="خبر", body="<p>نص</p>")])

    assert [(each.history_type, each.body) for each in revisions.of(article)] == [
        ("+", "<p>نص</p>")
    ]


@pytest.mark.django_db(transaction=True)
def test_a_save_outside_any_transaction_is_one_revision_of_whoever_saved(draft, editor):
    article = draft()
    article._history_user = editor
    article.title = "ثان"
    article.save()

    assert [each.history_user for each in revisions.of(article)] == [editor, None]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_the_later_revision_holds_both(draft):
    article = draft()
    tags = [Tag.objects.create(name=name) for name in ("أول", "ثان")]

    def second() -> None:
        with transaction.atomic():
            article.tags.add(tags[1])

    def first() -> None:
        article.tags.add(tags[0])
        at_commit()

    while_another_waits(first, second)

    assert revisions.of(article).first().tag_ids == [tag.pk for tag in tags]


# What stays


@pytest.mark.parametrize(
    "statement",
    ["UPDATE articles_revision SET title = 'x'", "DELETE FROM articles_revision"],
)
def test_no_revision_is_changed_or_deleted(draft, statement):
    draft()

    with pytest.raises(Error, match="Cannot update or delete"):
        run(statement)


def test_the_revisions_are_not_emptied(draft):
    with pytest.raises(Error, match="kept for ever"):
        run("TRUNCATE articles_revision")


def test_a_deleted_draft_leaves_its_revisions_and_who_deleted_it(draft, editor):
    article = draft("مسودة")
    article.tags.add("وسم")
    article._history_user = editor
    at_commit()
    key = article.pk
    article.delete()
    at_commit()

    kept = Revision.objects.filter(id=key)
    assert [(each.history_type, each.history_user) for each in kept] == [
        *[("-", editor), ("~", None), ("+", None)],
    ]
    assert [len(each.tag_ids) for each in kept] == [1, 1, 0]


def test_an_account_that_saved_a_story_is_not_deleted(draft, editor):
    article = draft()
    article._history_user = editor
    article.title = "ثان"
    article.save()

    with pytest.raises(ProtectedError):
        User.objects.get(pk=editor.pk).delete()


# What changed


def test_what_changed_is_told_field_by_field_with_names(draft, image):
    article = draft("أول")
    article.tags.add("باق", "ذاهب")
    other = Byline.objects.create(name="توقيع آخر")
    with revisions.kept_as_one(article):
        article.byline, article.image, article.comments_open = other, image, False
        article.save()
        article.tags.set([Tag.objects.get(name="باق"), Tag.objects.create(name="جديد")])
    at_commit()
    new, old = revisions.of(article)[:2]
    told = {
        each.name: [run.kind.value for block in each.blocks for run in block.runs]
        for each in revisions.compare(old, new, reader=SEES_ALL)
    }

    assert told["byline"] == ["removed", "added"]
    assert told["image"] == ["added"]
    assert told["comments_open"] == ["removed", "added"]


def test_what_is_deleted_since_is_told_by_its_number(draft):
    gone = Byline.objects.create(name="توقيع قديم")
    article = draft(byline=gone)
    article.byline = None
    article.save()
    number = gone.pk
    gone.delete()

    new, old = revisions.of(article)
    [field] = revisions.compare(old, new, reader=SEES_ALL)

    [run] = field.blocks[0].runs
    assert (field.name, str(number) in run.text) == ("byline", True)


@pytest.mark.parametrize("names", [1, 5])
def test_comparing_takes_a_query_for_each_kind_of_thing(
    names, draft, image, django_assert_num_queries
):
    article = draft()
    with revisions.kept_as_one(article):
        article.byline = Byline.objects.create(name="توقيع آخر")
        article.category = Category.objects.create(name="قسم آخر")
        article.image = image
        article.save()
        article.tags.add(*(f"وسم {number}" for number in range(names)))
        for number in range(names):
            RelatedPost.objects.create(from_article=article, to_article=draft(f"آخر {number}"))
    new, old = list(revisions.of(article))

    with django_assert_num_queries(5):
        assert len(revisions.compare(old, new, reader=SEES_ALL)) == 5


# Bringing back


def test_a_revision_is_brought_back_as_a_new_one(draft, editor, image):
    pick = draft("مختار")
    article = draft("أول")
    with revisions.kept_as_one(article):
        article.image, article.subtitle = image, "فرعي"
        article.save()
        article.tags.add("وسم")
        article.further_categories.add(article.category)
        RelatedPost.objects.create(from_article=article, to_article=pick)
    wanted = revisions.of(article).first()
    with revisions.kept_as_one(article):
        article.title, article.body, article.image = "ثان", "<p>غيره</p>", None
        article.save()
        article.tags.clear()
        article.further_categories.clear()
        article.related_posts.all().delete()

    restored = revisions.restore(article, wanted, by=editor)
    at_commit()

    newest = revisions.of(article).first()
    assert (restored.revision, restored.left) == (newest, [])
    assert revisions.changed_fields(newest, wanted) == []
    assert (newest.history_user, newest.restored_from) == (editor, wanted.history_id)
    assert revisions.of(article).count() == 4


def test_bringing_back_what_stands_already_is_no_revision(draft):
    article = draft()

    restored = revisions.restore(article, revisions.of(article).first())

    assert (restored.revision, revisions.of(article).count()) == (None, 1)


def test_bringing_back_never_touches_the_status(draft):
    article = draft("أول")
    article.title = "ثان"
    article.save()
    publishing.publish(article)
    before = Article.objects.values("status", "published_at", "slug").get()

    restored = revisions.restore(article, revisions.of(article).last())

    assert Article.objects.values("status", "published_at", "slug").get() == before
    assert Article.objects.get().title == "أول"
    assert restored.left == []


def test_a_story_that_readers_see_is_not_brought_back_incomplete(draft, byline):
    article = draft("أول", byline=None)
    article.byline = byline
    article.save()
    publishing.publish(article)

    with pytest.raises(Refused):
        revisions.restore(article, revisions.of(article).last())

    assert Article.objects.public().get().byline == byline
    assert revisions.of(article).count() == 2


def test_what_is_gone_meanwhile_is_named_and_left_as_it_is(draft, byline, category, image):
    gone = [
        Byline.objects.create(name="قديم"),
        Category.objects.create(name="قديم"),
        ArchiveImage.objects.get(pk=image.pk),
    ]
    article = draft("أول", byline=gone[0], category=gone[1], image=gone[2])
    article.tags.add("قديم")
    at_commit()
    old = revisions.of(article).first()
    article.title, article.byline, article.category, article.image = "ثان", byline, category, None
    article.save()
    article.tags.clear()
    for each in (*gone, Tag.objects.get()):
        each.delete()

    restored = revisions.restore(article, old)

    fields = ("byline", "image", "category", "tag_ids")
    article.refresh_from_db()
    assert restored.left == [revisions.label(name) for name in fields]
    assert (article.title, article.byline, article.category) == ("أول", byline, category)


def test_an_address_comes_back_with_a_draft_unless_it_is_taken_or_was_published(draft):
    article = draft("أول", slug="أول")
    article.slug = "ثان"
    article.save()
    old = revisions.of(article).last()

    assert revisions.restore(article, old).left == []
    assert Article.objects.get(pk=article.pk).slug == "أول"

    Article.objects.filter(pk=article.pk).update(slug="ثالث")
    draft("غيره", slug="أول")
    assert revisions.restore(article, old).left == [revisions.label("slug")]

    publishing.publish(article)
    Article.objects.filter(slug="أول").update(slug="رابع")
    assert revisions.restore(article, old).left == [revisions.label("slug")]


def test_a_revision_of_another_story_is_not_brought_back(draft):
    article, other = draft("أول"), draft("ثان")

    with pytest.raises(ValueError, match="another story"):
        revisions.restore(article, revisions.of(other).first())
