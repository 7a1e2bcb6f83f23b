"""Suggestions of related stories: what is close, in which order, and why."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles import publishing
from articles.models import Category, RelatedPost, Tag
from articles.suggestions import MOST_SUGGESTIONS, Typed, suggest
from tests.conftest import shared_texts

DAY = 24 * 60
NEW = "Published within a day"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def elsewhere(db) -> Category:
    return Category.objects.create(name="ثقافة", slug="ثقافة")


def titles(typed: Typed) -> list[str]:
    return [suggestion.article.title for suggestion in suggest(typed)]


def reasons(typed: Typed) -> dict[str, list[str]]:
    return {each.article.title: each.reasons for each in suggest(typed)}


def tag(*names: str) -> list[int]:
    return [Tag.objects.get(name=name).pk for name in names]


def test_each_suggestion_says_why_in_words(published, category, elsewhere):
    body = {"body": "<p>نص لا صلة له.</p>", "excerpt": "نص."}
    branch = Category.objects.create(name="بلدية", slug="بلدية", parent=category)
    published("موازنة الأرصفة تعود", category=elsewhere, minutes_ago=3 * DAY, **body).tags.add(
        "أرصفة"
    )
    published("عن شيء آخر", category=branch, minutes_ago=2 * DAY, **body).tags.add("أرصفة", "بلدية")
    published("شيء ثالث تماماً", category=category, minutes_ago=60, **body)
    typed = Typed(title="المجلس يقر موازنة الأرصفة", category=branch.pk, tags=tag("أرصفة", "بلدية"))

    assert reasons(typed) == {
        "موازنة الأرصفة تعود": [
            "Shared tag: أرصفة",
            "Similar words: موازنة, الأرصفة",
            "3 days old",
        ],
        "عن شيء آخر": [
            "2 shared tags: أرصفة, بلدية",
            "Same category: بلدية",
            "Similar words: الأرصفة",
            "2 days old",
        ],
        "شيء ثالث تماماً": ["Same section: مواد مختارة", NEW],
    }


@pytest.mark.parametrize(
    ("days", "said"),
    [
        *((0, NEW), (1, "1 day old"), (59, "59 days old"), (60, "2 months old")),
        *((729, "24 months old"), (730, "2 years old"), (1100, "3 years old")),
    ],
)
def test_the_age_is_said_in_days_months_or_years(published, days, said):
    published("خبز", minutes_ago=days * DAY + 1)

    assert reasons(Typed(title="خبز"))["خبز"][-1] == said


def test_more_shared_tags_come_before_fewer_and_the_category_before_the_section(
    published, category, elsewhere
):
    branch = Category.objects.create(name="بلدية", slug="بلدية", parent=category)
    published("قسم", category=category, minutes_ago=1)
    published("فرع", category=branch, minutes_ago=1)
    published("وسم", category=elsewhere, minutes_ago=1).tags.add("أ")
    published("وسمان", category=elsewhere, minutes_ago=1).tags.add("أ", "ب")

    typed = Typed(title="؟", category=branch.pk, tags=tag("أ", "ب"))
    assert titles(typed) == ["وسمان", "وسم", "فرع", "قسم"]


def test_of_two_that_are_as_close_the_newer_comes_first(published):
    published("موازنة الأرصفة القديمة", minutes_ago=400 * DAY)
    published("موازنة الأرصفة الجديدة", minutes_ago=DAY)

    assert titles(Typed(title="موازنة الأرصفة")) == [
        "موازنة الأرصفة الجديدة",
        "موازنة الأرصفة القديمة",
    ]


def test_an_old_story_that_is_much_closer_comes_before_a_new_one(published, elsewhere, category):
    published("موازنة الأرصفة", category=elsewhere, minutes_ago=900 * DAY).tags.add("أرصفة")
    published("خبر اليوم", category=category, minutes_ago=1)

    typed = Typed(title="موازنة الأرصفة", category=category.pk, tags=tag("أرصفة"))
    assert titles(typed) == ["موازنة الأرصفة", "خبر اليوم"]


def test_words_are_compared_in_any_spelling_and_common_ones_not_at_all(published, elsewhere):
    published("ترميم المدرسه القديمه", category=elsewhere)
    published("هذه التي كانت بعد", category=elsewhere)

    typed = Typed(title="هذه المدرسة التي كانت قديمة بعد ترميمها", text="")
    assert reasons(typed) == {
        "ترميم المدرسه القديمه": [
            "Similar words: المدرسة, قديمة, ترميمها",
            NEW,
        ]
    }


def test_one_word_of_many_is_no_likeness(published, elsewhere):
    published("سعر الخبز", category=elsewhere)

    assert titles(Typed(title="الخبز والماء والكهرباء والهاتف")) == []
    assert titles(Typed(title="الخبز")) == ["سعر الخبز"]


def test_the_body_tells_by_the_words_that_come_again(published, elsewhere):
    published("صيادو المرفأ", category=elsewhere, body="<p>قوارب كثيرة في المرفأ القديم.</p>")

    once = Typed(title="عنوان", text="قوارب في المرفأ")
    again = Typed(title="عنوان", text="قوارب في المرفأ. وعادت قوارب إلى المرفأ.")
    assert (titles(once), titles(again)) == ([], ["صيادو المرفأ"])


def test_what_readers_may_not_see_is_suggested_to_nobody(article, draft, published):
    article.tags.add("أرصفة")
    for hidden in (
        draft("مسودة"),
        publishing.retract(published("مسحوب")),
        publishing.schedule(draft("غداً"), timezone.now() + timedelta(days=1)),
    ):
        hidden.tags.add("أرصفة")
    published("ظاهر").tags.add("أرصفة")

    assert titles(Typed.saved(article)) == ["ظاهر"]


def test_neither_the_story_itself_nor_what_is_picked_is_suggested(article, published):
    picked, other = published("مختار"), published("آخر")
    RelatedPost.objects.create(from_article=article, to_article=picked)

    assert titles(Typed.saved(article)) == [other.title]


def test_a_story_that_is_empty_yet_has_no_suggestions(published):
    published("خبر")

    assert titles(Typed(title="")) == []


def test_at_most_eight_are_suggested(published, category):
    for number in range(MOST_SUGGESTIONS + 2):
        published(f"خبر {number}")

    assert len(titles(Typed(title="", category=category.pk))) == MOST_SUGGESTIONS


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_take_four_queries(count, published, category, django_assert_num_queries):
    for number in range(count):
        published(f"موازنة {number}").tags.add("أرصفة")
    typed = Typed(title="موازنة الأرصفة", category=category.pk, tags=tag("أرصفة"))

    with django_assert_num_queries(4):
        suggested = suggest(typed)
        shown = [(each.article.category.name, each.article.tag_names) for each in suggested]
    assert len(shown) == count


def test_any_text_can_be_typed(article, published):
    published("خبر")
    for text in shared_texts():
        suggest(Typed(title=text, text=f"{text} {text}", category=article.category_id))
    suggest(Typed(title="خبر", category=10**18 - 1, tags=[10**18 - 1], own=10**18 - 1))
