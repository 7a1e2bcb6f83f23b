"""The lists of categories, tags and bylines and the front page: which stories, in which order."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from articles.models import Byline, Category, Tag
from articles.views import ARTICLES_PER_PAGE
from tests.articles.pages import text_of


def titles_of(response: HttpResponse) -> list[str]:
    """The titles of a list page, in order."""
    return [article.title for article in response.context["page_obj"]]


@pytest.fixture
def two_pages(published, category) -> list[str]:
    """The titles of a list that does not fit one page, newest first."""
    titles = [f"خبر {number}" for number in range(ARTICLES_PER_PAGE + 3)]
    for number, title in enumerate(titles):
        published(title, minutes_ago=number + 1).tags.add("مدارس")
    return titles


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
@pytest.mark.parametrize(("kind", "queries"), [("category", 5), ("byline", 5), ("tag", 5)])
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


def test_the_front_page_leads_with_the_newest_and_shows_every_story(client, two_pages):
    response = client.get("/")
    (_section, stories) = response.context["sections_with_articles"][0]

    assert response.context["lead"].title == two_pages[0]
    assert [each.title for each in response.context["seconds"]] == two_pages[1:5]
    assert [each.title for each in stories] == two_pages[5:8]
    assert titles_of(response) == two_pages[8:]


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
    titles = [f"خبر {number}" for number in range(ARTICLES_PER_PAGE + 10)]
    for number, title in enumerate(titles):
        published(title, minutes_ago=number + 1)

    first, second = client.get("/"), client.get("/", {"page": 2})

    assert titles_of(first) == titles[8 : 8 + ARTICLES_PER_PAGE]
    assert titles_of(second) == titles[8 + ARTICLES_PER_PAGE :]
    assert titles[0] not in text_of(second)


@pytest.mark.django_db
def test_the_front_page_of_an_empty_paper_is_a_page(client):
    response = client.get(reverse("front-page"))

    assert response.status_code == 200
    assert '<p class="empty">' in response.content.decode()


@pytest.mark.parametrize(("count", "queries"), [(1, 8), (3, 8), (9, 9)])
def test_the_front_page_takes_a_bounded_number_of_queries(
    count, queries, client, published, image, django_assert_num_queries
):
    for number in range(count):
        category = Category.objects.create(name=f"قسم {number}")
        published(f"خبر {number}", image=image, category=category)

    with django_assert_num_queries(queries):
        client.get("/")
