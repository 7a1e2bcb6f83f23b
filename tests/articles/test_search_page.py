"""The page of search as readers ask for it."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles import finding, publishing
from articles.models import Article, ArticleStatus, Byline, Category
from articles.views import RESULTS_PER_PAGE
from tests.articles.pages import text_of
from tests.articles.stories import story

pytestmark = pytest.mark.django_db

SEARCH = reverse("search")


def titles(response: HttpResponse) -> list[str]:
    """The titles of the stories on a page of results, in order."""
    assert response.status_code == 200
    return [result.article.title for result in response.context.get("results", [])]


def test_it_finds_public_stories_alone(client, published, draft, writer):
    published("المدرسة مفتوحة")
    draft("المدرسة مسودة")
    story("المدرسة منتظرة", (ArticleStatus.IN_REVIEW, writer, ""))
    retracted = published("المدرسة المسحوبة")
    publishing.retract(retracted, reason="خطأ")

    assert titles(client.get(SEARCH, {"q": "مدرسه"})) == ["المدرسة مفتوحة"]


def test_the_best_come_first_and_of_equals_the_newest(client, published):
    published("قديم عن المرفأ", minutes_ago=300)
    published("جديد عن المرفأ", minutes_ago=10)
    published("خبر", body="<p>عن المرفأ.</p>", minutes_ago=5)
    published("تحته", subtitle="المرفأ", minutes_ago=500)

    found = titles(client.get(SEARCH, {"q": "المرفأ"}))

    assert found == ["جديد عن المرفأ", "قديم عن المرفأ", "تحته", "خبر"]


def test_found_words_are_marked_and_nothing_else_is_markup(client, published):
    published(
        "<b>المَدْرَسَةُ</b> & الحي",
        body="<p>أول &lt;i&gt;.</p><p>فتحت <strong>المدرسة</strong> &lt;script&gt; أبوابها.</p>",
    )

    page = client.get(SEARCH, {"q": "مدرسه"}).content.decode()

    assert "&lt;b&gt;<mark>المَدْرَسَةُ</mark>&lt;/b&gt; &amp; الحي" in page
    assert "فتحت <mark>المدرسة</mark> &lt;script&gt; أبوابها." in page


def test_a_story_found_by_its_tag_is_shown_with_its_summary_and_that_tag(client, published):
    published("خبر", excerpt="مقدمة الخبر.").tags.add("ذاكرة المدارس", "خبز")

    page = client.get(SEARCH, {"q": "مدارس"})

    assert "مقدمة الخبر." in text_of(page)
    tags = page.content.decode().partition('class="result-tags"')[2].partition("</ul>")[0]
    assert "ذاكرة <mark>المدارس</mark></li>" in tags
    assert tags.count("<li>") == 1


def test_what_was_searched_is_said_where_it_was_spelled_anew(client, published):
    published("إدارة")

    assert "<bdi>اداره -مدرسه</bdi>" in client.get(SEARCH, {"q": "إدارة -مدرسة"}).content.decode()
    assert "<bdi>" not in client.get(SEARCH, {"q": "ملعب"}).content.decode()


def test_filters_narrow_what_is_found(client, published, category, byline):
    below = Category.objects.create(name="حي", parent=category)
    other = Category.objects.create(name="رياضة")
    agency = Byline.objects.create(name="وكالة")
    published("خبر أول", minutes_ago=0)
    published("خبر ثان", minutes_ago=60 * 24 * 3, category=below, byline=agency)
    published("خبر ثالث", minutes_ago=60 * 24 * 6, category=other)

    def found(**chosen: object) -> set[str]:
        return set(titles(client.get(SEARCH, {"q": "خبر", **chosen})))

    def day(ago: int) -> str:
        return timezone.localdate(timezone.now() - timedelta(days=ago)).isoformat()

    assert found(category=category.slug) == {"خبر أول", "خبر ثان"}
    assert found(category=below.slug) == {"خبر ثان"}
    assert found(byline=agency.slug) == {"خبر ثان"}
    assert found(byline=byline.slug, category=other.slug) == {"خبر ثالث"}
    assert found(since=day(3)) == {"خبر أول", "خبر ثان"}
    assert found(until=day(3)) == {"خبر ثان", "خبر ثالث"}
    assert found(since=day(3), until=day(3)) == {"خبر ثان"}
    assert found(category="", byline="", since="", until="") == found()


def test_what_was_typed_and_chosen_stays_in_the_form_and_on_the_next_page(
    client, published, category
):
    for number in range(RESULTS_PER_PAGE + 1):
        published(f"خبر {number}", minutes_ago=number)
    asked = {"q": 'خبر "', "category": category.slug, "since": "2020-01-01"}

    first = client.get(SEARCH, asked)
    second = client.get(SEARCH, {**asked, "page": 2})

    assert first.context["form"].data.dict() == asked
    page = first.content.decode()
    assert 'value="خبر &quot;"' in page
    assert f'<option value="{category.slug}" selected>' in page
    assert 'value="2020-01-01"' in page
    assert f'href="./?{first.context["form"].kept.replace("&", "&amp;")}page=2"' in page
    assert (len(titles(first)), len(titles(second))) == (RESULTS_PER_PAGE, 1)
    kept = second.context["form"].kept.replace("&", "&amp;")
    assert f'rel="prev" href="./?{kept}"' in second.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "م",
            "م ن",
            "\u064b\u0651",
            "ـــ",
            "؟!",
            "-مدرسة",
            '"',
            "«",
            '""',
            "\0",
            "-",
            "or",
        ),
        *(
            "ا" * 10_000,
            "ﷺ" * 10_000,
            '"' * 10_000,
            "-" * 10_000,
            "ا ب " * 2_500,
            "<script>",
            "%",
            "'",
        ),
        *("مدرسة\0", "\0مدرسة", "x:*&!|", "\\", "\u202e", "\U0010ffff", "http://example.org/"),
    ],
)
def test_whatever_is_typed_is_answered_with_a_page(client, published, typed):
    published("خبر", body="<p>نص.</p>", excerpt="مقدمة.")

    response = client.get(SEARCH, {"q": typed})

    assert titles(response) == []
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize(
    "typed", ['"المدرسة', "المدرسة\0", "«المدرسة", "المدرسة " * 30, "مدرسة " * 2_000]
)
def test_what_can_be_searched_of_odd_words_is(client, published, typed):
    published("المدرسة")

    assert titles(client.get(SEARCH, {"q": typed})) == ["المدرسة"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("category", "لا-قسم"), ("category", "\0"), ("byline", "لا-توقيع"), ("byline", "a\0")),
        *(("since", "أمس"), ("since", "2025-02-30"), ("since", "0001-01-01"), ("since", "\0")),
        *(("until", "9999-12-31"), ("until", "1" * 5000), ("until", "2025")),
    ],
)
def test_a_filter_that_cannot_be_is_said_beside_its_field(client, published, name, value):
    published("خبر")

    response = client.get(SEARCH, {"q": "خبر", name: value})

    assert response.status_code == 400
    assert list(response.context["form"].errors) == [name]
    assert 'value="خبر"' in response.content.decode()


def test_a_period_that_ends_before_it_begins_is_refused(client):
    response = client.get(SEARCH, {"q": "خبر", "since": "2025-02-02", "until": "2025-02-01"})

    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["until"]


def test_a_byline_of_drafts_alone_is_no_choice(client, draft):
    draft("مسودة", byline=Byline.objects.create(name="سرية"))

    assert "سرية" not in client.get(SEARCH).content.decode()


def test_a_page_that_is_not_there_answers_404(client, published):
    published("خبر")

    for page in ("0", "2", "x", "9" * 5000, "\0"):
        assert client.get(SEARCH, {"q": "خبر", "page": page}).status_code == 404


def test_of_very_many_the_newest_are_listed_and_no_more(client, published, monkeypatch):
    monkeypatch.setattr(finding, "MOST_RANKED", 20)
    for number in range(22):
        title = f"المرفأ {number}" if number in {9, 19} else f"خبر {number}"
        published(title, body="<p>عن المرفأ.</p>", minutes_ago=number + 1)

    pages = [titles(client.get(SEARCH, {"q": "المرفأ", "page": page})) for page in (1, 2)]

    others = [f"خبر {number}" for number in range(19) if number != 9]
    assert pages == [["المرفأ 9", "المرفأ 19", *others[:8]], others[8:]]
    assert client.get(SEARCH, {"q": "المرفأ", "page": 3}).status_code == 404
    assert client.get(SEARCH, {"q": "المرفأ"}).context["are_too_many"]


def test_every_page_has_the_field_and_that_of_search_has_one_alone(client, article):
    for address in ("/", article.get_absolute_url(), article.category.get_absolute_url()):
        page = client.get(address).content.decode()
        assert page.count('role="search"') == page.count(f'action="{SEARCH}"') == 1
    page = client.get(SEARCH).content.decode()
    assert page.count('role="search"') == page.count('name="q"') == 1


def test_what_is_no_day_is_shown_as_it_was_typed(client):
    page = client.get(SEARCH, {"since": "2025-02-30", "until": "2025-02-01"}).content.decode()

    assert '<input type="text" name="since" value="2025-02-30"' in page
    assert '<input type="date" name="until" value="2025-02-01"' in page


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ({}, True),
        ({"q": "المرفأ"}, True),
        ({"q": "اشتروا من هنا"}, False),
        ({"q": "المرفأ", "page": "2"}, False),
        ({"q": "المرفأ", "category": "none"}, False),
    ],
)
def test_crawlers_list_the_search_once_and_never_words_that_find_nothing(
    client, published, settings, asked, listed
):
    for number in range(RESULTS_PER_PAGE + 1):
        published(f"المرفأ {number}")

    page = client.get(SEARCH, asked).content.decode()

    assert ('<meta name="robots" content="noindex">' in page) is not listed
    assert (f'<link rel="canonical" href="{settings.SITE_URL}{SEARCH}">' in page) is listed


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_at_one_story_and_at_three(
    count, client, published, image, django_assert_num_queries
):
    for number in range(count):
        published(f"خبر {number}", image=image).tags.add("مدارس")

    # Four of them are the frame in which the index of words is planned for.
    with django_assert_num_queries(13):
        assert len(titles(client.get(SEARCH, {"q": "خبر"}))) == count


def test_the_api_finds_what_the_page_finds(client, published):
    published("إدارة المدرسة الجديدة")
    published("غيرها")

    for typed in ("ادارة المدر", '"المدرسه الجديدة"', "اداره -ملعب"):
        answer = client.get("/api/v1/articles/", {"search": typed}).json()
        assert [each["title"] for each in answer["results"]] == titles(
            client.get(SEARCH, {"q": typed})
        )


def test_only_reading_is_answered(client):
    assert client.post(SEARCH, {"q": "خبر"}).status_code == 405
    assert client.head(SEARCH, {"q": "خبر"}).status_code == 200
    assert Article.objects.count() == 0
