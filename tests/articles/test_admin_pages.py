"""Every page of the desk opens, is searched, and takes a bounded number of queries."""

from collections.abc import Callable

import pytest
from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from articles.models import (
    ApiToken,
    ArchiveImage,
    Article,
    Byline,
    Category,
    FrontPage,
    RelatedPost,
    StaticPage,
    Tag,
)
from tests.articles.desk import address, errors_of
from tests.articles.static_pages import static_page
from tests.conftest import jpeg


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
            static_page(slug=f"page-{number}")
        main = published("الأساس", image=image)
        main.tags.set(Tag.objects.all())
        main.further_categories.set(Category.objects.all())
        for number, picked in enumerate(articles):
            RelatedPost.objects.create(from_article=main, to_article=picked, position=number)
        return main

    return make


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [(Article, 9), (ArchiveImage, 8), (Byline, 7), (Category, 7), (StaticPage, 7), (Tag, 7)],
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
    ("model", "queries"),
    [(ArchiveImage, 7), (Byline, 5), (Category, 6), (StaticPage, 5), (Tag, 5)],
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


@pytest.mark.parametrize(("count", "queries"), [(1, 15), (3, 15)])
def test_the_form_of_a_story_takes_the_same_queries_however_many_are_picked(
    count, queries, desk, rows, django_assert_num_queries
):
    main = rows(count)
    ContentType.objects.get_for_model(Article)

    with django_assert_num_queries(queries):
        response = desk.get(address(Article, "change", main.pk))
    assert len(response.context["inline_admin_formsets"][0].formset.initial_forms) == count


@pytest.mark.parametrize("model", [Article, ArchiveImage, Byline, Category, StaticPage, Tag])
def test_an_empty_form_of_the_desk_opens_and_names_what_is_required(model, desk):
    response = desk.get(address(model, "add"))
    assert response.status_code == 200
    before = model.objects.count()

    refused = desk.post(address(model, "add"), {f"related_posts-{n}_FORMS": 0 for n in MANAGEMENT})
    assert set(errors_of(refused)) == REQUIRED[model]
    assert model.objects.count() == before


MANAGEMENT = ("TOTAL", "INITIAL")
REQUIRED = {
    Article: {"title", "language"},
    ApiToken: {"name", "scopes", "days"},
    ArchiveImage: {"file", "alt"},
    Byline: {"name", "slug"},
    Category: {"name", "slug", "position"},
    StaticPage: {"title", "slug", "body", "language", "position"},
    Tag: {"name", "slug"},
}


def test_every_model_of_the_desk_is_tested_here():
    registered = {model for model in site._registry if model._meta.app_label == "articles"}
    # The front page is one page of its own, with tests of its own.
    assert registered == {*REQUIRED, FrontPage}


@pytest.mark.parametrize(
    ("model", "words"),
    [
        *((Article, "الموازنة"), (ArchiveImage, "قوارب"), (Byline, "صدى"), (Category, "مواد")),
        *((StaticPage, "الإعلان"), (Tag, "مدارس")),
    ],
)
def test_a_list_of_the_desk_is_searched(model, words, desk, published, image):
    published("المجلس يقر الموازنة").tags.add("مدارس")
    static_page("أسعار الإعلان")

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
