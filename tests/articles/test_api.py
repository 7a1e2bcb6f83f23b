"""The REST API of articles: which fields it answers, to whom, in how many queries."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from articles import publishing
from articles.models import ArchiveImage, Article, Category, RelatedPost
from tests.articles.api import LIST, in_utc, titles
from tests.conftest import jpeg, many_approved

# What the contract promises, and not one field more.
LIST_FIELDS = {
    *("id", "slug", "url", "title", "subtitle", "byline", "excerpt", "published_at", "updated_at"),
    *("language", "category", "categories", "tags", "image", "comments"),
}
DETAIL_FIELDS = LIST_FIELDS | {"body", "related"}


def detail_of(article: Article) -> str:
    return f"{LIST}{quote(article.slug)}/"


@pytest.fixture
def complete(published, image) -> Article:
    """An article that has all that an article can have."""
    top = Category.objects.create(name="محليات")
    article = published(
        "موازنة الأرصفة",
        subtitle="جلسة طويلة",
        category=Category.objects.create(name="أحياء", parent=top),
        image=image,
        image_caption="الجلسة",
        excerpt="أقرها المجلس.",
    )
    article.tags.add("أرصفة")
    article.further_categories.add(Category.objects.create(name="اقتصاد"))
    many_approved(article, 3)
    return article


def promised(article: Article, image: ArchiveImage) -> dict[str, Any]:
    """What the contract says of `complete`, apart from renditions and related stories."""
    return {
        "id": article.pk,
        "slug": "موازنة-الأرصفة",
        "url": f"http://testserver{article.get_absolute_url()}",
        "title": "موازنة الأرصفة",
        "subtitle": "جلسة طويلة",
        "byline": "صدى الحي",
        "excerpt": "أقرها المجلس.",
        "body": article.body,
        "published_at": in_utc(article.published_at),
        "updated_at": in_utc(article.updated_at),
        "language": "ar",
        "category": {
            "slug": "أحياء",
            "name": "أحياء",
            "path": [
                {"slug": "محليات", "name": "محليات"},
                {"slug": "أحياء", "name": "أحياء"},
            ],
        },
        "categories": [{"slug": "اقتصاد", "name": "اقتصاد"}],
        "tags": [{"slug": "أرصفة", "name": "أرصفة"}],
        "image": {
            "url": f"http://testserver{image.url}",
            "width": 640,
            "height": 360,
            "alt": "قوارب صيد في المرفأ",
            "caption": "الجلسة",
            "credit": "أرشيف الجريدة",
            "is_archive": True,
        },
        "comments": {"open": True, "count": 3},
    }


def test_the_detail_has_the_fields_of_the_contract(client, complete, published, image):
    picked = published("مختار")
    RelatedPost.objects.create(from_article=complete, to_article=picked)

    answer = client.get(detail_of(complete)).json()

    related = answer.pop("related")
    renditions = answer["image"].pop("renditions")
    assert answer == promised(complete, image)
    assert renditions == [
        {
            "url": f"http://testserver{each.url}",
            "width": each.width,
            "height": each.height,
            "format": each.format,
        }
        for each in image.renditions
    ]
    assert [each["title"] for each in related] == ["مختار"]
    assert set(client.get(detail_of(complete)).json()) == DETAIL_FIELDS


def test_the_list_has_the_fields_of_the_contract_without_body_and_related(client, complete):
    answer = client.get(LIST).json()

    assert set(answer) == {"next", "previous", "results"}
    [listed] = answer["results"]
    assert set(listed) == LIST_FIELDS
    detail = client.get(detail_of(complete)).json()
    listed["image"].pop("renditions"), detail["image"].pop("renditions")
    assert listed == {name: detail[name] for name in LIST_FIELDS}


def test_a_list_shows_small_pictures_in_two_formats_and_is_short(client, published, category):
    large = ArchiveImage.objects.create(
        file=ContentFile(jpeg(2400, 1600), name="large.jpg"), alt="منظر عام للمرفأ", credit="وكالة"
    )
    for number in range(20):
        story = published(
            f"المجلس البلدي يقرّ موازنة العام بعد جلسة دامت ست ساعات {number}",
            subtitle="ثلثها للأرصفة والإنارة، واعتراض من حيّ الميناء على رسوم المواقف",
            excerpt="بعد نقاش طويل أقرّ المجلس الموازنة بأغلبية ضيقة. " * 4,
            image=large,
        )
        story.tags.add("بلدية", "موازنة", "أرصفة")
        story.further_categories.add(Category.objects.create(name=f"قسم {number}"))

    answer = client.get(LIST)

    renditions = answer.json()["results"][0]["image"]["renditions"]
    assert [(each["format"], each["width"]) for each in renditions] == [
        (file_format, width) for width in (320, 640, 960) for file_format in ("avif", "jpeg")
    ]
    assert len(answer.json()["results"]) == 20
    assert len(answer.content) < 60_000


def test_only_approved_comments_are_counted(client, article, pending):
    many_approved(article, 3)
    pending()

    assert client.get(detail_of(article)).json()["comments"] == {"open": True, "count": 3}


def test_an_article_without_a_picture_says_so(client, article):
    answer = client.get(detail_of(article)).json()

    assert answer["image"] is None
    assert answer["excerpt"] == article.excerpt


def test_only_the_fields_asked_for_are_answered(client, complete):
    asked = {"fields": "title, comments,url"}

    [listed] = client.get(LIST, asked).json()["results"]
    assert set(listed) == {"title", "comments", "url"}
    assert set(client.get(detail_of(complete), asked).json()) == {"title", "comments", "url"}
    assert set(client.get(detail_of(complete), {"fields": "body"}).json()) == {"body"}


def test_fields_may_come_one_by_one_as_some_clients_write_them(client, complete):
    (row,) = client.get(LIST, {"fields": ["title", "url"]}).json()["results"]

    assert set(row) == {"title", "url"}


def test_an_unknown_field_of_the_detail_is_a_400(client, article):
    response = client.get(detail_of(article), {"fields": "title,status"})

    assert response.status_code == 400
    assert list(response.json()) == ["fields"]
    assert "status" in response.json()["fields"][0]


# Who sees what


def test_what_is_not_public_is_nowhere_in_the_api(client, article, published, draft):
    article.tags.add("سر")
    hidden = [
        draft("سرّ المسودة"),
        publishing.back_to_draft(published("سرّ العائد")),
        publishing.schedule(draft("سرّ الغد"), timezone.now() + timedelta(hours=1)),
    ]
    for story in hidden:
        story.tags.add("سر")
        RelatedPost.objects.create(from_article=article, to_article=story)
    never = client.get(f"{LIST}لم-يكن/")

    assert titles(client) == [article.title]
    assert titles(client, search="سرّ") == [article.title]
    assert client.get(detail_of(article)).json()["related"] == []
    assert never.status_code == 404
    for story in hidden:
        response = client.get(detail_of(story))
        assert (response.status_code, response.content) == (404, never.content)


def test_a_retracted_article_answers_410(client, article):
    publishing.retract(article)

    response = client.get(detail_of(article))

    assert response.status_code == 410
    assert set(response.json()) == {"detail"}
    assert titles(client) == []


def test_a_former_slug_answers_301(client, article):
    former = detail_of(article)
    Article.objects.filter(pk=article.pk).update(slug="عنوان-جديد")

    response = client.get(former)

    assert response.status_code == 301
    assert response.headers["Location"] == f"{LIST}{quote('عنوان-جديد')}/"
    assert client.get(response.headers["Location"]).json()["id"] == article.pk


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_articles_are_only_read(client, article, method):
    for address in (LIST, detail_of(article)):
        assert getattr(client, method)(address).status_code == 405


def test_an_answer_sets_no_cookie_and_is_the_same_for_everyone(client, as_user, editor, article):
    for address in (LIST, detail_of(article), "/api/v1/schema/"):
        public, private = client.get(address), as_user(editor).get(address)
        assert public.content == private.content
        assert not public.cookies and not private.cookies
        assert "Cookie" not in public.headers.get("Vary", "")


# Queries and schema


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_three_queries(count, client, published, image, django_assert_num_queries):
    for number in range(count):
        article = published(f"خبر {number}", image=image)
        article.tags.add("مدارس")
        article.further_categories.add(article.category)
        many_approved(article, 1)

    with django_assert_num_queries(3):
        results = client.get(LIST).json()["results"]
    assert len(results) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_detail_takes_the_same_queries_at_one_related_story_and_at_three(
    count, client, complete, published, image, django_assert_num_queries
):
    for number in range(count):
        story = published(f"قريب {number}", image=image, category=complete.category)
        story.tags.add("أرصفة")
        story.further_categories.add(story.category)

    with django_assert_num_queries(5):
        answer = client.get(detail_of(complete)).json()
    assert len(answer["related"]) == count


@pytest.mark.django_db
def test_the_schema_is_valid_without_a_warning(tmp_path):
    file = tmp_path / "schema.yaml"

    call_command("spectacular", "--validate", "--fail-on-warn", file=str(file))

    assert "/api/v1/articles/{slug}/" in file.read_text()


@pytest.mark.django_db
def test_the_schema_and_its_page_are_served(client):
    schema = json.loads(client.get("/api/v1/schema/", {"format": "json"}).content)
    page = client.get("/api/v1/docs/")

    components = schema["components"]["schemas"]
    assert set(components["Article"]["properties"]) == LIST_FIELDS
    assert set(components["ArticleInFull"]["properties"]) == DETAIL_FIELDS
    assert page.status_code == 200
