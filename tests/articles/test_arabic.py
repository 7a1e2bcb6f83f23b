"""Blank text, slugs and excerpts, on Arabic and on wild text."""

import re
import sys

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.arabic import (
    INVISIBLE_CHARACTERS,
    NOT_BLANK_PATTERN,
    SLUG_MAX_LENGTH,
    excerpt,
    is_blank,
    slugify,
)

wild = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# PostgreSQL's text holds no NUL.
storable = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
invisible = st.from_regex(f"[{INVISIBLE_CHARACTERS}]{{0,20}}", fullmatch=True)


def is_blank_to_the_database(text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s !~ %s", [text, NOT_BLANK_PATTERN])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\t\r\n", "\xa0", "\u3000", "\u200b\u200c\u200d", "\u200f\u200e", "\u061c"),
        *("\ufeff", "\u2060", "\u00ad", "ـــ", "\u3164", "\u2800", "\u202b \u202c", "\ufe0f"),
        *("\u064b\u064c", "ـَـُ", "\u0670", "\u0615", "\u08f0", "\u0301", "\ufe76"),
    ],
)
def test_what_no_reader_can_read_is_blank(text: str):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["ا", "\u200fخبر", ".", "0", "👍", " ـعـ ", "بً", "ﷺ", "…"])
def test_one_visible_character_is_not_blank(text: str):
    assert not is_blank(text)


@pytest.mark.django_db
def test_python_and_the_database_agree_on_every_single_character():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(code ORDER BY code) FROM generate_series(1, %s) AS code"
            " WHERE code NOT BETWEEN 55296 AND 57343 AND chr(code) !~ %s",
            [sys.maxunicode, NOT_BLANK_PATTERN],
        )
        blank = cursor.fetchone()[0]

    assert blank == [code for code in range(1, sys.maxunicode + 1) if is_blank(chr(code))]


@pytest.mark.django_db
@wild
@given(invisible.map(lambda text: text.replace("\0", "")), st.one_of(st.just(""), storable))
def test_python_and_the_database_agree_on_wild_text(padding: str, text: str):
    for mixed in (padding, padding + text + padding):
        assert is_blank_to_the_database(mixed) == is_blank(mixed)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("المجلس يقر موازنة الأرصفة", "المجلس-يقر-موازنة-الأرصفة"),
        ("شبح “الغلاء” يظهر مجدداً!", "شبح-الغلاء-يظهر-مجددا"),
        ("مُـــدَرِّسَةٌ", "مدرسة"),
        ("  «سوريا»:  ٢٠٢٥/2025 ", "سوريا-٢٠٢٥-2025"),
        ("The Harbour: Open_Again", "the-harbour-open-again"),
        ("Café ﷲ", "café-الله"),
        ("\u202bمرحبا\u202c\u200fبكم", "مرحبابكم"),
        ("؟!… 👍", ""),
    ],
)
def test_a_slug_keeps_the_letters_and_drops_the_ornaments(text: str, slug: str):
    assert slugify(text) == slug


def test_a_long_slug_is_cut_at_a_word():
    assert slugify("خبر عاجل جداً", max_length=10) == "خبر-عاجل"
    assert slugify("خبر عاجل", max_length=8) == "خبر-عاجل"
    assert slugify("ا" * 300) == "ا" * SLUG_MAX_LENGTH


@wild
@given(st.text(max_size=300))
@example("\u3164!")
@example("İstanbul ǅ ﬀ")
@example("ﷺ" * 100)
def test_every_slug_is_an_address_that_the_database_takes(text: str):
    slug = slugify(text)

    assert re.fullmatch(r"|[^\W_]+(-[^\W_]+)*", slug)
    assert len(slug) <= SLUG_MAX_LENGTH
    if slug:
        assert not is_blank(slug)
        assert reverse("article", args=[slug])


@pytest.mark.parametrize(
    ("text", "max_length", "shown"),
    [
        ("خبر قصير", 100, "خبر قصير"),
        ("  سطر\n\tآخر  ", 100, "سطر آخر"),
        ("تبادلت الوفود الاتهامات", 14, "تبادلت الوفود …"),
        ("تبادلت الوفود الاتهامات", 13, "تبادلت الوفود …"),
        ("تبادلت الوفود الاتهامات", 12, "تبادلت …"),
        ("قال المصدر، ثم صمت", 12, "قال المصدر …"),
        ("ا" * 30, 10, "ا" * 10 + " …"),
    ],
)
def test_an_excerpt_is_cut_at_a_word(text: str, max_length: int, shown: str):
    assert excerpt(text, max_length) == shown


@wild
@given(st.text("اب ج،.\n\u00a0", max_size=60), st.integers(1, 30))
def test_an_excerpt_is_the_beginning_of_the_text(text: str, max_length: int):
    line = " ".join(text.split())
    shown = excerpt(text, max_length)

    if len(line) <= max_length:
        assert shown == line
        return
    assert shown.endswith(" …")
    head = shown.removesuffix(" …")
    assert line.startswith(head)
    assert len(head) <= max_length
