"""The desk: what editors and writers can do there, and what they are told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles import publishing
from articles.models import (
    ArchiveImage,
    Article,
    ArticleDecision,
    ArticleStatus,
    Byline,
    Category,
    RelatedPost,
    Tag,
)
from tests.conftest import jpeg


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def desk(editor: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(editor)


@pytest.fixture
def writers_desk(writer: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(writer)


@pytest.fixture
def story(category: Category, byline: Byline) -> Callable[..., dict[str, Any]]:
    """What the form of a complete story sends."""

    def make(*picks: Article, **fields: Any) -> dict[str, Any]:
        rows = {
            f"related_posts-{number}-{name}": value
            for number, pick in enumerate(picks)
            for name, value in (("to_article", pick.pk), ("position", number))
        }
        return {
            **{"title": "المجلس يقر الموازنة", "subtitle": "", "slug": "", "byline": byline.pk},
            **{"body": "<p>أقر المجلس الموازنة.</p>", "excerpt": "", "image": ""},
            **{"image_caption": "", "category": category.pk, "tags": "", "language": "ar"},
            **{"comments_open": "on", "related_posts-INITIAL_FORMS": 0},
            "related_posts-TOTAL_FORMS": len(picks),
            **rows,
            **fields,
        }

    return make


def levels_of(response: HttpResponse) -> list[int]:
    """How serious the messages are that the next page shows."""
    return [message.level for message in messages.get_messages(response.wsgi_request)]


def errors_of(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 200, response.status_code
    return dict(response.context["adminform"].form.errors)


# Every page opens, in a bounded number of queries


@pytest.fixture
def rows(published, image, category) -> Callable[[int], Article]:
    """Fills every list of the desk with so many rows; the last article is picked for, and so on."""

    def make(count: int) -> Article:
        articles = []
        for number in range(1, count + 1):
            picture = ContentFile(jpeg(width=100 + number), name="a.jpg")
            articles.append(
                published(
                    f"خبر {number}",
                    category=Category.objects.create(name=f"فرع {number}", parent=category),
                    byline=Byline.objects.create(name=f"توقيع {number}"),
                    image=ArchiveImage.objects.create(file=picture, alt=f"صورة {number}"),
                )
            )
            articles[-1].tags.add(f"وسم {number}")
        main = published("الأساس", image=image)
        main.tags.set(Tag.objects.all())
        main.further_categories.set(Category.objects.all())
        for number, picked in enumerate(articles):
            RelatedPost.objects.create(from_article=main, to_article=picked, position=number)
        return main

    return make


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"), [(Article, 11), (ArchiveImage, 9), (Byline, 7), (Category, 7), (Tag, 7)]
)
def test_a_list_of_the_desk_takes_the_same_queries_at_one_row_and_at_three(
    model, queries, count, desk, rows, django_assert_num_queries
):
    rows(count)
    ContentType.objects.get_for_model(model)

    with django_assert_num_queries(queries):
        response = desk.get(address(model, "changelist"))
    assert len(response.context["cl"].result_list) == model.objects.count() >= count


@pytest.mark.parametrize(
    ("model", "queries"), [(ArchiveImage, 5), (Byline, 5), (Category, 6), (Tag, 5)]
)
def test_a_form_of_the_desk_takes_few_queries(
    model, queries, desk, rows, django_assert_num_queries
):
    rows(3)
    ContentType.objects.get_for_model(model)
    row = model.objects.first()

    with django_assert_num_queries(queries):
        response = desk.get(address(model, "change", row.pk))
    assert response.context["has_change_permission"]


@pytest.mark.parametrize(("count", "queries"), [(1, 15), (3, 17)])
def test_the_form_of_a_story_takes_one_query_more_for_each_picked_story(
    count, queries, desk, rows, django_assert_num_queries
):
    main = rows(count)
    ContentType.objects.get_for_model(Article)

    with django_assert_num_queries(queries):
        response = desk.get(address(Article, "change", main.pk))
    assert len(response.context["inline_admin_formsets"][0].formset.initial_forms) == count


@pytest.mark.parametrize("model", [Article, ArchiveImage, Byline, Category, Tag])
def test_an_empty_form_of_the_desk_opens_and_names_what_is_required(model, desk):
    response = desk.get(address(model, "add"))
    assert response.status_code == 200

    refused = desk.post(address(model, "add"), {f"related_posts-{n}_FORMS": 0 for n in MANAGEMENT})
    assert set(errors_of(refused)) == REQUIRED[model]
    assert not model.objects.exists()


MANAGEMENT = ("TOTAL", "INITIAL")
REQUIRED = {
    Article: {"title", "language"},
    ArchiveImage: {"file", "alt"},
    Byline: {"name", "slug"},
    Category: {"name", "slug", "position"},
    Tag: {"name", "slug"},
}


def test_every_model_of_the_desk_is_tested_here():
    registered = {model for model in site._registry if model._meta.app_label == "articles"}
    assert registered == set(REQUIRED)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        *((Article, "الموازنة"), (ArchiveImage, "قوارب"), (Byline, "صدى"), (Category, "مواد")),
        (Tag, "مدارس"),
    ],
)
def test_a_list_of_the_desk_is_searched(model, words, desk, published, image):
    published("المجلس يقر الموازنة").tags.add("مدارس")

    for query, count in ((words, 1), ("لا شيء كهذا", 0), ("'\"%\\", 0)):
        response = desk.get(address(model, "changelist"), {"q": query})
        assert len(response.context["cl"].result_list) == count


def test_categories_stand_as_a_tree(desk):
    for name in ("محليات", "رياضة"):
        top = Category.objects.create(name=name)
        Category.objects.create(name=f"فرع {name}", parent=top)

    response = desk.get(address(Category, "changelist"))

    assert [each.name for each in response.context["cl"].result_list] == [
        *("محليات", "فرع محليات", "رياضة", "فرع رياضة"),
    ]


def test_a_category_put_below_itself_is_an_error_of_the_form(desk, category):
    below = Category.objects.create(name="فرع", parent=category)
    data = {"name": category.name, "slug": category.slug, "position": 1, "parent": below.pk}

    response = desk.post(address(Category, "change", category.pk), data)

    assert errors_of(response)
    category.refresh_from_db()
    assert category.parent is None


# Writing and publishing


def test_a_story_saved_without_a_button_of_status_is_a_draft(desk, story):
    response = desk.post(address(Article, "add"), story())

    assert response.status_code == 302
    article = Article.objects.get()
    assert (article.status, article.slug) == (ArticleStatus.DRAFT, "المجلس-يقر-الموازنة")


def test_a_story_is_published_from_its_form(desk, editor, story):
    response = desk.post(address(Article, "add"), story(_publish="1"))

    article = Article.objects.public().get()
    assert response.headers["Location"] == address(Article, "change", article.pk)
    assert levels_of(response) == [messages.SUCCESS]
    assert list(article.decisions.values_list("old", "new", "by")) == [
        ("draft", "published", editor.pk)
    ]
    assert desk.get(article.get_absolute_url()).status_code == 200


def test_what_was_typed_is_saved_before_it_is_published(desk, draft, story):
    article = draft("قبل")

    desk.post(address(Article, "change", article.pk), story(title="بعد", _publish="1"))

    assert Article.objects.public().get().title == "بعد"


@pytest.mark.parametrize(
    ("button", "status", "offered"),
    [("_retract", "retracted", ["publish"]), ("_draft", "draft", ["publish"])],
)
def test_a_published_story_is_taken_off_from_its_form(
    desk, article, story, button, status, offered
):
    page = address(Article, "change", article.pk)
    shown = [name for name, _label in desk.get(page).context["status_buttons"]]

    desk.post(page, story(slug=article.slug, **{button: "1"}))

    article.refresh_from_db()
    assert shown == ["draft", "retract"]
    assert article.status == status
    assert [name for name, _label in desk.get(page).context["status_buttons"]] == offered


@pytest.mark.parametrize(
    "lacking", [{"byline": ""}, {"category": ""}, {"body": "<p>&nbsp;</p>"}, {"body": ""}]
)
def test_an_incomplete_story_stays_a_draft_and_the_editor_is_told(desk, story, lacking):
    response = desk.post(address(Article, "add"), story(_publish="1", **lacking))

    article = Article.objects.get()
    assert response.headers["Location"] == address(Article, "change", article.pk)
    assert levels_of(response) == [messages.WARNING]
    assert article.status == ArticleStatus.DRAFT
    assert not ArticleDecision.objects.exists()


@pytest.mark.parametrize(
    "lacking", [{"byline": ""}, {"category": ""}, {"body": "<p>&nbsp;</p>"}, {"body": ""}]
)
def test_a_public_story_that_would_become_incomplete_is_an_error_beside_the_field(
    desk, article, story, lacking
):
    response = desk.post(address(Article, "change", article.pk), story(**lacking))

    assert set(errors_of(response)) == set(lacking)
    assert Article.objects.public().get().title == article.title


def test_selected_stories_are_published_together_and_the_rest_is_told(desk, editor, draft):
    complete = [draft("الأول"), draft("الثاني")]
    incomplete = draft("ناقص", byline=None)
    selected = [*complete, incomplete]

    response = desk.post(
        address(Article, "changelist"),
        {"action": "publish_selected", "_selected_action": [each.pk for each in selected]},
    )

    assert set(Article.objects.public()) == set(complete)
    assert sorted(levels_of(response)) == [messages.SUCCESS, messages.WARNING]
    assert set(ArticleDecision.objects.values_list("article", "by")) == {
        (each.pk, editor.pk) for each in complete
    }


def test_selected_stories_are_retracted_together(desk, published, draft):
    stories = [published("الأول"), published("الثاني"), draft("مسودة")]

    response = desk.post(
        address(Article, "changelist"),
        {"action": "retract_selected", "_selected_action": [each.pk for each in stories]},
    )

    assert set(Article.objects.retracted()) == set(stories[:2])
    assert sorted(levels_of(response)) == [messages.SUCCESS, messages.WARNING]


def test_a_story_that_was_published_is_not_deleted(desk, published, draft):
    once = publishing.back_to_draft(published("نُشر"))
    never = draft("لم ينشر")

    for article in (once, never):
        desk.post(address(Article, "delete", article.pk), {"post": "yes"})
    desk.post(
        address(Article, "changelist"),
        {"action": "delete_selected", "_selected_action": [once.pk], "post": "yes"},
    )

    assert list(Article.objects.all()) == [once]
    assert desk.get(address(Article, "delete", once.pk)).status_code == 403


# What writers may not


def test_a_writer_saves_a_draft_and_is_offered_no_status(writers_desk, story):
    page = writers_desk.get(address(Article, "add"))
    writers_desk.post(address(Article, "add"), story())

    assert page.context["status_buttons"] == []
    assert Article.objects.get().status == ArticleStatus.DRAFT
    assert "_publish" not in page.content.decode()


@pytest.mark.parametrize("forged", [{"_publish": "1"}, {"status": "published"}])
def test_a_writer_publishes_nothing_even_by_a_forged_form(writers_desk, story, draft, forged):
    own = draft("مسودة")
    data = {**story(published_at_0="2025-01-01", published_at_1="10:00"), **forged}

    writers_desk.post(address(Article, "add"), data)
    writers_desk.post(address(Article, "change", own.pk), data)
    for action in ("publish_selected", "retract_selected"):
        writers_desk.post(
            address(Article, "changelist"), {"action": action, "_selected_action": [own.pk]}
        )

    assert list(Article.objects.values_list("status", "published_at")) == [("draft", None)] * 2
    assert not ArticleDecision.objects.exists()


@pytest.mark.parametrize("retracted", [False, True])
def test_a_writer_changes_no_story_that_was_published(writers_desk, article, story, retracted):
    if retracted:
        publishing.retract(article)
    before = Article.objects.values().get()
    page = address(Article, "change", article.pk)

    shown = writers_desk.get(page)
    forged = writers_desk.post(page, story(title="حرّفه كاتب", _draft="1", _save="1"))
    deleted = writers_desk.post(address(Article, "delete", article.pk), {"post": "yes"})

    assert shown.status_code == 200 and not shown.context["has_change_permission"]
    assert (forged.status_code, deleted.status_code) == (403, 403)
    assert Article.objects.values().get() == before


def test_a_writer_picks_no_related_stories_for_a_published_one(
    writers_desk, article, published, story
):
    other = published("آخر")

    response = writers_desk.post(address(Article, "change", article.pk), story(other))

    assert response.status_code == 403
    assert not RelatedPost.objects.exists()


@pytest.mark.parametrize("model", [Byline, Category, Tag])
def test_a_writer_makes_no_bylines_categories_and_tags_of_the_desk(writers_desk, model):
    response = writers_desk.post(address(model, "add"), {"name": "جديد", "slug": "جديد"})

    assert response.status_code == 403
    assert not model.objects.exists()


@pytest.mark.parametrize("model", [Article, ArchiveImage, Byline, Category, Tag])
def test_a_moderator_sees_no_page_of_the_articles_desk(moderator, as_user, model):
    for page in ("changelist", "add"):
        assert as_user(moderator).get(address(model, page)).status_code == 403


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
