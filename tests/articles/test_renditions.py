"""Renditions: planned purely, never upscaled, upright, in sRGB, without metadata."""

from fractions import Fraction
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles import rendering
from articles.models import ArchiveImage
from articles.renditions import FORMATS, WIDTHS, Rendition, plan
from tests.articles.picture_files import (
    SUFFIXES,
    archived,
    encoded,
    from_a_phone,
    kept_files,
    opened,
    wide_gamut_profile,
)
from tests.conftest import jpeg

DIGEST = "ab" * 32
PROFILES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}


def rendered(data: bytes, name: str = "picture.jpg") -> ArchiveImage:
    """A picture in the archive, with all its renditions."""
    image = archived(data, name)
    rendering.make_all(image)
    return image


def largest(settings, image: ArchiveImage) -> dict[str, Image.Image]:
    """The largest rendition in each format."""
    return {each.format: opened(settings, each) for each in image.renditions[-len(FORMATS) :]}


# Planning


def test_a_plan_names_each_size_by_the_digest():
    assert plan(DIGEST, 700, 350) == [
        Rendition(f"renditions/ab/{DIGEST}-{width}.{each}", width, height, each)
        for width, height in ((320, 160), (640, 320), (700, 350))
        for each in ("avif", "webp", "jpeg")
    ]


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (320, [320]), (321, [320, 321]), (1920, list(WIDTHS)), (9000, list(WIDTHS))],
)
def test_the_sizes_of_a_picture(width: int, widths: list[int]):
    assert [each.width for each in plan(DIGEST, width, 100) if each.format == "webp"] == widths


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 20_000), st.integers(1, 20_000))
@example(20_000, 1)
@example(1, 20_000)
def test_no_rendition_is_larger_than_the_picture_or_out_of_shape(width: int, height: int):
    planned = plan(DIGEST, width, height)

    assert planned == plan(DIGEST, width, height)
    assert len({each.name for each in planned}) == len(planned) > 0
    for each in planned:
        assert 1 <= each.width <= width
        assert 1 <= each.height <= height
        assert abs(each.height - Fraction(height * each.width, width)) < 1


# Making


@pytest.mark.django_db
def test_the_renditions_are_made_as_planned_and_only_once(settings):
    image = archived(jpeg(700, 350))
    assert len(kept_files(settings)) == 1

    assert rendering.make_all(image) == 3 * 3

    for rendition in image.renditions:
        picture = opened(settings, rendition)
        shown = (picture.format, picture.size)
        assert shown == (rendition.format.upper(), (rendition.width, rendition.height))
    assert len(kept_files(settings)) == 1 + 3 * 3
    assert rendering.make_all(image) == 0


@pytest.mark.django_db
def test_a_rendition_that_is_there_is_made_anew_only_when_that_is_asked_for(settings):
    image = rendered(jpeg(300, 200))
    file = Path(settings.MEDIA_ROOT, image.thumbnail.name)
    file.write_bytes(b"old")

    assert rendering.make_all(image) == 0
    assert file.read_bytes() == b"old"
    assert rendering.make_all(image, anew=True) == 3
    assert opened(settings, image.thumbnail).size == (300, 200)


@pytest.mark.django_db
def test_renditions_of_a_picture_deleted_meanwhile_do_not_stay(settings, image):
    ghost = ArchiveImage.objects.get()
    ArchiveImage.objects.all().delete()

    rendering.make_all(ghost)

    assert kept_files(settings) == []


@pytest.mark.django_db
def test_a_picture_with_another_file_gets_renditions_of_that_file(settings):
    image = archived(jpeg(700, 350))

    image.file = ContentFile(jpeg(400, 300, "#aa3311"), name="other.jpg")
    image.save()
    rendering.make_all(image)

    sizes = [(320, 240)] * 3 + [(400, 300)] * 3
    assert [(each.width, each.height) for each in image.renditions] == sizes
    assert [opened(settings, each).size for each in image.renditions] == sizes


