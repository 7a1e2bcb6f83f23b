"""Folding: one writing for many spellings, and the way back to the text as typed."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.arabic import fold, folded_word, lighten, normalise

wild = settings(max_examples=200, deadline=None)
# Surrogates and unassigned characters among them.
anything = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        # As Lucene's own ArabicNormalizer.
        *(("آجن", "اجن"), ("أحمد", "احمد"), ("إعاذ", "اعاذ"), ("بنى", "بني"), ("فاطمة", "فاطمه")),
        *(("روبرـــت", "روبرت"), ("مَبنا", "مبنا"), ("علِي", "علي"), ("بُوات", "بوات")),
        *(("ولداً", "ولدا"), ("ولدٍ", "ولد"), ("ولدٌ", "ولد"), ("نلْسون", "نلسون"), ("هتميّ", "هتمي")),
        # Hamza on its carrier, not by itself.
        *(("مسؤول", "مسوول"), ("رئيس", "رييس"), ("ماء", "ماء"), ("شيء", "شيء")),
        # Shapes and ligatures.
        *(("ﷲ", "الله"), ("ﻻ", "لا"), ("ﻼ", "لا"), ("ﻛﺘﺎﺏ", "كتاب"), ("ﷺ", "صلي الله عليه وسلم")),
        # Neighbours of the Arabic alphabet.
        *(("کتاب", "كتاب"), ("ڪتاب", "كتاب"), ("علی", "علي"), ("ہے", "هي"), ("خانۀ", "خانه")),
        *(("هەولێر", "ههولير"), ("پاکستان", "باكستان"), ("ڤيديو", "فيديو"), ("ٱلله", "الله")),
        *(("گلب", "گلب"), ("چلب", "چلب")),
        # Digits of three scripts, wide ones too.
        *(("٢٠٢٥", "2025"), ("۲۰۲۵", "2025"), ("２０２５", "2025"), ("²", "2")),
        # Latin letters.
        *(
            ("Café", "cafe"),
            ("ŞİİR", "siir"),
            ("Straße", "strasse"),
            ("ﬁn", "fin"),
            ("Ａｂｃ", "abc"),
        ),
        # What nobody sees.
        *(("ك\u200bت\u200fب\u0000", "كتب"), ("\u202eكتب\u202c", "كتب"), ("ك\ufe0fت", "كت")),
        *(("كﹰتب", "كتب"), ("ك\u2800ت", "ك ت"), ("ك\u3164ت", "ك ت")),
    ],
)
def test_spellings_become_one(typed: str, folded: str):
    assert fold(typed).text == folded


def test_normalising_leaves_the_case_of_letters_alone():
    assert normalise("Café مدرسةٌ") == "Cafe مدرسه"


def test_a_span_is_told_in_the_text_as_typed_with_its_ornaments():
    typed = "يا «كَلْـــبٌ»\u200f!"
    folded = fold(typed)

    assert folded.text == "يا «كلب»!"
    start, end = folded.span(4, 7)
    assert typed[start:end] == "كَلْـــبٌ"


def test_each_letter_of_a_ligature_was_typed_where_the_ligature_is():
    folded = fold("ﻻ ﷲ")

    assert folded.text == "لا الله"
    assert folded.origins == [0, 0, 1, 2, 2, 2, 2]
    assert folded.span(3, 5) == (2, 3)


@wild
@given(anything)
@example("\ud800\udfff\0\x1b")
@example("ΐϓ̈ŉǰẞﬃ㍿")
@example("\u0345ͅΙ")
def test_folding_twice_changes_nothing(text: str):
    once = fold(text).text

    assert fold(once).text == once
    assert normalise(normalise(text)) == normalise(text)


@wild
@given(anything)
@example("\u064b" * 10_000)
def test_every_folded_character_has_its_place(text: str):
    folded = fold(text)

    assert len(folded.origins) == len(folded.text)
    assert folded.origins == sorted(folded.origins)
    assert all(0 <= place < len(text) for place in folded.origins)
    for place, written in zip(folded.origins, folded.text, strict=True):
        assert written in fold(text[place]).text


@wild
@given(st.text("اأبةىيءئؤ ـًٌَُِّْٰلآ", max_size=30))
def test_composed_and_decomposed_text_fold_alike(text: str):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]

    assert [fold(form).text for form in forms] == [fold(text).text] * 4


@pytest.mark.parametrize(
    ("listed", "form"),
    [
        *(("كلب", "كلب"), ("كَلْب", "كلب"), ("ك.ل.ب", "كلب"), ("ك ل ب", "كلب"), ("كلللب", "كلب")),
        *(("الكلب", "كلب"), ("ابن  الكلب", "ابن كلب"), ("للكلب", "للكلب"), ("وسخ", "وسخ")),
        *(("إلحاد", "الحاد"), ("ألغاز", "الغاز"), ("الله", "الله"), ("ٱلكلب", "كلب")),
        *(("ههههه", "هه"), ("Idiot", "idiot"), ("٤٢٠", "420"), ("🐷", "🐷"), ("🐷🐷", "🐷")),
        *(("", ""), (" \u200f", ""), ("ـــ", ""), ("ك", ""), ("و ك", ""), ("!؟", ""), ("🐷🐶", "")),
        *(("\ud800", ""), ("\0", "")),
    ],
)
def test_a_listed_word_has_one_form(listed: str, form: str):
    assert folded_word(listed) == form


@wild
@given(anything)
def test_any_text_can_be_listed_or_lightened(text: str):
    assert folded_word(text).strip() == folded_word(text)
    assert len(lighten(text)) <= len(text)
