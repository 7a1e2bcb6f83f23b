"""Shouting and flooding; the emphasis of every day is neither."""

import pytest

from comments.rules import shouting
from tests.comments.rules.judging import context, in_body, pointed_at

HELD = {
    "لا" + "ا" * 12 + " تسكتوا": [("letters", "ا" * 13)],
    "رائع" + "ع" * 9: [("letters", "ع" * 10)],
    "nooooooooooo": [("letters", "o" * 11)],
    "ه" * 60: [("letters", "ه" * 60)],
    "جمي" + "ـ" * 20 + "ل": [("tatweel", "ـ" * 20)],
    "T\u0301\u0302\u0303\u0304\u0305e\u0301\u0302\u0303\u0304\u0305 نعم": [
        ("marks", "T\u0301\u0302\u0303\u0304\u0305e\u0301\u0302\u0303\u0304\u0305")
    ],
    "نُُُُُُعم": [("marks", "نُُُُُُ")],
    "كفى" + "!" * 10: [("exclamation", "!" * 10)],
    "لماذا؟!؟!؟!؟!؟!": [("exclamation", "؟!؟!؟!؟!؟!")],
    "نعم " + "*" * 40: [("signs", "*" * 40)],
    "_" * 40: [("signs", "_" * 40)],
    "YOU ARE ALL LIARS AND THIEVES نعم": [("capitals", "YOU ARE ALL LIARS AND THIEVES")],
    "VOUS ÊTES TOUS DES MENTEURS!": [("capitals", "VOUS ÊTES TOUS DES MENTEURS!")],
    "مبروك " + "🎉" * 16: [("emoji", "🎉" * 16)],
    "🎉 نعم " * 16: [("emoji", ("🎉 نعم " * 16).removesuffix(" نعم "))],
    "نعم\u202eمعن\u202c لا": [("direction", "\u202eمعن\u202c")],
    "نعم\u202e": [("direction", "\u202e")],
    "نعم\u202e!!!!!!!!!!!!\u202c": [("direction", "\u202e!!!!!!!!!!!!\u202c")],
    "\u2066a\u2069\n\u2067b": [("direction", "\u2066a\u2069"), ("direction", "\u2067")],
    "كفى" + "!" * 10 + " كفى" + "ى" * 9: [("exclamation", "!" * 10), ("letters", "ى" * 10)],
}
NOT_HELD = [
    "ههههههههههههههه والله ضحكت",
    "خخخخخخخخخخخخ",
    "hahahahahaha hhhhhhhhhhhhhhh",
    "راااااائع جداااااا",
    "يا سلااااااااام",
    "كفى!!!!!!",
    "لماذا؟؟؟ ولمن؟!",
    "لا حول ولا قوة إلا بالله ..............",
    "ــــــــــــــــــ",
    "الســـلام عليـــكم",
    "--------------------",
    "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ",
    "إِنَّ ٱلَّذِينَ ءَامَنُوا۟ وَعَمِلُوا۟ ٱلصَّـٰلِحَـٰتِ",
    "UNESCO UNICEF UNRWA NATO",
    "قال UNHCR إن WHO وUNICEF وUNDP وUNRWA معنا",
    "This is a very long sentence of the UN in New York",
    "OK THANK YOU",
    "I AM OK SO GO",
    "THE UNITED NATIONS COUNCIL said quietly that all of these things are fine and good",
    "🎉" * 15,
    "مبروك 🎉🎉🎉🎉🎉❤️❤️❤️",
    "👩‍👩‍👧‍👦🇸🇾🇵🇸",
    "1000000000000",
    "نعم\u200fلا\u200e",
    "بـــــــــــــــــــداية",
    "café naïve Đặng",
]


@pytest.mark.parametrize(("body", "found"), HELD.items())
def test_what_floods_the_page_is_held_with_the_very_span(body, found):
    assert in_body(shouting.check, body) == found


@pytest.mark.parametrize("body", NOT_HELD)
def test_the_emphasis_of_every_day_is_not_shouting(body):
    assert in_body(shouting.check, body) == []


def test_a_name_is_looked_at_too_and_a_website_is_not():
    judged = context("نعم", name="ليلى\u202eىليل", website="https://example.org/" + "a" * 40)

    assert pointed_at(shouting.check, judged) == [("name", "direction", "\u202e")]