@pytest.mark.django_db
@pytest.mark.parametrize("orientation", range(1, 9))
def test_nothing_that_a_phone_wrote_is_in_any_rendition(settings, orientation):
    source = from_a_phone(orientation=orientation)
    secrets = (b"Exif", b"Secret", b"2025:", b"xmpmeta")
    assert all(word in source for word in secrets)
    image = rendered(source)

    for rendition in image.renditions:
        data = Path(settings.MEDIA_ROOT, rendition.name).read_bytes()
        told = (*secrets, b"EXIF", b"ICCP", b"ICC_PROFILE", b"nclxprof")
        assert not [word for word in told if word in data]
        picture = opened(settings, rendition)
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)),
     (8, (0, 1))],
)  # fmt: skip
def test_a_picture_is_shown_as_the_camera_was_held(settings, orientation, corner):
    sideways = Image.new("RGB", (400, 200), "#0000ff")
    sideways.paste("#ff0000", (0, 0, 100, 50))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = rendered(encoded(sideways, "JPEG", exif=exif, quality=95))

    size = (200, 400) if orientation > 4 else (400, 200)
    assert (image.width, image.height) == size
    for picture in largest(settings, image).values():
        assert picture.size == size
        reds = {
            (x, y)
            for x in (0, 1)
            for y in (0, 1)
            if picture.getpixel((20 + x * (size[0] - 40), 20 + y * (size[1] - 40)))[0] > 200
        }
        assert reds == {corner}


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_stays_transparent_and_is_white_paper_in_jpeg(settings, mode):
    source = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    source.paste((200, 200, 200, 255), (200, 0, 400, 300))
    image = rendered(encoded(source.convert(mode), "PNG"), "logo.png")

    shown = largest(settings, image)
    for each in ("avif", "webp"):
        assert [shown[each].getpixel((x, 150))[3] for x in (20, 380)] == [0, 255]
    white, grey = (shown["jpeg"].getpixel((x, 150)) for x in (20, 380))
    assert min(white) > 250
    assert all(abs(each - 200) < 5 for each in grey)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file_format", "mode"),
    [
        *(("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "I;16"), ("GIF", "P")),
        *(("WEBP", "RGB"), ("AVIF", "RGB"), ("PNG", "LA"), ("PNG", "P"), ("MPO", "RGB")),
    ],
)
def test_every_kind_of_picture_is_taken(settings, file_format, mode):
    image = rendered(
        encoded(Image.new(mode, (330, 200)), file_format), f"a.{SUFFIXES[file_format]}"
    )

    assert [opened(settings, each).size for each in image.renditions] == [(320, 194)] * 3 + [
        (330, 200)
    ] * 3


@pytest.mark.django_db
@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "AVIF", "PNG"])
def test_of_an_animated_picture_the_first_frame_is_shown(settings, file_format):
    frames = [Image.new("RGB", (40, 30), color) for color in ("#ff0000", "#0000ff")]
    data = encoded(frames[0], file_format, save_all=True, append_images=frames[1:])
    image = rendered(data, f"a.{SUFFIXES[file_format]}")

    for picture in largest(settings, image).values():
        assert getattr(picture, "n_frames", 1) == 1
        red, _green, blue = picture.convert("RGB").getpixel((20, 15))
        assert red > 200 > 80 > blue


@pytest.mark.django_db
@pytest.mark.parametrize(("file_format", "suffix"), PROFILES.items())
def test_colours_are_brought_from_their_profile_to_srgb(settings, file_format, suffix):
    red = Image.new("RGB", (64, 48), "#ff0000")
    profile = wide_gamut_profile()
    image = rendered(encoded(red, file_format, icc_profile=profile, quality=95), f"a.{suffix}")

    for picture in largest(settings, image).values():
        shown_red, shown_green, _blue = picture.getpixel((32, 24))
        assert shown_green > 200 > 80 > shown_red


@pytest.mark.django_db
def test_a_profile_that_cannot_be_read_is_left_out_of_account(settings):
    red = Image.new("RGB", (64, 48), "#ff0000")
    image = rendered(encoded(red, "JPEG", icc_profile=b"SecretProfile" * 20, quality=95))

    for picture in largest(settings, image).values():
        assert picture.getpixel((32, 24))[0] > 200


@pytest.mark.django_db
def test_a_large_picture_is_reduced_without_shifting_anything(settings):
    source = Image.new("RGB", (6000, 3000), "#0000ff")
    source.paste("#ff0000", (0, 0, 3000, 1500))
    image = rendered(encoded(source, "PNG"), "large.png")

    for picture in largest(settings, image).values():
        assert picture.size == (1920, 960)
        assert picture.getpixel((900, 450))[0] > 200
        assert picture.getpixel((1020, 450))[2] > 200
        assert picture.getpixel((900, 510))[2] > 200


# What stays on the disk


def test_a_picture_may_be_saved_again_with_its_own_file(settings, image):
    kept = kept_files(settings)
    image.caption = "المرفأ مساءً"

    image.full_clean()
    image.save()

    assert kept_files(settings) == kept


def test_a_deleted_picture_leaves_no_file_behind(
    settings, image, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ArchiveImage.objects.all().delete()

    assert kept_files(settings) == []


def test_a_replaced_picture_leaves_only_the_new_files(
    settings, image, django_capture_on_commit_callbacks
):
    before = kept_files(settings)
    with django_capture_on_commit_callbacks(execute=True):
        image.file = ContentFile(jpeg(color="#aa2211"), name="new.jpg")
        image.save()

    assert len(kept_files(settings)) == len(before)
    assert set(kept_files(settings)) & set(before) == set()
