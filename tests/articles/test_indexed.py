"""The names of tags are in a story's index, whoever puts them there and on whatever way."""

import pytest
from django.db import connection, transaction

from articles import finding, search
from articles.models import Article, Tag, TaggedArticle
from tests.conftest import while_another_waits

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    stories = Article.objects.filter(search_index=search.query(typed)).order_by("title")
    return list(stories.values_list("title", flat=True))


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_tag_put_on_and_taken_off_is_found_and_is_not(draft):
    story = draft("خبر")

    story.tags.add("موانئ بحرية", "مدارس")
    assert (found("بحرية"), found("مدارس خبر")) == (["خبر"], ["خبر"])

    story.tags.remove("مدارس")
    assert (found("بحرية"), found("مدارس")) == (["خبر"], [])

    story.tags.clear()
    assert found("بحرية") == []


def test_a_renamed_tag_is_found_by_its_new_name_in_all_its_stories(draft):
    for title in ("أول", "ثان"):
        draft(title).tags.add("مدارس")
    draft("ثالث").tags.add("ملاعب")

    Tag.objects.filter(name="مدارس").update(name="جامعات")

    assert (found("مدارس"), found("جامعات"), found("ملاعب")) == ([], ["أول", "ثان"], ["ثالث"])


def test_what_psql_does_to_tags_is_in_the_index(draft):
    first, second = draft("أول"), draft("ثان")
    for name in ("مدارس", "ملاعب"):
        Tag.objects.create(name=name)
    schools, grounds = Tag.objects.order_by("name")
    put_on = "INSERT INTO articles_taggedarticle (content_object_id, tag_id) VALUES (%s, %s)"

    execute(put_on, first.pk, schools.pk)
    assert found("مدارس") == ["أول"]

    execute("UPDATE articles_taggedarticle SET content_object_id = %s", second.pk)
    assert found("مدارس") == ["ثان"]

    execute("UPDATE articles_taggedarticle SET tag_id = %s", grounds.pk)
    assert (found("مدارس"), found("ملاعب")) == ([], ["ثان"])

    execute("UPDATE articles_tag SET name = name || ' جديدة'")
    assert found('"ملاعب جديدة"') == ["ثان"]

    execute("DELETE FROM articles_taggedarticle")
    assert found("ملاعب") == []


def test_a_deleted_tag_is_found_no_longer(draft):
    draft("خبر").tags.add("مدارس")

    Tag.objects.get().delete()

    assert found("مدارس") == []


def test_a_story_that_was_read_before_keeps_the_tags_put_on_since(draft):
    story = draft("خبر")
    Article.objects.get(pk=story.pk).tags.add("مدارس")

    story.save()
    Article.objects.update(indexed_tags="شيء آخر")

    assert (found("مدارس"), found("آخر")) == (["خبر"], [])


def test_a_tag_weighs_less_than_a_subtitle_and_more_than_a_body(published):
    published("في النص", body="<p>المرفأ والمرفأ والمرفأ.</p>", excerpt="بلا.")
    published("في الوسم").tags.add("المرفأ")
    published("تحت العنوان", subtitle="المرفأ")
    published("المرفأ")

    keys = finding.find_keys(search.Asked.read("المرفأ")).keys

    stories = Article.objects.in_bulk(keys)
    assert [stories[key].title for key in keys] == ["المرفأ", "تحت العنوان", "في الوسم", "في النص"]


def test_tags_alone_make_no_story_newer(draft):
    story = draft("خبر")

    story.tags.add("مدارس")

    assert Article.objects.get().updated_at == story.updated_at


@pytest.mark.django_db(transaction=True)
def test_a_tag_renamed_while_it_is_put_on_is_in_the_index_by_its_new_name(draft):
    story, tag = draft("خبر"), Tag.objects.create(name="مدارس")

    def put_on() -> None:
        with transaction.atomic():
            TaggedArticle.objects.create(content_object=story, tag=tag)

    while_another_waits(
        lambda: Tag.objects.filter(pk=tag.pk).update(name="جامعات"),
        put_on,
    )

    assert (found("جامعات"), found("مدارس")) == (["خبر"], [])


@pytest.mark.django_db(transaction=True)
def test_two_tags_put_on_at_once_are_both_in_the_index(draft):
    story = draft("خبر")
    tags = [Tag.objects.create(name=name) for name in ("مدارس", "ملاعب")]
    put_on = [
        lambda tag=tag: TaggedArticle.objects.create(content_object=story, tag=tag) for tag in tags
    ]

    while_another_waits(*put_on)

    assert found("مدارس ملاعب") == ["خبر"]
