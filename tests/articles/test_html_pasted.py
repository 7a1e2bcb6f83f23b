"""What word processors put on the clipboard, as it is stored; the browser is given the same."""

from pathlib import Path

import pytest

from articles.html import clean

PASTED = Path(__file__).parent / "pasted"


@pytest.mark.parametrize("source", ["word", "google-docs"])
def test_a_paste_from_a_word_processor_is_stored_in_plain_elements(source: str):
    pasted = (PASTED / f"{source}.html").read_text(encoding="utf-8")
    stored = (PASTED / f"{source}.stored.html").read_text(encoding="utf-8")

    assert clean(pasted) == stored.replace("\n", "")


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ('<span style="FONT-WEIGHT: bold">أ</span>', "<strong>أ</strong>"),
        ('<span style="font-weight:600">أ</span>', "<strong>أ</strong>"),
        ('<span style="font-weight:500">أ</span>', "أ"),
        ('<span style="font-weight:99999999999">أ</span>', "<strong>أ</strong>"),
        (
            '<span style="font-style:oblique;font-weight:bolder">أ</span>',
            "<em><strong>أ</strong></em>",
        ),
        ('<strong style="font-weight:400">أ</strong>', "أ"),
        ('<em style="font-style:normal">أ</em>', "أ"),
        ('<span style="text-decoration: underline line-through">أ</span>', "<s>أ</s>"),
        ("<p dir=rtl>أ</p><p>&nbsp;</p><p>ب</p>", '<p dir="rtl">أ</p><p>&nbsp;</p><p>ب</p>'),
        ("<p class=MsoNormal dir=RTL>أ</p><p>&nbsp;</p><p>ب</p>", "<p>أ</p><p>ب</p>"),
        (
            "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>o </span>أ</p><p>ب</p>",
            "<ul><li><p>أ</p></li></ul><p>ب</p>",
        ),
        (
            "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>(ب)&nbsp;</span>أ</p>",
            "<ol><li><p>أ</p></li></ol>",
        ),
    ],
)
def test_styles_become_the_elements_that_mean_the_same(source: str, stored: str):
    assert clean(source) == stored
