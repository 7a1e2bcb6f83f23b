"""Finding stories to be picked, and picking one."""

import pytest

from articles.models import Article, RelatedPost, Tag
from articles.picking import add_pick, as_lines, find_stories
from articles.related import MOST_PICKS
from tests.conftest import shared_texts, while_another_waits

ALL = Article.objects.all()


def found(words: str, among=ALL, **options) -> list[str]:
    return [story.title for story in find_stories(words, among.all(), **options)]


@pytest.mark.parametrize(
    "words", ["المدرسة", "مدرسه", "المدر", "مَدْرَسَة ترميم", "ترم", "التلة المدرسة"]
)
def test_a_story_is_found_by_the_beginnings_of_its_words_in_any_spelling(draft, words):
    draft("ترميم المدرسة القديمة في حي التلة")
    draft("افتتاح الملعب")

    assert found(words) == ["ترميم المدرسة القديمة في حي التلة"]


def test_a_story_is_found_by_its_number_and_by_its_address(draft):
    story, _other = draft("أول"), draft("ثان")

    assert found(str(story.pk)) == found(story.slug) == ["أول"]


def test_a_title_comes_before_a_body_and_the_newer_before_the_older(draft):
    draft("افتتاح السوق", body="<p>قرب المدرسة.</p>")
    draft("المدرسة تفتح")
    draft("المدرسة تغلق")

    assert found("المدرسة") == ["المدرسة تغلق", "المدرسة تفتح", "افتتاح السوق"]


def test_only_what_one_may_see_is_found_and_never_the_story_itself(draft, published):
    own, seen, _unseen = published("مدرسة أ"), published("مدرسة ب"), draft("مدرسة ج")

    assert found("مدرسة", Article.objects.public(), without=own.pk) == [seen.title]


@pytest.mark.parametrize("words", ["", " ", "؟!", "& | !", "(((", "<->", ":*", "'", "\\"])
def test_signs_alone_find_nothing(draft, words):
    draft("خبر")

    assert found(words) == []


def test_no_text_breaks_the_search(draft):
    draft("خبر")
    for text in shared_texts():
        find_stories(text.replace("\0", ""), ALL.all())


@pytest.mark.parametrize("count", [1, 3])
def test_a_line_says_all_in_one_query(count, published, django_assert_num_queries):
    for number in range(count):
        published(f"خبر {number}").tags.add("مدارس", "تعليم")

    with django_assert_num_queries(1):
        lines = [
            (story.category.name, sorted(story.tag_names), story.get_status_display())
            for story in as_lines(ALL.all())
        ]
    assert lines == [("مواد مختارة", ["تعليم", "مدارس"], lines[0][2])] * count
    assert Tag.objects.count() == 2


def test_a_pick_goes_behind_the_others_once(article, published):
    stories = [published(f"خبر {number}") for number in range(2)]
    RelatedPost.objects.create(from_article=article, to_article=stories[0], position=7)

    assert all(add_pick(article, story) for story in [*stories, *stories])
    assert list(article.related_posts.values_list("to_article", "position")) == [
        (stories[0].pk, 7),
        (stories[1].pk, 8),
    ]


def test_no_more_are_picked_than_the_box_holds(article, published):
    stories = [published(f"خبر {number}") for number in range(MOST_PICKS + 1)]

    assert [add_pick(article, story) for story in stories] == [True] * MOST_PICKS + [False]
    assert article.related_posts.count() == MOST_PICKS


@pytest.mark.django_db(transaction=True)
def test_two_who_pick_the_last_place_at_once_fill_it_once(published):
    article, *stories = [published(f"خبر {number}") for number in range(MOST_PICKS + 2)]
    for story in stories[: MOST_PICKS - 1]:
        add_pick(article, story)

    assert while_another_waits(
        lambda: add_pick(article, stories[-2]), lambda: add_pick(article, stories[-1])
    ) == (True, False)
    assert article.related_posts.count() == MOST_PICKS
