"""The picker in the story's form, what it asks the server, and its page without a script."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, RelatedPost, Tag
from articles.related import MOST_PICKS
from tests.articles.desk import address
from tests.conftest import shared_texts

SEARCH = "admin:articles_article_related_search"
SUGGESTIONS = "admin:articles_article_related_suggestions"
BOX = "admin:articles_article_related_box"


def picks_of(article: Article) -> list[Article]:
    return [each.to_article for each in article.related_posts.all()]


def stored(article: Article, **changed: object) -> dict[str, object]:
    """What the form of a stored story sends of its picks; `row_field=value` changes a field."""
    rows = list(article.related_posts.all())
    data: dict[str, object] = {
        "related_posts-TOTAL_FORMS": len(rows),
        "related_posts-INITIAL_FORMS": len(rows),
    }
    for number, row in enumerate(rows):
        data |= {
            f"related_posts-{number}-id": row.pk,
            f"related_posts-{number}-to_article": row.to_article_id,
            f"related_posts-{number}-position": row.position,
        }
    return data | {f"related_posts-{key[4:].replace('_', '-', 1)}": changed[key] for key in changed}


def pick(article: Article, *stories: Article) -> None:
    for position, story in enumerate(stories):
        RelatedPost.objects.create(from_article=article, to_article=story, position=position)


# The form


def test_the_form_shows_each_pick_by_title_status_category_tags_and_date(desk, article, draft):
    hidden = draft("مسودة مختارة")
    hidden.tags.add("أرصفة")
    pick(article, hidden)

    page = desk.get(address(Article, "change", article.pk)).content.decode()
    row = page.partition('class="pick"')[2].partition("</li>")[0]
    for shown in ("مسودة مختارة", "status-draft", "مواد مختارة", "#أرصفة", "story-hidden"):
        assert shown in row


def test_picks_are_put_in_another_order_and_removed(desk, story, article, published):
    first, second, third = (published(f"خبر {number}") for number in range(3))
    pick(article, first, second, third)
    changed = {"row_0_position": 2, "row_2_position": 0, "row_1_DELETE": "on"}

    answer = desk.post(
        address(Article, "change", article.pk), story(slug="", **stored(article, **changed))
    )

    assert answer.status_code == 302
    assert picks_of(article) == [third, first]


@pytest.mark.parametrize("sent", ["0", "999999", "9" * 30, "x", "-1", "\0", "١ ١"])
def test_a_number_that_is_no_story_is_an_error_beside_it(desk, story, sent):
    data = story(
        **{
            "related_posts-TOTAL_FORMS": 1,
            "related_posts-0-to_article": sent,
            "related_posts-0-position": 0,
        }
    )

    answer = desk.post(address(Article, "add"), data)

    assert answer.status_code == 200
    assert answer.context["inline_admin_formsets"][0].formset.forms[0].errors["to_article"]
    assert not Article.objects.exists()


def test_a_story_that_somebody_may_not_see_is_no_story_to_them(
    as_user, writer, story, draft, published
):
    hidden, seen = draft("خفي"), published("ظاهر")
    desk = as_user(writer)

    refused = desk.post(address(Article, "add"), story(hidden))
    assert refused.status_code == 200
    assert "خفي" not in refused.content.decode()
    assert desk.post(address(Article, "add"), story(seen)).status_code == 302


def test_at_most_as_many_are_picked_as_the_box_holds(desk, story, published):
    stories = [published(f"خبر {number}") for number in range(MOST_PICKS + 1)]

    refused = desk.post(address(Article, "add"), story(*stories))
    assert refused.context["inline_admin_formsets"][0].formset.non_form_errors()
    assert desk.post(address(Article, "add"), story(*stories[1:])).status_code == 302


def test_a_story_with_more_picks_than_the_box_holds_is_still_saved(desk, story, article, published):
    pick(article, *(published(f"خبر {number}") for number in range(MOST_PICKS + 2)))

    answer = desk.post(address(Article, "change", article.pk), story(slug="", **stored(article)))

    assert answer.status_code == 302
    assert len(picks_of(article)) == MOST_PICKS + 2


def test_what_was_picked_is_still_there_beside_an_error(desk, story, published):
    seen = published("مختار للتوّ")

    refused = desk.post(address(Article, "add"), story(seen, title=""))

    assert "مختار للتوّ" in refused.content.decode()


def test_empty_places_are_no_picks(desk, story, published):
    seen = published("ظاهر")
    data = story(seen) | {
        "related_posts-TOTAL_FORMS": 3,
        "related_posts-1-to_article": "",
        "related_posts-1-position": "0",
        "related_posts-2-to_article": "",
        "related_posts-2-position": "0",
    }

    assert desk.post(address(Article, "add"), data).status_code == 302
    assert picks_of(Article.objects.get(status="draft")) == [seen]


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

    with django_assert_num_queries(session_and_rights + 2):
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
