"""What the database refuses in each table, on whichever way it comes."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from articles import publishing
from articles.models import ArchiveImage, Category, RelatedPost, Tag
from tests.articles.tables import NOW, insert, run
from tests.conftest import jpeg, while_another_waits

# A row of each table that the database takes as it stands.
ROWS: dict[str, dict[str, Any]] = {
    "articles_article": {
        **{"title": "خبر", "subtitle": "", "slug": "خبر", "body": "", "excerpt": ""},
        **{"image_caption": "", "status": "draft", "language": "ar", "comments_open": True},
        **{"created_at": NOW, "updated_at": NOW},
    },
    "articles_category": {"name": "محليات", "slug": "محليات", "description": "", "position": 0},
    "articles_byline": {"name": "المرفأ", "slug": "المرفأ"},
    "articles_tag": {"name": "مدارس", "slug": "مدارس"},
    "articles_archiveimage": {
        **{"file": "originals/a.jpg", "alt": "مرفأ", "caption": "", "credit": ""},
        **{"is_archive": True, "width": 3, "height": 2, "sha256": "a" * 64, "added_at": NOW},
    },
}
BLANKS = ["", " \t\n", "\u00a0\u200f\ufeff", "ـــ"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ROWS)
def test_a_whole_row_is_taken_once_and_no_second_time(table):
    insert(table, **ROWS[table])

    with pytest.raises(IntegrityError, match="duplicate key"):
        insert(table, **ROWS[table])


@pytest.mark.django_db
@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("articles_article", "title"),
        ("articles_article", "slug"),
        ("articles_category", "name"),
        ("articles_category", "slug"),
        ("articles_byline", "name"),
        ("articles_byline", "slug"),
        ("articles_tag", "name"),
        ("articles_tag", "slug"),
        ("articles_archiveimage", "file"),
    ],
)
def test_a_blank_required_text_is_refused(table, column, blank):
    rule = "slug_of_an_address" if column == "slug" else f"{column}_not_blank"
    constraint = f"{table.removeprefix('articles_')}_{rule}"

    with pytest.raises(IntegrityError, match=constraint):
        insert(table, **{**ROWS[table], column: blank})
    insert(table, **ROWS[table])
    with pytest.raises(IntegrityError, match=constraint):
        run(f"UPDATE {table} SET {column} = %s", blank)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("articles_article", "title"), ("articles_category", "name")),
        *(("articles_byline", "name"), ("articles_tag", "name")),
    ],
)
def test_marks_without_a_letter_are_no_text(table, column):
    refusal = f"{table.removeprefix('articles_')}_{column}_not_blank"

    with pytest.raises(IntegrityError, match=refusal):
        insert(table, **{**ROWS[table], column: "\u064b\u064c"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column", "value", "refusal"),
    [
        ("articles_article", "language", "X1", "article_language_code"),
        ("articles_article", "status", "published", "article_public_only_when_complete"),
        ("articles_article", "title", None, "null value"),
        ("articles_article", "slug", None, "null value"),
        ("articles_article", "body", None, "null value"),
        ("articles_archiveimage", "width", 0, "archiveimage_has_a_size"),
        ("articles_archiveimage", "height", 0, "archiveimage_has_a_size"),
        ("articles_archiveimage", "alt", " \t\n", "archiveimage_alt_empty_or_readable"),
        ("articles_archiveimage", "alt", "ـــ", "archiveimage_alt_empty_or_readable"),
        ("articles_archiveimage", "alt", "\u064b", "archiveimage_alt_empty_or_readable"),
        *(
            ("articles_archiveimage", "taken_on", f"{year}-12-31", "since_there_are_photographs")
            for year in ("0001", "1825")
        ),
        ("articles_archiveimage", "focal_x", 101, "archiveimage_focal_point_in_the_picture"),
        ("articles_archiveimage", "focal_y", 101, "archiveimage_focal_point_in_the_picture"),
        ("articles_archiveimage", "sha256", "A" * 64, "archiveimage_sha256_in_hex"),
        ("articles_archiveimage", "sha256", "a" * 63, "archiveimage_sha256_in_hex"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(table, column, value, refusal):
    with pytest.raises(IntegrityError, match=refusal):
        insert(table, **{**ROWS[table], column: value})


@pytest.mark.parametrize("status", ["hidden", ""])
def test_a_status_that_is_not_known_is_refused(article, status):
    with pytest.raises(IntegrityError, match="article_status_known"):
        run("UPDATE articles_article SET status = %s", status)


@pytest.mark.parametrize("withdraw", [False, True])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("byline_id", None), ("category_id", None), ("published_at", None)),
        *(("body", ""), ("body", " \u200b\n"), ("body", "<p>\u064b</p>")),
    ],
)
def test_a_story_that_was_made_public_stays_complete(article, column, value, withdraw):
    if withdraw:
        publishing.retract(article)

    with pytest.raises(IntegrityError, match="article_public_only_when_complete"):
        run(f"UPDATE articles_article SET {column} = %s WHERE id = %s", value, article.pk)


# Categories


@pytest.fixture
def branch(db) -> list[Category]:
    """Three categories, each below the one before."""
    categories: list[Category] = []
    for name in ("أعلى", "وسط", "أسفل"):
        parent = categories[-1] if categories else None
        categories.append(Category.objects.create(name=name, parent=parent))
    return categories


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_category_never_stands_below_itself(branch, length):
    top, lowest = branch[0], branch[length - 1]

    with pytest.raises(IntegrityError, match="cannot stand below itself"):
        run("UPDATE articles_category SET parent_id = %s WHERE id = %s", lowest.pk, top.pk)


def test_no_ring_is_closed_by_one_statement(db):
    a, b = (Category.objects.create(name=name) for name in ("يمين", "يسار"))

    with pytest.raises(IntegrityError, match="cannot stand below itself"):
        run(
            "UPDATE articles_category SET parent_id = CASE id WHEN %s THEN %s ELSE %s END",
            *(a.pk, b.pk, a.pk),
        )


@pytest.mark.parametrize("parents", [{901: 901}, {901: 902, 902: 901}])
def test_no_ring_is_inserted(db, parents):
    with (
        pytest.raises(IntegrityError, match=r"below itself|not_its_own_parent"),
        transaction.atomic(),
    ):
        for pk, parent in parents.items():
            row = ROWS["articles_category"] | {"name": f"قسم {pk}", "slug": f"قسم-{pk}"}
            insert("articles_category", id=pk, parent_id=parent, **row)


def test_a_branch_may_move_elsewhere(branch):
    other = Category.objects.create(name="غيره")

    run("UPDATE articles_category SET parent_id = %s WHERE id = %s", other.pk, branch[1].pk)

    lowest = Category.objects.with_tree_fields().get(pk=branch[2].pk)
    assert lowest.tree_path == [other.pk, branch[1].pk, branch[2].pk]


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_close_no_ring_between_them():
    a, b = (Category.objects.create(name=name) for name in ("يمين", "يسار"))

    def put(category: Category, *, below: Category) -> str:
        try:
            Category.objects.filter(pk=category.pk).update(parent=below)
        except IntegrityError as error:
            return str(error)
        return "done"

    first, second = while_another_waits(lambda: put(a, below=b), lambda: put(b, below=a))

    assert first == "done"
    assert "cannot stand below itself" in second
    assert list(Category.objects.values_list("name", "parent__name").order_by("pk")) == [
        ("يمين", "يسار"),
        ("يسار", None),
    ]


# Related stories, tags, pictures


def test_a_story_is_related_neither_to_itself_nor_twice(article, published):
    other = published("غيره")
    RelatedPost.objects.create(from_article=article, to_article=other)

    for target, refusal in ((article, "never_itself"), (other, "never_twice")):
        with pytest.raises(IntegrityError, match=f"relatedpost_{refusal}"):
            insert(
                "articles_relatedpost",
                **{"from_article_id": article.pk, "to_article_id": target.pk, "position": 1},
            )
    RelatedPost.objects.create(from_article=other, to_article=article)


def test_a_story_carries_a_tag_once(article):
    article.tags.add("مدارس")

    with pytest.raises(IntegrityError, match="article_tagged_once"):
        insert(
            "articles_taggedarticle",
            **{"content_object_id": article.pk, "tag_id": Tag.objects.get().pk},
        )


def test_tags_that_differ_in_ornaments_alone_have_addresses_of_their_own(article):
    long = "م" * 99
    article.tags.add("مدرسة", "مدرسةٌ", long, long[:-1] + "ـم")

    slugs = list(Tag.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 4


def test_a_picture_is_in_the_archive_once(image):
    with pytest.raises(IntegrityError, match="sha256"):
        ArchiveImage.objects.create(file=ContentFile(jpeg(), name="again.jpg"), alt="نفسها")
