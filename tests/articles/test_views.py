"""The readers' pages: what a story's shows, and what they show to whom, at which addresses."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from django.utils.html import escape

from articles import publishing
from articles.models import Article, Byline, Category, RelatedPost, Tag
from tests.articles.pages import text_of
from tests.conftest import many_approved, shared

# The article's page


def reference() -> list[str]:
    return shared("reference", "page.txt").read_text().splitlines()


@pytest.fixture
def from_the_reference(published, category, image) -> Article:
    lines = reference()
    elsewhere = Category.objects.create(name="غيرها")
    byline = Byline.objects.create(name=lines[5].rstrip("/"))
    related = [
        published(title, category=elsewhere, excerpt=f"{opening.rstrip(' …')} وتتمة الخبر. " * 3)
        for title, opening in ((lines[22], lines[24]), (lines[26], lines[28]))
    ]
    article = published(
        lines[3],
        image=image,
        byline=byline,
        body="".join(f"<p>{escape(line)}</p>" for line in lines[7:19]),
    )
    for position, story in enumerate(related):
        RelatedPost.objects.create(from_article=article, to_article=story, position=position)
    return article


def test_every_part_of_the_reference_page_stands_in_its_order(client, from_the_reference, image):
    lines = reference()
    page = text_of(client.get(from_the_reference.get_absolute_url()))

    parts = [
        *(lines[0], lines[1], lines[3], lines[5], *lines[7:19]),
        *(lines[20], lines[22], lines[24][:60], " …", lines[26], lines[28][:60], " …"),
        *(lines[30], lines[32]),
    ]
    place = 0
    for part in parts:
        assert part in page[place:], f"{part!r} is not where it belongs"
        place = page.index(part, place) + len(part)


def test_the_article_page_is_said_to_be_arabic_and_right_to_left(client, article, published):
    english = published("The harbour", language="en")

    page = client.get(article.get_absolute_url()).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<article class="story" lang="ar" dir="rtl">' in page
    page = client.get(english.get_absolute_url()).content.decode()
    assert '<article class="story" lang="en" dir="ltr">' in page


def test_a_picture_of_the_day_has_no_archive_label(client, published, image):
    article = published(image=image)
    assert "archive-label" in client.get(article.get_absolute_url()).content.decode()

    image.is_archive = False
    image.save()
    assert "archive-label" not in client.get(article.get_absolute_url()).content.decode()


def test_a_story_s_own_caption_stands_before_the_archive_s(client, published, image):
    own = published("بتعليق", image=image, image_caption="القوارب بعد العاصفة")
    plain = published("بلا تعليق", image=image)

    page = text_of(client.get(own.get_absolute_url()))
    assert "القوارب بعد العاصفة · أرشيف الجريدة" in page
    assert image.caption not in page
    assert "المرفأ صباحاً · أرشيف الجريدة" in text_of(client.get(plain.get_absolute_url()))


def test_text_of_the_editors_is_escaped(client, published, category, byline, image):
    hostile = "</title><script>steal()</script>\"'"
    Category.objects.filter(pk=category.pk).update(name=hostile, description=hostile)
    Byline.objects.filter(pk=byline.pk).update(name=hostile)
    image.alt = image.caption = image.credit = hostile
    image.save()
    article = published(hostile, subtitle=hostile, excerpt=hostile, image=image)
    article.tags.add(hostile)
    tag = Tag.objects.get()

    for address in ("/", *(each.get_absolute_url() for each in (article, category, byline, tag))):
        response = client.get(address)
        assert response.status_code == 200
        assert "&lt;script&gt;steal()" in response.content.decode()
        assert "<script>" not in response.content.decode()


@pytest.mark.parametrize("count", [3, 300])
def test_the_article_page_takes_thirteen_queries_however_long_its_discussion(
    count, client, published, image, django_assert_num_queries
):
    article = published(image=image)
    article.tags.add("مدارس", "أرصفة")
    article.further_categories.add(Category.objects.create(name="ثقافة"))
    for number in range(3):
        many_approved(published(f"قريب {number}", image=image), 1)
    many_approved(article, count)
    client.get("/")

    with django_assert_num_queries(13):
        response = client.get(article.get_absolute_url())
    assert response.content.decode().count('class="comment depth-') == min(count, 150)


def test_the_page_with_a_reply_begun_takes_thirteen_queries(
    client, article, published, django_assert_num_queries
):
    published("قريب")
    comment = many_approved(article, 3)[0]

    with django_assert_num_queries(13):
        client.get(article.get_absolute_url(), {"reply_to": comment.pk})


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (180, 1), (181, 2), (1800, 10)])
def test_readers_are_told_how_long_a_story_takes_to_read(client, published, words, minutes):
    article = published(body=f"<p>{'كلمة ' * words}</p>")

    response = client.get(article.get_absolute_url())

    assert response.context["minutes"] == minutes
    assert 'class="reading-time"' in response.content.decode()


# Who sees what, at which address


def hidden_stories(published, draft) -> list[Article]:
    return [
        draft("سرّ المسودة"),
        publishing.back_to_draft(published("سرّ العائد")),
        publishing.schedule(draft("سرّ الغد"), timezone.now() + timedelta(hours=1)),
    ]


def test_what_is_not_public_answers_byte_for_byte_like_what_never_was(
    client, published, draft, as_user, editor
):
    never = client.get("/articles/لم-يكن/")
    assert never.status_code == 404

    for story in hidden_stories(published, draft):
        for browser in (client, as_user(editor)):
            response = browser.get(story.get_absolute_url())
            assert response.status_code == 404
            assert response.content == never.content
            assert response.headers == never.headers


def test_a_retracted_story_answers_that_it_is_gone(client, article):
    publishing.retract(article)

    response = client.get(article.get_absolute_url())

    assert response.status_code == 410
    assert article.title not in response.content.decode()
    assert article.body not in response.content.decode()


def test_a_former_address_answers_301_with_the_present_one_percent_encoded(client, article):
    former = article.get_absolute_url()
    Article.objects.filter(pk=article.pk).update(slug="عنوان-جديد")

    response = client.get(former)

    assert response.status_code == 301
    assert response.headers["Location"] == f"/articles/{quote('عنوان-جديد')}/"
    assert client.get(response.headers["Location"]).status_code == 200


def test_what_is_not_public_is_in_no_list(client, article, published, draft):
    article.tags.add("مدارس")
    hidden = [*hidden_stories(published, draft), publishing.retract(published("سرّ المسحوب"))]
    for story in hidden:
        story.tags.add("مدارس")
        story.further_categories.add(article.category)

    lists = [article.category, article.byline, Tag.objects.get()]
    for address in ("/", *(each.get_absolute_url() for each in lists), article.get_absolute_url()):
        page = client.get(address).content.decode()
        assert article.title in page
        assert "سرّ" not in page


def test_a_public_page_sets_no_cookie_and_is_the_same_bytes_for_everyone(
    client, as_user, editor, published, image
):
    article = published(image=image)
    article.tags.add("مدارس")
    many_approved(article, 3)
    reader = as_user(editor)
    lists = [article, article.category, article.byline, Tag.objects.get()]

    for address in ("/", "/articles/لم-يكن/", *(each.get_absolute_url() for each in lists)):
        public, private = client.get(address), reader.get(address)
        assert public.content == private.content
        assert not public.cookies and not private.cookies
        assert "Cookie" not in public.headers.get("Vary", "")
        assert "csrf" not in public.content.decode().lower()
        assert editor.username not in private.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["articles", "category", "tag", "byline"])
@pytest.mark.parametrize(
    "slug",
    [
        *("%00", "a%00b", "%FF%FE", "..", "%2e%2e%2fetc", "a%20b", "%E2%80%AE", "a%0d%0aX:y"),
        *("1'--", "%27%20OR%201=1", "<script>", "ا" * 3000, "%F0%9F%91%8D", "-", "_"),
    ],
)
def test_an_odd_slug_is_no_page(client, kind, slug):
    assert client.get(f"/{kind}/{slug}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, article, method):
    for address in ("/", article.get_absolute_url(), article.category.get_absolute_url()):
        assert getattr(client, method)(address).status_code == 405
