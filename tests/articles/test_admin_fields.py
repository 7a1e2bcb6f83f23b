"""The fields of the desk's forms: what they take and refuse, and that errors lose nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import ArchiveImage, Article, ArticleStatus, Byline, Category, RelatedPost, Tag
from articles.story_form import MOST_FURTHER_CATEGORIES, MOST_TAGS
from tests.articles.desk import address, errors_of
from tests.conftest import jpeg

# Tags, pictures, related stories


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("مدارس، تعليم", {"مدارس", "تعليم"}),
        ("مدارس, تعليم؛ شوارع ; بحر", {"مدارس", "تعليم", "شوارع", "بحر"}),
        ("  تعليم   الكبار ،، ، مدارس،مدارس ", {"تعليم الكبار", "مدارس"}),
        ("“مدارس”، ؟!", {"مدارس"}),
        ("", set()),
    ],
)
def test_tags_are_typed_with_arabic_or_latin_commas(desk, story, typed, names):
    desk.post(address(Article, "add"), story(tags=typed))

    article = Article.objects.get()
    assert set(article.tags.names()) == names
    form = desk.get(address(Article, "change", article.pk)).context["adminform"].form
    assert sorted(
        form["tags"].as_widget().partition('value="')[2].partition('"')[0].split("، ")
    ) == sorted(names or {""})


def test_a_tag_that_is_there_already_is_taken(desk, story):
    tag = Tag.objects.create(name="Budget")

    desk.post(address(Article, "add"), story(tags="budget"))

    assert list(Article.objects.get().tags.all()) == [tag]


@pytest.mark.parametrize("typed", ["و" * 101, "قصير، " + "طويل " * 30, "ﷺ\0"])
def test_a_tag_that_cannot_be_kept_is_an_error_beside_the_field(desk, story, typed):
    response = desk.post(address(Article, "add"), story(tags=typed))

    assert set(errors_of(response)) == {"tags"}
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["، ".join(f"وسم {number}" for number in range(MOST_TAGS + 1)), "و،" * 100_000],
    ids=["one too many", "a line without end"],
)
def test_more_tags_than_a_story_has_are_an_error_beside_the_field(desk, story, typed):
    response = desk.post(address(Article, "add"), story(tags=typed))

    assert set(errors_of(response)) == {"tags"}
    assert typed in response.content.decode()
    assert (Tag.objects.count(), Article.objects.count()) == (0, 0)


def test_as_many_tags_as_a_story_has_are_taken(desk, story):
    names = [f"{number:03}" + "و" * 97 for number in range(MOST_TAGS)]

    desk.post(address(Article, "add"), story(tags="، ".join(names)))

    assert set(Article.objects.get().tags.names()) == set(names)


def test_more_further_categories_than_a_story_has_are_an_error_beside_the_field(desk, story):
    several = [
        Category.objects.create(name=f"باب {number}", slug=f"باب-{number}").pk
        for number in range(MOST_FURTHER_CATEGORIES + 1)
    ]

    refused = desk.post(address(Article, "add"), story(further_categories=several))
    desk.post(address(Article, "add"), story(further_categories=several[1:]))

    assert set(errors_of(refused)) == {"further_categories"}
    assert set(Article.objects.get().further_categories.values_list("pk", flat=True)) == {
        *several[1:]
    }


@pytest.mark.parametrize("forged", ["TOTAL", "INITIAL"])
def test_a_forged_number_of_picks_makes_no_such_number_of_forms(desk, story, forged):
    sent = {"related_posts-TOTAL_FORMS": 999_999_999, f"related_posts-{forged}_FORMS": 999_999_999}

    response = desk.post(address(Article, "add"), story(**sent))

    [formset] = response.context["inline_admin_formsets"]
    assert len(formset.formset.forms) == 50
    assert formset.formset.non_form_errors()
    assert not Article.objects.exists()


def test_a_picture_is_put_into_the_archive(desk):
    file = SimpleUploadedFile("مرفأ.jpg", jpeg(), "image/jpeg")

    response = desk.post(address(ArchiveImage, "add"), {"file": file, "alt": "المرفأ"})

    assert response.status_code == 302
    image = ArchiveImage.objects.get()
    assert (image.width, image.height) == (640, 360)
    assert image.file.name == f"originals/{image.sha256[:2]}/{image.sha256}.jpg"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("picture.jpg", b""),
        ("picture.jpg", b"<html><script>steal()</script>"),
        ("picture.jpg", jpeg()[:-200]),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        ("picture.html", jpeg()),
    ],
    ids=["empty", "page", "cut short", "drawing", "wrong ending"],
)
def test_a_wrong_file_is_an_error_beside_the_field(desk, name, data):
    file = SimpleUploadedFile(name, data, "image/jpeg")

    response = desk.post(address(ArchiveImage, "add"), {"file": file, "alt": "المرفأ الجديد"})

    assert set(errors_of(response)) == {"file"}
    assert "المرفأ الجديد" in response.content.decode()
    assert not ArchiveImage.objects.exists()


def test_a_picture_sent_twice_is_an_error_that_names_the_first(desk, image):
    file = SimpleUploadedFile("again.jpg", jpeg(), "image/jpeg")

    response = desk.post(address(ArchiveImage, "add"), {"file": file, "alt": "نفسها"})

    [sentence] = errors_of(response)["file"]
    assert image.alt in sentence
    assert ArchiveImage.objects.count() == 1


def test_related_stories_are_picked_in_the_form(desk, story, published):
    picks = [published("الأول"), published("الثاني")]

    desk.post(address(Article, "add"), story(*picks))

    article = Article.objects.get(status=ArticleStatus.DRAFT)
    assert [each.to_article for each in article.related_posts.all()] == picks


def test_a_story_related_to_itself_or_twice_is_an_error(desk, story, draft, published):
    own, other = draft("نفسه"), published("آخر")

    for picks in ([own], [other, other]):
        response = desk.post(address(Article, "change", own.pk), story(*picks))
        assert response.status_code == 200
        assert response.context["errors"]
    assert not RelatedPost.objects.exists()


@pytest.mark.parametrize(("model", "field"), [(Byline, "byline"), (ArchiveImage, "image")])
def test_bylines_and_pictures_are_found_by_autocomplete(desk, byline, image, model, field):
    found = model.objects.get()

    response = desk.get(
        reverse("admin:autocomplete"),
        {"app_label": "articles", "model_name": "article", "field_name": field, "term": str(found)},
    )

    assert [each["id"] for each in response.json()["results"]] == [str(found.pk)]


# Errors keep what was typed


@pytest.mark.parametrize("title", ["", " ", "\u200b\u200f", "ـــ", "س" * 251])
def test_what_was_typed_is_kept_beside_the_error(desk, story, title):
    typed = story(title=title, body="<p>فقرة طويلة كتبت للتوّ</p>", tags="مدارس، تعليم")

    response = desk.post(address(Article, "add"), typed | {"subtitle": "عنوان فرعي مكتوب"})

    assert set(errors_of(response)) == {"title"}
    page = response.content.decode()
    for kept in ("فقرة طويلة كتبت للتوّ", "مدارس، تعليم", "عنوان فرعي مكتوب"):
        assert kept in page
    assert not Article.objects.exists()


def test_a_slug_that_is_taken_is_an_error_beside_the_field(desk, story, article):
    response = desk.post(address(Article, "add"), story(slug=article.slug))

    assert set(errors_of(response)) == {"slug"}


def test_a_hostile_body_is_sanitised_and_the_form_shows_it_escaped(desk, story):
    desk.post(address(Article, "add"), story(body="<p>نص</p><script>steal()</script>", title="x"))

    assert Article.objects.get().body == "<p>نص</p>"
    refused = desk.post(
        address(Article, "add"), story(body="</textarea><script>x</script>", title="")
    )
    assert "</textarea><script>x" not in refused.content.decode()
