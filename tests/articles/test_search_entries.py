"""The entries by which the index finds stories without opening them."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import finding, search
from articles.models import Article, ArticleQuerySet, Category

pytestmark = pytest.mark.django_db

STORIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("search_pairs.toml").read_text()
)["story"]
QUERIES = [typed for story in STORIES for typed in (*story["found"], *story["not_found"])]
WORDS = ["المجلس", "البلدي", "أسعار", "الخبز", "من", "في", "كوفيد-19", "2024", "news", "مد"]


@pytest.fixture
def paper(draft: Callable[..., Article]) -> None:
    for story in STORIES:
        texts = {name: story[name] for name in ("title", "subtitle", "body") if name in story}
        draft(**texts).tags.add(*story.get("tags", []))
    for title in ("المجلس البلدي", "أسعار الخبز", "كوفيد-19 في المجلس"):
        draft(title)


def by_entries(typed: str) -> set[str]:
    asked = search.Asked.read(typed)
    return titles(Article.objects.found_by(search.entries_of(asked), asked.query()))


def by_words(typed: str) -> set[str]:
    return titles(Article.objects.filter(search_index=search.query(typed)))


def titles(stories: ArticleQuerySet) -> set[str]:
    return set(stories.values_list("title", flat=True))


def entries_in_the_database(words: str, *values: object) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(articles_search_entries(to_tsvector('arabic', %s),"
            " %s, %s::bigint[], %s, %s))",
            [words, *values],
        )
        return set(cursor.fetchone()[0])


def test_a_story_has_its_words_its_pairs_their_beginnings_and_where_it_stands():
    at = datetime(2024, 3, 31, 22, 0, tzinfo=UTC)

    entries = entries_in_the_database("قرر المجلس البلدي", 3, [4, 5], 7, at)

    assert entries == {
        *("قرر", "مجلس", "بلد"),
        *("قرر مجلس", "مجلس بلد"),
        *("قر *", "قرر *", "مج *", "مجل *", "مجلس *", "بل *", "بلد *"),
        *("category=3", "category=4", "category=5", "byline=7"),
        *("year=2024", f"month={2024 * 12 + 2}"),
    }


def test_a_story_without_anything_has_no_entry():
    assert entries_in_the_database("", None, [], None, None) == set()


@pytest.mark.parametrize(
    ("typed", "text", "is_exact"),
    [
        ("", "", True),
        ("-مجلس", "", True),
        ("مجلس", "( ( 'مجلس' | 'مجلس *' | 'ومجلس *' ) )", True),
        ('"المجلس البلدي"', "( ( ( 'مجلس بلد' ) ) )", True),
        ('"قرر المجلس البلدي"', "( ( ( 'قرر مجلس' & 'مجلس بلد' ) ) )", False),
        ('قرر -"المجلس البلدي"', "( ( 'قرر' ) & !( ( 'مجلس بلد' ) ) )", True),
        ('قرر -"من قرر المجلس البلدي"', "( ( 'قرر' ) )", False),
        ("قرر or 19", "( ( 'قرر' ) ) | ( ( '19' | '-19' ) )", True),
        ("newspapers", "( ( 'newspapers' | 'newspapers':* | 'وnewspapers':* ) )", True),
    ],
)
def test_what_is_asked_of_the_index(typed: str, text: str, is_exact: bool):
    assert search.entries_of(search.Asked.read(typed)) == search.Entries(text, is_exact)


def test_they_find_what_the_words_find(paper):
    different = [typed for typed in QUERIES if by_entries(typed) != by_words(typed)]

    assert different == []


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "-", " or "]),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_they_find_what_the_words_find_however_these_are_put_together(paper, parts):
    typed = " ".join(
        f'{sign}"{" ".join(words)}"' if is_phrase else f"{sign}{' '.join(words)}"
        for sign, words, is_phrase in parts
    )

    assert by_entries(typed) == by_words(typed)


@pytest.mark.parametrize("letters", ["كلمة{}", "𐎀𐎁𐎂{}", "{}" * 12])
def test_a_giant_text_is_saved_and_found_by_what_fits(draft, letters: str):
    words = " ".join(letters.replace("{}", f"{number:x}") for number in range(60_000))
    draft("كتاب كامل", body=f"<p>{words}</p>")

    assert by_entries('"كتاب كامل"') == by_entries("كتا") == {"كتاب كامل"}


def test_months_are_told_by_whole_years_and_the_months_beside():
    january = 2024 * 12

    assert list(search.of_months(range(january - 2, january + 25))) == [
        *(f"month={january - 2}", f"month={january - 1}"),
        *("year=2024", "year=2025", f"month={january + 24}"),
    ]
    assert list(search.of_months(range(january, january + 11))) == [
        f"month={month}" for month in range(january, january + 11)
    ]


@pytest.mark.parametrize(
    ("old", "new", "others"),
    [(0, 40, 10), (40, 0, 10), (3, 3, 60), (10, 30, 10), (0, 3, 0), (30, 0, 60), (0, 0, 20)],
)
def test_the_newest_are_found_wherever_they_stand(
    published, monkeypatch, old: int, new: int, others: int
):
    monkeypatch.setattr(finding, "_NEWEST", 8)
    monkeypatch.setattr(finding, "MOST_RANKED", 20)
    year = 365 * 24 * 60
    for number in range(old):
        published(f"المرفأ {number}", minutes_ago=3 * year + number)
    for number in range(others):
        published(f"السوق {number}", minutes_ago=year // 2 + number)
    for number in range(new):
        published(f"المرفأ الجديد {number}", minutes_ago=10 + number)

    found = finding.find_keys(search.Asked.read("المرفأ"))

    newest = Article.objects.filter(title__startswith="المرفأ").newest_first()
    assert sorted(found.keys) == sorted(newest.values_list("pk", flat=True)[:20])
    assert found.are_more is (old + new > 20)


def test_a_story_is_found_in_its_further_categories_whoever_puts_it_there(published, category):
    story, other = published("المرفأ"), Category.objects.create(name="اقتصاد")
    within = finding.Scope(categories=[other.pk])

    def found() -> list[int]:
        return finding.find_keys(search.Asked.read("المرفأ"), within).keys

    assert found() == []
    story.further_categories.add(other)
    assert found() == [story.pk]
    story.further_categories.through.objects.update(category=category)
    assert found() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article_further_categories SET category_id = %s", [other.pk]
        )
    assert found() == [story.pk]
    other.delete()
    assert found() == []


def test_within_another_transaction_only_this_search_is_planned_so(published):
    published("المرفأ")

    finding.find_keys(search.Asked.read("المرفأ"))
    list(finding.find(Article.objects.all(), "المرفأ"))

    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
