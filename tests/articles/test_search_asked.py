"""What was typed into a search field, as it is read: words, phrases, words to leave out."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import search
from articles.models import Article
from articles.search import Asked


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("إدارة المدرسة", "اداره مدرسه"),
        ('"المدرسة الجديدة" ملعب', '"مدرسه جديده" ملعب'),
        ("«المدرسة الجديدة»", '"مدرسه جديده"'),
        ("“المدرسة الجديدة”", '"مدرسه جديده"'),
        ("ملعب -مدرسة", "ملعب -مدرسه"),
        ('ملعب -"المدرسة الجديدة"', 'ملعب -"مدرسه جديده"'),
        ("كوفيد-19", "كوفيد-19"),
        ("ملعب or مدرسة", "ملعب or مدرسه"),
        ("OR ملعب or", "ملعب"),
        ('"المدرسة الجديدة', "مدرسه جديده"),
        ('ملعب -"المدرسة الجديدة', "ملعب -مدرسه جديده"),
        ("ملعب -«مدرسة", "ملعب -مدرسه"),
        ("ملعب −مدرسة", "ملعب -مدرسه"),
        ("ملعب – مدرسة", "ملعب مدرسه"),
        ("”المدرسة الجديدة“", '"مدرسه جديده"'),
        ("المدرسة الجديدة»", "مدرسه جديده"),
        ('"" «» -"" - -- ؟', ""),
        ("\u200f-مدرسة ملعب", "-مدرسه ملعب"),
        ("أ\0ب", "اب"),
    ],
)
def test_what_is_read(typed: str, read: str):
    assert str(Asked.read(typed)) == read


@pytest.mark.parametrize(
    ("typed", "beginnings"),
    [
        ("ملعب مدر", ["مدر"]),
        ("المد", ["المد", "مد"]),
        ("مدرس", ["مدرس", "ومدرس"]),
        ("2025", []),
        ("وبالمد", ["وبالمد", "مد"]),
        ("ملعب م", []),
        ('"ملعب مدر"', []),
        ("ملعب -مدر", []),
        ("", []),
    ],
)
def test_the_last_word_alone_is_a_beginning(typed: str, beginnings: list[str]):
    assert Asked.read(typed).beginnings == beginnings


def test_it_knows_what_it_cannot_look_for():
    def known(typed: str) -> tuple[bool, bool, bool]:
        asked = Asked.read(typed)
        return asked.can_be_found, asked.is_too_short, asked.only_leaves_out

    assert known("مدرسة") == (True, False, False)
    assert known("5") == (True, False, False)
    assert known("م ن") == (False, True, False)
    assert known("-مدرسة -ملعب") == (False, False, True)
    assert known("\u064b\u0640 ؟!") == (False, False, False)


def test_it_knows_whether_it_searches_in_another_spelling():
    assert [Asked.read(each).is_respelled for each in ("ملعب", "Paris", '"ملعب" -خبر')] == [
        False
    ] * 3
    assert [Asked.read(each).is_respelled for each in ("مدرسة", "الملعب", "مَلعب", "٥")] == [
        True
    ] * 4


def test_no_more_is_read_than_the_beginning():
    most = "ا" * search.QUERY_MAX_LENGTH

    assert Asked.read(most + "ا" * 10_000) == Asked(most, Asked.read(most).ways, is_cut=True)
    assert not Asked.read(most).is_cut


@pytest.mark.django_db
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(
        st.one_of(
            st.sampled_from("\"«»“”-'\\&|!:*()<> \0or المدرسة19.،/@"), st.characters(codec="utf-8")
        )
    )
)
@example("' | !'x':*")
@example("\\' & (")
@example("http://a.b/c?d=e-f")
@example("\ud7ff\U0010ffff")
def test_the_database_takes_whatever_was_typed(typed: str):
    assert list(Article.objects.filter(search_index=search.query(typed))) == []
