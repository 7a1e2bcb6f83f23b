"""One spelling for the index and the query: what a reader finds, however either was typed."""

import sys
import unicodedata

import pytest
from django.db.models import TextField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import search
from articles.arabic import TYPED_CHARACTERS, WRITTEN_CHARACTERS, normalise
from articles.models import Article

pytestmark = pytest.mark.django_db

CONSONANTS = ("م", "ن")


def of_the_database(text: str) -> str:
    """What the database makes of a text on its way into the index."""
    Article.objects.bulk_create([Article(title="واحد", slug="واحد")], ignore_conflicts=True)
    spelled = search.as_indexed(Value(text, output_field=TextField()))
    return Article.objects.annotate(spelled=spelled).values_list("spelled", flat=True)[0]


def found(words: str) -> list[str]:
    articles = Article.objects.filter(search_index=search.query(words)).order_by("title")
    return list(articles.values_list("title", flat=True))


def is_told_to_both(character: str) -> bool:
    """Not a lone surrogate, a line feed, or a character that this Python does not know yet."""
    return unicodedata.category(character) not in {"Cs", "Cn"} and character not in "\0\n"


def test_every_row_of_the_table_is_one_character_for_another():
    assert len(TYPED_CHARACTERS) == len(WRITTEN_CHARACTERS) == len(set(TYPED_CHARACTERS))
    assert set(TYPED_CHARACTERS).isdisjoint(WRITTEN_CHARACTERS)


def test_python_and_the_database_spell_every_character_alike():
    first, last = CONSONANTS
    lines = [
        first + chr(code) + last
        for code in range(1, sys.maxunicode + 1)
        if is_told_to_both(chr(code))
    ]

    spelled = of_the_database("\n".join(lines)).split("\n")

    assert spelled == [search.as_searched(line) for line in lines]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            [
                *("ال", "وال", "لل", "ات", "ين", "ون", "ـ", "َّ", "ﷲ", "ﻻ", "\u200f", "ﹰ", "گ", "é"),
                *'والفبكليانةتهكتب مدر أإآىؤئءکی \n-".،؛؟«»“”—<>a1٢',
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_python_and_the_database_spell_any_text_alike(text: str):
    assert of_the_database(text) == search.as_searched(text)


@pytest.mark.parametrize(
    ("typed", "indexed"),
    [
        ("المدرسة", "مدرسه"),
        ("والمدرسه", "مدرسه"),
        ("للمدارس وبالمدارس", "مدارس مدارس"),
        ("حكومات الحكومات", "حكومه حكومه"),
        ("اللبنانيين واللبنانيون", "لبناني لبناني"),
        ("بنات نبات والله والدة", "بنات نبات والله والده"),
        ("ﺍﻟﻜﺘﺎﺏ كـــتابٌ کتاب", "كتاب كتاب كتاب"),
        ("٢٠٢٥ ۲۰۲۵", "2025 2025"),
        ("Café <b>x</b>", "Cafe <b>x</b>"),
    ],
)
def test_what_is_indexed(typed: str, indexed: str):
    assert search.as_searched(typed) == of_the_database(typed) == indexed


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("افتتاح المدرسة الجديدة", ["مدرسة", "مدرسه", "المدرسه", "والمدرسة", "مَدْرَسَةٌ", "مدرســة"]),
        ("افتتاح المدرسه الجديدة", ["مدرسة", "المدرسة"]),
        ("مؤتمر عن الإسلام", ["إسلام", "اسلام", "أسلام", "الاسلام", "إســـلام"]),
        ("معرض الكتاب", ["كتاب", "کتاب", "ﻛﺘﺎﺏ", "الكتاب"]),
        ("معرض للکتاب", ["كتاب", "الكتاب"]),
        ("مستشفى الأطفال", ["مستشفي", "المستشفى", "اطفال"]),
        ("مسؤول في الحكومة", ["مسؤول", "المسؤول", "حكومه", "حكومات"]),
        ("شركات ومصارف", ["شركة", "الشركات"]),
        ("موازنة ٢٠٢٥", ["2025", "٢٠٢٥", "۲۰۲۵"]),
        ("زيارة إلى Café de Paris", ["cafe", "Café"]),
        ("هٰذا بيان من رحمٰن", ["هذا", "رحمن"]),
        ("ماء الشرب", ["ماء", "الماء"]),
    ],
)
def test_a_story_is_found_in_any_spelling(draft, title: str, queries: list[str]):
    draft(title)
    draft("خبر آخر")

    assert {words: found(words) for words in queries} == {words: [title] for words in queries}


@pytest.mark.parametrize("sign", "،؛؟۔«»“”‘’„•–—")
def test_a_sign_beside_a_word_is_no_part_of_it(draft, sign):
    story = draft(f"عن {sign}المرفأ{sign} خبر")

    for words in ("المرفأ", f"{sign}المرفأ{sign}", f"خبر{sign} المرفأ"):
        assert list(Article.objects.filter(search_index=search.query(words))) == [story]


def test_folding_does_not_make_other_words_the_same(draft):
    for title in ("ماء", "ما بعد", "قلب", "كلب", "علم", "عالم"):
        draft(title)

    assert found("ماء") == ["ماء"]
    assert found("قلب") == ["قلب"]
    assert found("علم") == ["علم"]


def test_the_signs_of_a_query_keep_their_meaning(draft):
    draft("افتتاح المدرسة الجديدة")
    draft("افتتاح الملعب الجديد")
    draft("المدرسة القديمة")

    assert found('"المدرسه الجديده"') == ["افتتاح المدرسة الجديدة"]
    assert found("افتتاح -المدرسه") == ["افتتاح الملعب الجديد"]
    assert found("الملعب or القديمه") == ["افتتاح الملعب الجديد", "المدرسة القديمة"]


def test_the_query_is_normalised_only_as_far_as_it_is_read():
    assert search.query("ﷺ" * 1000) == search.query("ﷺ" * search.QUERY_MAX_LENGTH)


def test_a_story_that_grows_when_it_is_spelled_out_is_still_saved(draft):
    story = draft("طويل", body="ﷺ " * 150_000 + "النهاية")

    assert found("وسلم") == [story.title]
    assert normalise("ﷺ") == "صلي الله عليه وسلم"
