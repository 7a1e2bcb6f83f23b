"""The readers' pages: what they show, to whom, at which addresses, in how many queries."""

from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from articles import publishing
from articles.models import Article, Byline, Category, RelatedPost, Tag
from articles.views import ARTICLES_PER_PAGE
from tests.conftest import many_approved, shared


class _Text(HTMLParser):
    read = ""

    def handle_data(self, data: str) -> None:
        self.read += data


def text_of(response: HttpResponse) -> str:
    """What the page's content says, in order, on one line."""
    parser = _Text()
    parser.feed(response.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(parser.read.partition(">")[2].split())


def titles_of(response: HttpResponse) -> list[str]:
    """The titles of a list page, in order."""
    return [article.title for article in response.context["page_obj"]]


# The article's page


def reference() -> list[str]:
    return shared("reference", "page.txt").read_text().splitlines()


@pytest.fixture
def from_the_reference(published, category, image) -> Article:
    lines = reference()
    elsewhere = Category.objects.create(name="غيرها")
    byline = Byline.objects.create(name=lines[5].rstrip("/"))
    related = [
        published(title, category=elsewhere, body=f"<p>{opening.rstrip(' …')} وتتمة الخبر.</p>" * 3)
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
def test_the_article_page_takes_nine_queries_however_long_its_discussion(
    count, client, published, image, django_assert_num_queries
):
    article = published(image=image)
    article.tags.add("مدارس", "أرصفة")
    article.further_categories.add(Category.objects.create(name="ثقافة"))
    for number in range(3):
        published(f"قريب {number}", image=image)
    many_approved(article, count)
    client.get("/")

    with django_assert_num_queries(9):
        response = client.get(article.get_absolute_url())
    assert response.content.decode().count('class="comment depth-') == min(count, 150)


def test_the_page_with_a_reply_begun_takes_ten_queries(
    client, article, published, django_assert_num_queries
):
    published("قريب")
    comment = many_approved(article, 3)[0]

    with django_assert_num_queries(10):
        client.get(article.get_absolute_url(), {"reply_to": comment.pk})


# Who sees what, at which address


def hidden_stories(published, draft) -> list[Article]:
    return [
        draft("سرّ المسودة"),
        publishing.back_to_draft(published("سرّ العائد")),
        publishing.publish(draft("سرّ الغد"), at=timezone.now() + timedelta(hours=1)),
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


# Lists


def test_a_category_shows_its_own_stories_and_those_below_it_newest_first(client, published):
    top = Category.objects.create(name="محليات")
    below = Category.objects.create(name="أحياء", parent=top)
    lowest = Category.objects.create(name="شوارع", parent=below)
    beside = Category.objects.create(name="رياضة")
    published("في الأعلى", category=top, minutes_ago=1)
    published("في الأسفل", category=lowest, minutes_ago=2)
    published("في الوسط", category=below, minutes_ago=3)
    published("من قسم آخر أيضاً", category=beside, minutes_ago=4).further_categories.add(lowest)
    published("رياضة وحدها", category=beside)

    def shown(category: Category) -> list[str]:
        return titles_of(client.get(category.get_absolute_url()))

    assert shown(top) == ["في الأعلى", "في الأسفل", "في الوسط", "من قسم آخر أيضاً"]
    assert shown(below) == ["في الأسفل", "في الوسط", "من قسم آخر أيضاً"]
    assert shown(lowest) == ["في الأسفل", "من قسم آخر أيضاً"]
    assert shown(beside) == ["من قسم آخر أيضاً", "رياضة وحدها"]


def test_a_story_filed_twice_in_one_branch_is_shown_once(client, published, category):
    below = Category.objects.create(name="فرع", parent=category)
    further = Category.objects.create(name="فرع آخر", parent=category)
    published("مرة").further_categories.add(below, further, category)

    assert titles_of(client.get(category.get_absolute_url())) == ["مرة"]


def test_a_tag_and_a_byline_show_their_stories_alone(client, published, byline):
    other = Byline.objects.create(name="وكالة")
    published("عنهما", minutes_ago=1).tags.add("مدارس", "أرصفة")
    published("عن المدارس", minutes_ago=2, byline=other).tags.add("مدارس")
    published("عن غيرها", minutes_ago=3, byline=other).tags.add("أرصفة")
    tag = Tag.objects.get(name="مدارس")

    assert titles_of(client.get(tag.get_absolute_url())) == ["عنهما", "عن المدارس"]
    assert titles_of(client.get(other.get_absolute_url())) == ["عن المدارس", "عن غيرها"]
    assert titles_of(client.get(byline.get_absolute_url())) == ["عنهما"]


@pytest.fixture
def two_pages(published, category) -> list[str]:
    """The titles of a list that does not fit one page, newest first."""
    titles = [f"خبر {number}" for number in range(ARTICLES_PER_PAGE + 3)]
    for number, title in enumerate(titles):
        published(title, minutes_ago=number + 1).tags.add("مدارس")
    return titles


@pytest.mark.parametrize("kind", ["category", "byline", "tag"])
def test_a_long_list_is_paged(client, two_pages, category, byline, kind):
    address = {
        "category": category.get_absolute_url(),
        "byline": byline.get_absolute_url(),
        "tag": Tag.objects.get().get_absolute_url(),
    }[kind]

    first, second = client.get(address), client.get(address, {"page": 2})
    assert titles_of(first) == titles_of(client.get(address, {"page": 1}))
    assert titles_of(first) + titles_of(second) == two_pages
    assert 'href="./?page=2"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()
    assert 'rel="prev" href="./"' in second.content.decode()


def test_a_page_that_is_not_there_answers_404(client, two_pages, category, byline):
    wrong = ["0", "-1", "abc", "999", "3", "", "1.0", "1e1", " 1", "²", "1_0", "9" * 5000, "\0"]
    lists = [category, byline, Tag.objects.get()]

    for address in ("/", *(each.get_absolute_url() for each in lists)):
        answers = {page: client.get(address, {"page": page}).status_code for page in wrong}
        assert answers == dict.fromkeys(wrong, 404)


def test_a_list_without_stories_is_a_page_all_the_same(client, category):
    response = client.get(category.get_absolute_url())

    assert response.status_code == 200
    assert '<p class="empty">' in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("category", 4), ("byline", 4), ("tag", 4)])
def test_a_list_takes_the_same_queries_at_one_story_and_at_three(
    kind, queries, count, client, published, category, byline, image, django_assert_num_queries
):
    for number in range(count):
        published(f"خبر {number}", image=image).tags.add("مدارس")
    address = {
        "category": category.get_absolute_url(),
        "byline": byline.get_absolute_url(),
        "tag": Tag.objects.get().get_absolute_url(),
    }[kind]

    with django_assert_num_queries(queries):
        response = client.get(address)
    assert len(titles_of(response)) == count


# The front page


def test_the_front_page_leads_with_the_newest_and_shows_every_story(client, published, two_pages):
    response = client.get("/")

    assert response.context["lead"].title == two_pages[0]
    assert [each.title for each in response.context["seconds"]] == two_pages[1:5]
    assert titles_of(response) == two_pages[5:]


def test_the_front_page_shows_the_newest_of_each_section_and_its_branches(client, published):
    local, sport, empty = (Category.objects.create(name=name) for name in ("محلي", "رياضة", "فارغ"))
    branch = Category.objects.create(name="حي", parent=local)
    for number in range(5):
        published(f"عاجل {number}", minutes_ago=number, category=sport)
    for number in range(4):
        published(f"حي {number}", minutes_ago=100 + number, category=branch)
    published("محلي", minutes_ago=200, category=local)
    published("رياضة", minutes_ago=300, category=sport)

    sections = client.get("/").context["sections_with_articles"]

    assert [(each, [story.title for story in stories]) for each, stories in sections] == [
        (local, ["حي 0", "حي 1", "حي 2"]),
        (sport, ["رياضة"]),
    ]
    assert empty not in dict(sections)


def test_the_second_front_page_goes_on_where_the_first_ends(client, published):
    titles = [f"خبر {number}" for number in range(ARTICLES_PER_PAGE + 7)]
    for number, title in enumerate(titles):
        published(title, minutes_ago=number + 1)

    first, second = client.get("/"), client.get("/", {"page": 2})

    assert titles_of(first) == titles[5 : 5 + ARTICLES_PER_PAGE]
    assert titles_of(second) == titles[5 + ARTICLES_PER_PAGE :]
    assert titles[0] not in text_of(second)


@pytest.mark.django_db
def test_the_front_page_of_an_empty_paper_is_a_page(client):
    response = client.get(reverse("front-page"))

    assert response.status_code == 200
    assert '<p class="empty">' in response.content.decode()


@pytest.mark.parametrize(("count", "queries"), [(1, 4), (3, 4), (9, 6)])
def test_the_front_page_takes_a_bounded_number_of_queries(
    count, queries, client, published, image, django_assert_num_queries
):
    for number in range(count):
        category = Category.objects.create(name=f"قسم {number}")
        published(f"خبر {number}", image=image, category=category)

    with django_assert_num_queries(queries):
        client.get("/")
