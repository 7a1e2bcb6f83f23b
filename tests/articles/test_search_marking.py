"""Found words are marked as they stand in the text, and a passage is taken from around them."""

import pytest

from articles.search import Asked, Marker
from articles.search.marking import PASSAGE_LENGTH, Piece

pytestmark = pytest.mark.django_db


def marked(typed: str, text: str) -> str:
    return shown(Marker(Asked.read(typed), [text]).mark(text))


def passage(typed: str, *blocks: str) -> str:
    return shown(Marker(Asked.read(typed), blocks).passage(blocks))


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("مدرسه", "افتتاح [المدرسة]، [والمَدْرَسَةُ] القديمة"),
        ("إدارة", "[ادارة] [وإداره] [والإدارات] [بإدارة]"),
        ("مستشفي", "[مستشفى] الأطفال [والمستشفيات]"),
        ("كتاب", "[ﻛﺘﺎﺏ] [كـــتاب] [للکتاب]"),
        ("المدر", "[المدرسة] [مدرب] ودرس"),
        ('"المدرسة الجديدة"', "[المدرسة] [الجديدة]"),
        ("خبر -مدرسة", "[خبر] عن المدرسة"),
        ("2025", "عام [٢٠٢٥]"),
        ("كوفيد-19", "بعد [كوفيد]-[19]"),
        ("cafe", "في [Café] de Paris"),
        ("علم", "[علم] وعالم"),
        ("<b>", "a < b <b>"),
        ("لا شيء", "نص آخر"),
    ],
)
def test_words_are_marked_in_the_spelling_in_which_they_stand(typed: str, text: str):
    plain = text.replace("[", "").replace("]", "")

    assert marked(typed, plain) == text


def test_a_passage_is_the_block_with_most_of_the_words():
    blocks = ("المدرسة مغلقة.", "المدرسة الجديدة فتحت.", "الجديدة والقديمة.")

    assert passage("المدرسة الجديدة", *blocks) == "[المدرسة] [الجديدة] فتحت."
    assert passage("مدرسة", *blocks) == "[المدرسة] مغلقة."
    assert passage("ملعب", *blocks) == ""


def test_a_long_block_is_cut_between_words_around_what_was_found():
    long = "كلمة " * 200 + "هنا المدرسة الجديدة " + "نهاية " * 200

    taken = passage("المدرسة الجديدة", long)

    assert taken.startswith("… كلمة ")
    assert "هنا [المدرسة] [الجديدة] نهاية" in taken
    assert taken.endswith("نهاية …")
    assert len(taken) <= PASSAGE_LENGTH + len("… […] [] …")


def test_one_endless_word_is_no_way_to_an_endless_passage():
    endless = "ا" * 5_000

    assert passage("مدرسة", f"{endless} المدرسة {endless}") == "… [المدرسة] …"


def test_any_number_of_texts_takes_two_queries(django_assert_num_queries):
    for number in (1, 30):
        texts = [f"المدرسة {each}" for each in range(number)]
        with django_assert_num_queries(2):
            Marker(Asked.read("مدرسة"), texts)
