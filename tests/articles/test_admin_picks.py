"""The picks in the story's form: as they are shown, checked, ordered and saved."""

import pytest

from articles import revisions
from articles.models import Article, RelatedPost
from articles.related import MOST_PICKS
from tests.articles.desk import address
from tests.articles.stories import pick, picks_of


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


@pytest.mark.parametrize("number", ["{}", " {}", "+{}", "{} "])
def test_however_a_number_is_written_a_story_that_one_may_not_see_is_none(
    as_user, writer, story, draft, number
):
    hidden = draft("خفي")
    data = story(
        **{
            "related_posts-TOTAL_FORMS": 1,
            "related_posts-0-to_article": number.format(hidden.pk),
            "related_posts-0-position": 0,
        }
    )

    refused = as_user(writer).post(address(Article, "add"), data)

    assert refused.context["inline_admin_formsets"][0].formset.forms[0].errors["to_article"]
    assert not RelatedPost.objects.exists()


def test_a_number_in_arabic_digits_picks_its_story_and_counts_as_one(desk, story, published):
    stories = [published(f"خبر {number}") for number in range(MOST_PICKS + 1)]
    data = story(*stories)
    data |= {
        name: str(value).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        for name, value in data.items()
        if name.endswith("to_article")
    }

    refused = desk.post(address(Article, "add"), data)
    assert refused.context["inline_admin_formsets"][0].formset.non_form_errors()

    data["related_posts-0-to_article"] = ""
    assert desk.post(address(Article, "add"), data).status_code == 302
    assert picks_of(Article.objects.get(status="draft")) == stories[1:]


def test_a_pick_of_what_a_writer_may_not_see_stays_and_is_not_shown_to_them(
    as_user, writer, story, draft, published
):
    article, hidden, seen = draft(owner=writer), draft("خفي"), published("ظاهر")
    pick(article, hidden, seen)
    desk = as_user(writer)

    page = desk.get(address(Article, "change", article.pk)).content.decode()
    assert ("خفي" in page, "ظاهر" in page) == (False, True)

    changed = story(slug="", **stored(article, row_0_position=1, row_1_position=0))
    assert desk.post(address(Article, "change", article.pk), changed).status_code == 302
    assert picks_of(article) == [seen, hidden]


def test_beside_an_error_the_picks_stand_in_the_order_that_was_given(desk, story, article, draft):
    first, second = draft("أول"), draft("ثان")
    pick(article, first, second)
    changed = stored(article, row_0_position=1, row_1_position=0)

    refused = desk.post(address(Article, "change", article.pk), story(title="", **changed))

    rows = refused.context["inline_admin_formsets"][0].formset.rows()
    assert [held for _form, held in rows if held] == [second, first]


# Somebody else changed them meanwhile


def test_over_a_save_that_removed_a_pick_both_are_shown_and_mine_can_be_saved(
    desk, story, article, published
):
    first, second = published("خبر أول"), published("خبر ثان")
    pick(article, first, second)
    opened = revisions.of(article).first().history_id
    sent = story(slug="", base_revision=opened, **stored(article))
    article.related_posts.filter(to_article=first).delete()
    article.title = "حفظ الزميل"
    article.save()

    refused = desk.post(address(Article, "change", article.pk), sent)
    assert (refused.status_code, refused.context["newer"].title) == (200, "حفظ الزميل")
    formset = refused.context["inline_admin_formsets"][0].formset
    assert [held for _form, held in formset.rows() if held] == [first, second]

    newest = revisions.of(article).first().history_id
    answer = desk.post(
        address(Article, "change", article.pk), sent | {"over_revision": newest, "slug": ""}
    )
    assert answer.status_code == 302
    assert picks_of(article) == [first, second]


def test_what_both_picked_is_picked_once(desk, story, article, published):
    shared, mine = published("اختاره الاثنان"), published("لي")
    opened = revisions.of(article).first().history_id
    pick(article, shared)
    sent = story(mine, shared, slug="", base_revision=opened)

    newest = revisions.of(article).first().history_id
    answer = desk.post(address(Article, "change", article.pk), sent | {"over_revision": newest})

    assert answer.status_code == 302
    assert picks_of(article) == [mine, shared]


def test_a_row_of_another_story_is_not_taken_for_ones_own(desk, story, article, published):
    other, seen = published("آخر"), published("مختار")
    pick(other, seen)
    foreign = other.related_posts.get()
    sent = story(seen, slug="") | {
        "related_posts-INITIAL_FORMS": 1,
        "related_posts-0-id": foreign.pk,
    }

    assert desk.post(address(Article, "change", article.pk), sent).status_code == 302
    assert (picks_of(article), picks_of(other)) == ([seen], [seen])
