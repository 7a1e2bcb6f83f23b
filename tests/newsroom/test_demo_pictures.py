import io
import re

import pytest
from PIL import Image

from newsroom.demo import pictures

_KEYS = {
    "harbour", "olive-grove", "bread", "school", "water-tower", "market", "theatre",
    "printing-press", "football", "library", "wheat", "phone-privacy", "rain-street",
    "council-hall", "mountain-road", "lighthouse",
}  # fmt: skip

_ARABIC_LETTER = re.compile("[\u0621-\u064a]")


def test_the_edition_has_all_its_pictures():
    assert set(pictures.PICTURES) == _KEYS


@pytest.mark.parametrize("key", sorted(_KEYS))
def test_a_picture_is_a_full_size_jpeg_without_metadata_and_always_the_same_bytes(key):
    drawn = pictures.draw(key)

    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 900))
        assert dict(image.getexif()) == {}
        assert image.info.keys().isdisjoint({"exif", "comment", "icc_profile"})
    assert pictures.draw(key) == drawn


@pytest.mark.parametrize("key", sorted(_KEYS))
def test_a_picture_is_described_captioned_and_credited_in_arabic(key):
    picture = pictures.PICTURES[key]

    assert picture.key == key
    for text in (picture.alt, picture.caption, picture.credit):
        assert _ARABIC_LETTER.search(text)
        assert text == text.strip()


def test_no_two_pictures_share_a_description():
    descriptions = {picture.alt for picture in pictures.PICTURES.values()}

    assert len(descriptions) == len(_KEYS)


def test_about_half_the_pictures_are_from_the_archive_and_only_those_carry_a_date():
    archived = {key for key, picture in pictures.PICTURES.items() if picture.is_archive}
    dated = {key for key, picture in pictures.PICTURES.items() if picture.taken_on}

    assert len(archived) == 8
    assert dated <= archived


def test_a_picture_that_was_never_drawn_is_refused():
    with pytest.raises(KeyError):
        pictures.draw("volcano")
