"""The picker in the story's form, what it asks the server, and its page without a script."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, RelatedPost, Tag
from tests.articles.desk import address
from tests.articles.stories import pick, picks_of
from tests.conftest import shared_texts

SEARCH = "admin:articles_article_related_search"
SUGGESTIONS = "admin:articles_article_related_suggestions"
BOX = "admin:articles_article_related_box"


# Search, suggestions, box


def test_the_search_finds_drafts_and_marks_them(desk, draft, published):
    draft("مدرسة في مسودة"), published("مدرسة للقراء")

    lines = desk.get(reverse(SEARCH), {"q": "المدرس"}).content.decode().split("<li")[1:]
    assert [("مسودة" in line, "story-hidden" in line) for line in lines] == [
        (False, False),
        (True, True),
    ]


def test_the_search_leaves_out_the_story_that_is_picked_for(desk, published):
    own, other = published("مدرسة أ"), published("مدرسة ب")

    page = desk.get(reverse(SEARCH), {"q": "مدرسة", "article": own.pk}).content.decode()
    assert (own.title in page, other.title in page) == (False, True)


def test_suggestions_are_made_of_what_is_typed_just_now(desk, article, published, category):
    published("عن الأرصفة وحدها", body="<p>نص.</p>").tags.add("أرصفة")
    sent = {"title": "", "tags": "أرصفة، لا وسم كهذا", "category": "", "article": article.pk}

    page = desk.post(reverse(SUGGESTIONS), sent).content.decode()
    assert "عن الأرصفة وحدها" in page
    assert "أرصفة" in page.partition('class="reasons"')[2]
    picked = Article.objects.get(title="عن الأرصفة وحدها").pk
    again = desk.post(reverse(SUGGESTIONS), sent | {"picks": str(picked)}).content.decode()
    assert "عن الأرصفة وحدها" not in again


def test_the_box_is_what_readers_will_see(desk, client, article, draft, published, elsewhere=None):
    first, second, hidden = published("الأول"), published("الثاني"), draft("مسودة")
    filled = published("من القسم", minutes_ago=1)

    answer = desk.get(
        reverse(BOX),
        {
            "article": article.pk,
            "category": article.category_id,
            "tags": "",
            "picks": f"{second.pk},{hidden.pk},{first.pk}",
        },
    )
    assert answer.context["related"] == [second, first, filled]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"

    pick(article, second, hidden, first)
    public = client.get(article.get_absolute_url()).content.decode()
    box = answer.content.decode().partition("<aside")[2].partition("</aside>")[0]
    assert box == public.partition('<aside class="related"')[2].partition("</aside>")[0].join(
        [' class="related"', ""]
    )


def test_the_box_follows_the_category_and_the_tags_of_the_form(desk, published, category):
    story = published("من القسم")
    story.tags.add("أرصفة")

    for sent in ({"category": category.pk}, {"tags": "أرصفة"}):
        assert desk.get(reverse(BOX), sent).context["related"] == [story]
    for sent in ({}, {"category": "x", "tags": "آخر"}, {"article": story.pk, "tags": "أرصفة"}):
        assert desk.get(reverse(BOX), sent).context["related"] == []


ODD = ["", "x", "-1", "9" * 40, "1,2,,x," + "9" * 40, "\u202e", "' OR 1=1 --", "<script>"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_answered_plainly(desk, article, odd):
    sent = dict.fromkeys(("q", "article", "category", "tags", "picks", "title"), odd)

    assert desk.get(reverse(SEARCH), sent).status_code == 200
    assert desk.get(reverse(BOX), sent).status_code == 200
    answer = desk.post(reverse(SUGGESTIONS), sent)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_any_text_can_be_looked_for(desk, article):
    for text in shared_texts()[::7]:
        sent = {"q": text, "title": text, "tags": text, "excerpt": text}
        assert desk.post(reverse(SUGGESTIONS), sent).status_code == 200
    assert desk.post(reverse(SUGGESTIONS), {"title": "\0", "tags": "\0"}).status_code == 200


@pytest.mark.parametrize(("name", "wrong"), [(SEARCH, "post"), (BOX, "post"), (SUGGESTIONS, "put")])
def test_a_wrong_method_is_refused(desk, name, wrong):
    assert getattr(desk, wrong)(reverse(name)).status_code == 405


def ask_all(client, article: Article) -> list[int]:
    asked = [
        client.get(reverse(SEARCH), {"q": "x"}),
        client.get(reverse(BOX)),
        client.post(reverse(SUGGESTIONS)),
        client.get(address(Article, "related", article.pk)),
        client.post(address(Article, "related", article.pk), {"pick": "1"}),
    ]
    return [answer.status_code for answer in asked]


def test_who_has_no_right_to_stories_is_told_nothing(
    article, as_user, moderator, writer, editor, client
):
    assert ask_all(client, article) == [302] * 5
    assert ask_all(as_user(moderator), article) == [403] * 5
    assert ask_all(as_user(editor), article) == [200, 200, 200, 200, 302]
    # A writer sees what is published, and changes nothing of it.
    assert ask_all(as_user(writer), article) == [200, 200, 200, 200, 403]


@pytest.mark.parametrize("count", [1, 3])
def test_the_questions_of_the_picker_take_few_queries(
    count, desk, article, published, category, django_assert_num_queries
):
    for number in range(count):
        published(f"موازنة {number}").tags.add("أرصفة", "بلدية")
    sent = {"title": "موازنة الأرصفة", "tags": "أرصفة، بلدية", "category": category.pk}
    session_and_rights = 4
    search_by_the_index = 6

    with django_assert_num_queries(session_and_rights + search_by_the_index + 1):
        desk.get(reverse(SEARCH), {"q": "موازنة"})
    with django_assert_num_queries(session_and_rights + 1 + 4):
        desk.post(reverse(SUGGESTIONS), sent)
    with django_assert_num_queries(session_and_rights + 1 + 2):
        desk.get(reverse(BOX), sent | {"article": "", "picks": str(article.pk)})


# The page without a script


def test_a_suggestion_is_added_with_one_press_on_the_page(desk, article, published):
    published("موازنة الأرصفة")
    page = address(Article, "related", article.pk)
    suggested = desk.get(page).context["suggestions"]

    answer = desk.post(page, {"pick": suggested[0].article.pk})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert [story.title for story in picks_of(article)] == ["موازنة الأرصفة"]
    shown = desk.get(page).context
    assert (shown["picks"], shown["suggestions"]) == (picks_of(article), [])
    assert desk.get(address(Article, "history", article.pk)).status_code == 200


@pytest.mark.parametrize("sent", ["", "x", "0", "9" * 30])
def test_a_press_that_names_no_story_picks_nothing(desk, article, sent):
    answer = desk.post(address(Article, "related", article.pk), {"pick": sent}, follow=True)

    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not RelatedPost.objects.exists()


def test_a_story_is_never_put_beside_itself(desk, article):
    answer = desk.post(address(Article, "related", article.pk), {"pick": article.pk}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not RelatedPost.objects.exists()


@pytest.mark.parametrize("key", ["0", "x", "9" * 40])
def test_the_page_of_no_story_is_not_found(desk, key):
    assert desk.get(address(Article, "related", key)).status_code == 404


@pytest.mark.parametrize(("count", "queries"), [(1, 14), (3, 14)])
def test_the_page_takes_the_same_queries_at_one_pick_and_at_three(
    count, queries, desk, article, published, django_assert_num_queries
):
    stories = [published(f"موازنة {number}") for number in range(2 * count)]
    pick(article, *stories[:count])
    for story in Article.objects.all():
        story.tags.add("أرصفة")
    assert Tag.objects.count() == 1
    assert User.objects.count() == 1

    with django_assert_num_queries(queries):
        desk.get(address(Article, "related", article.pk))
