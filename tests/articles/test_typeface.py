"""The letters of the headlines that readers are sent."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from articles.arabic import WRITTEN_CHARACTERS
from articles.renditions import title_cards
from tests import typeface

MOST_BYTES = 40 * 1024


def characters_of(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


def test_it_is_cut_from_the_typeface_of_the_title_cards_as_the_script_does(tmp_path: Path):
    again = tmp_path / "again.woff2"
    typeface.make(again)

    assert typeface.SENT.read_bytes() == again.read_bytes()


def test_it_weighs_at_most_forty_kilobytes():
    assert typeface.SENT.stat().st_size <= MOST_BYTES


def test_it_holds_all_of_the_wanted_characters_that_the_whole_one_has():
    whole, sent = characters_of(title_cards.FONT), characters_of(typeface.SENT)

    assert sent == whole & typeface.CHARACTERS


@pytest.mark.parametrize("text", [WRITTEN_CHARACTERS, "إأآءئؤىةگچپژ", "٠١٢٣٤٥٦٧٨٩", "،؛؟٪ـ", "ًٌٍَُِّْٰ"])
def test_it_can_write_what_stands_in_headlines(text: str):
    assert set(map(ord, text)) <= characters_of(typeface.SENT)


def test_its_licence_lies_beside_it():
    licence = (typeface.SENT.parent / "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
