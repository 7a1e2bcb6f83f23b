"""What the text editor asks the desk: stories to link to, pictures to put in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from articles.admin.editor import PAGE_SIZE
from articles.models import ArchiveImage, Article
from tests.articles.desk import address
from tests.conftest import jpeg

ARTICLES = "admin:editor_articles"
PICTURES = "admin:editor_pictures"


def answer(client: Client, name: str, **asked: Any) -> dict[str, Any]:
    response = client.get(reverse(name), asked)
    assert response.status_code == 200
    return response.json()


def titles(client: Client, **asked: Any) -> list[str]:
    return [story["title"] for story in answer(client, ARTICLES, **asked)["results"]]


def found(client: Client, **asked: Any) -> list[int]:
    return [picture["id"] for picture in answer(client, PICTURES, **asked)["results"]]


@pytest.fixture
def archive(db: None) -> Callable[..., list[ArchiveImage]]:
    def make(*descriptions: str) -> list[ArchiveImage]:
        return [
            ArchiveImage.objects.create(
                file=ContentFile(jpeg(400 + number, 225), name="p.jpg"), alt=description
            )
            for number, description in enumerate(descriptions)
        ]

    return make


# Stories


def test_without_words_the_newest_public_stories_are_offered(desk, published, draft):
    published("قديمة", minutes_ago=90)
    published("جديدة", minutes_ago=5)
    draft("مسودة")

    assert titles(desk) == ["جديدة", "قديمة"]


def test_a_story_is_found_in_whatever_spelling_it_is_sought(desk, published):
    published("المدرسةُ الأولى تفتح أبوابها")
    published("السوق")

    assert titles(desk, q="مدرسه الاولي") == ["المدرسةُ الأولى تفتح أبوابها"]


def test_a_story_is_offered_with_its_address_and_its_day(desk, article):
    [story] = answer(desk, ARTICLES)["results"]

    assert set(story) == {"title", "address", "published_on"}
    assert story["address"] == article.get_absolute_url()


# Pictures


def test_pictures_are_found_by_words_of_their_description_caption_and_credit(desk, archive):
    boats, market, _hills = archive("قوارب صيد", "سوق الخضار", "تلال")
    boats.credit = "أرشيف المرفأ"
    boats.save()
    market.caption = "صباحاً في المرفأ"
    market.save()

    assert found(desk, q="قوارب") == [boats.pk]
    assert found(desk, q="المرفأ") == [market.pk, boats.pk]
    assert found(desk, q="المرفأ صيد") == [boats.pk]
    assert found(desk, q="جبال") == []
    assert len(found(desk)) == 3


def test_a_picture_is_offered_with_what_the_editor_shows(desk, image):
    [picture] = answer(desk, PICTURES)["results"]

    assert picture == {
        "id": image.pk,
        "alt": "قوارب صيد في المرفأ",
        "caption": "المرفأ صباحاً",
        "credit": "أرشيف الجريدة",
        "is_archive": True,
        "thumbnail": {"url": image.thumbnail.url, "width": 320, "height": 180},
    }


def test_the_pictures_of_a_text_are_asked_for_by_their_keys(desk, archive):
    first, second, _third = archive("أ", "ب", "ج")

    asked = f"{first.pk},{second.pk},999999,x,-1,{'9' * 30},"

    assert set(found(desk, ids=asked)) == {first.pk, second.pk}
    assert found(desk, ids="") == []


def test_what_is_found_comes_page_by_page(desk, archive):
    archive(*map(str, range(PAGE_SIZE + 1)))

    first = answer(desk, PICTURES)
    second = answer(desk, PICTURES, page=2)

    assert (len(first["results"]), first["more"]) == (PAGE_SIZE, True)
    assert (len(second["results"]), second["more"]) == (1, False)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 18, "9" * 40, "", "1.5"])
@pytest.mark.parametrize("name", [ARTICLES, PICTURES])
def test_a_page_that_is_none_is_no_error(desk, article, image, name, page):
    answer(desk, name, page=page)


@pytest.mark.parametrize(
    "words", ["'", '"', "-", "or", "%", "_", "\\", "ك" * 5000, "<script>", "💥"]
)
@pytest.mark.parametrize("name", [ARTICLES, PICTURES])
def test_any_words_may_be_sought(desk, article, image, name, words):
    answer(desk, name, q=words)


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_any_number_found(
    desk, archive, published, count, django_assert_num_queries
):
    archive(*map(str, range(count)))
    for number in range(count):
        published(f"خبر {number}")

    for name in (ARTICLES, PICTURES):
        with django_assert_num_queries(5):  # session, user, two of rights, what is sought
            assert len(answer(desk, name)["results"]) == count


# Rights


@pytest.mark.parametrize("name", [ARTICLES, PICTURES])
def test_only_those_who_write_are_answered(
    name, writer: User, moderator: User, as_user: Callable[[User], Client]
):
    reader = User.objects.create_user("reader")

    assert as_user(writer).get(reverse(name)).status_code == 200
    assert as_user(moderator).get(reverse(name)).status_code == 403
    assert as_user(reader).get(reverse(name)).status_code == 302
    assert Client().get(reverse(name)).status_code == 302


# The form


def test_the_form_tells_the_editor_whom_to_ask(desk):
    page = desk.get(address(Article, "add")).content.decode()

    assert f'data-articles="{reverse(ARTICLES)}"' in page
    assert f'data-pictures="{reverse(PICTURES)}"' in page
    assert '"newsroom/editor": "/static/articles/editor/index.js"' in page
    assert page.count('type="importmap"') == 1


def test_a_body_with_all_its_parts_is_saved_and_shown_again(desk, story, image):
    body = (
        f'<h2>عنوان</h2><figure data-picture="{image.pk}"><figcaption>هنا</figcaption></figure>'
        '<blockquote class="pull-quote"><p>بارز</p></blockquote><p dir="ltr">Left</p>'
        '<figure class="video-card"><a href="https://e.org/v" rel="noopener">جولة</a></figure>'
        "<table><tbody><tr><td><p>أ</p></td></tr></tbody></table>"
    )

    desk.post(address(Article, "add"), story(body=body))

    article = Article.objects.get()
    assert article.body == body
    form = desk.get(address(Article, "change", article.pk)).context["adminform"].form
    assert form["body"].value() == body


@pytest.mark.parametrize("name", ["editor_articles", "editor_pictures"])
def test_what_is_read_is_not_sent_to(desk, name):
    assert desk.post(reverse(f"admin:{name}")).status_code == 405
