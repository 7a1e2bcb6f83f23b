"""Renditions: planned purely, never upscaled, without metadata; hostile files refused."""

import hashlib
import io
import struct
import zlib
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.models import ArchiveImage
from articles.renditions import MAX_BYTES, WIDTHS, Rendition, measure, plan
from tests.conftest import jpeg

DIGEST = "ab" * 32


def encoded(picture: Image.Image, file_format: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def archived(data: bytes, name: str = "picture.jpg") -> ArchiveImage:
    return ArchiveImage.objects.create(file=ContentFile(data, name=name), alt="صورة")


def opened(settings, rendition: Rendition) -> Image.Image:
    with Image.open(Path(settings.MEDIA_ROOT, rendition.name)) as picture:
        picture.load()
        return picture


def kept_files(settings) -> list[str]:
    return sorted(file.name for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file())


# Planning


def test_a_plan_names_each_size_by_the_digest():
    assert plan(DIGEST, 700, 350) == [
        Rendition(f"renditions/ab/{DIGEST}-320.webp", 320, 160),
        Rendition(f"renditions/ab/{DIGEST}-640.webp", 640, 320),
        Rendition(f"renditions/ab/{DIGEST}-700.webp", 700, 350),
    ]


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (320, [320]), (321, [320, 321]), (1920, list(WIDTHS)), (9000, list(WIDTHS))],
)
def test_the_sizes_of_a_picture(width: int, widths: list[int]):
    assert [each.width for each in plan(DIGEST, width, 100)] == widths


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


# Writing


@pytest.mark.django_db
def test_the_renditions_are_written_as_planned(settings):
    image = archived(jpeg(700, 350))

    for rendition in image.renditions:
        picture = opened(settings, rendition)
        assert (picture.format, picture.size) == ("WEBP", (rendition.width, rendition.height))
    assert len(kept_files(settings)) == 1 + 3


@pytest.mark.django_db
def test_a_picture_with_another_file_gets_renditions_of_that_file(settings):
    image = archived(jpeg(700, 350))

    image.file = ContentFile(jpeg(400, 300, "#aa3311"), name="other.jpg")
    image.save()

    assert [(each.width, each.height) for each in image.renditions] == [(320, 240), (400, 300)]
    assert [opened(settings, each).size for each in image.renditions] == [(320, 240), (400, 300)]


@pytest.mark.django_db
def test_exif_and_gps_are_in_no_rendition(settings):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 30.0, 36.0), 29: "2025:01:01"})
    source = encoded(
        Image.new("RGB", (640, 400), "#335577"),
        "JPEG",
        exif=exif,
        comment=b"SecretComment",
        icc_profile=b"SecretProfile" * 20,
    )
    assert all(word in source for word in (b"Exif", b"SecretCamera", b"2025:01:01"))
    image = archived(source)

    for rendition in image.renditions:
        data = Path(settings.MEDIA_ROOT, rendition.name).read_bytes()
        assert not {
            word for word in (b"Exif", b"EXIF", b"Secret", b"2025", b"ICCP") if word in data
        }
        assert dict(opened(settings, rendition).getexif()) == {}


@pytest.mark.django_db
def test_a_picture_taken_sideways_is_shown_upright(settings):
    sideways = Image.new("RGB", (400, 200), "#0000ff")
    sideways.paste("#ff0000", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    image = archived(encoded(sideways, "JPEG", exif=exif, quality=95))

    assert (image.width, image.height) == (200, 400)
    shown = opened(settings, image.renditions[-1]).convert("RGB")
    assert shown.size == (200, 400)
    top, bottom = shown.getpixel((100, 40)), shown.getpixel((100, 360))
    assert top[0] > 200 > 80 > top[2]
    assert bottom[2] > 200 > 80 > bottom[0]


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_stays_transparent(settings, mode):
    source = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    source.paste((200, 200, 200, 255), (200, 0, 400, 300))
    image = archived(encoded(source.convert(mode), "PNG"), "logo.png")

    shown = opened(settings, image.renditions[-1])
    assert [shown.getpixel((x, 150))[3] for x in (20, 380)] == [0, 255]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file_format", "mode"),
    [
        *(("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "I;16"), ("GIF", "P")),
        *(("WEBP", "RGB"), ("AVIF", "RGB")),
    ],
)
def test_every_kind_of_picture_is_taken(settings, file_format, mode):
    image = archived(encoded(Image.new(mode, (330, 200)), file_format))

    assert [opened(settings, each).size for each in image.renditions] == [(320, 194), (330, 200)]


# Refusing


def png_header(width: int, height: int, length: int = 13) -> bytes:
    """A PNG that claims this size in a header of `length` bytes, and holds nothing else."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)[:length]
    chunk = struct.pack(">I", length) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk


HOSTILE = {
    "empty": b"",
    "text": "ليست صورة".encode(),
    "page": b"<html><script>steal()</script></html>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>',
    "script": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "bitmap of a format that is not taken": encoded(Image.new("RGB", (9, 9)), "BMP"),
    "cut short": jpeg()[:-200],
    "cut short at the start": jpeg()[:30],
    "PNG cut short": encoded(Image.effect_noise((200, 200), 50), "PNG")[:-2000],
    "PNG with a short header": png_header(10, 10, length=5),
    "AVIF cut short": encoded(Image.effect_noise((200, 200), 50), "AVIF")[:-2000],
    "bomb": png_header(60_000, 60_000),
    "too many pixels": png_header(8_000, 8_000),
    "no pixels": png_header(0, 10),
    "beyond the length of a rendition": encoded(Image.new("1", (40, 17_000)), "PNG"),
    "too large a file": jpeg() + b"\0" * MAX_BYTES,
}


@pytest.mark.django_db
@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_is_refused_with_one_sentence_and_leaves_nothing(settings, data):
    image = ArchiveImage(file=ContentFile(data, name="picture.jpg"), alt="صورة")

    with pytest.raises(ValidationError) as refused:
        image.full_clean()

    [sentence] = refused.value.message_dict["file"]
    assert sentence.endswith(".")
    assert "\n" not in sentence
    with pytest.raises(ValidationError), transaction.atomic():
        image.save()
    assert kept_files(settings) == []
    assert not ArchiveImage.objects.exists()


photograph = jpeg(40, 30, exif=Image.Exif())
drawing = encoded(Image.effect_noise((40, 30), 50), "PNG")
animation = encoded(
    Image.new("P", (40, 30)), "GIF", save_all=True, append_images=[Image.new("P", (40, 30), 5)]
)
modern = encoded(Image.new("RGB", (40, 30)), "AVIF")
web_picture = encoded(Image.new("RGBA", (40, 30)), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08")


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from([photograph, drawing, animation, modern, web_picture]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
@pytest.mark.filterwarnings("default")
def test_a_damaged_file_is_measured_or_refused_and_nothing_else(data, changes, cut):
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[int(place * (len(damaged) - 1))] = byte
    damaged = damaged[: max(1, int(cut * len(damaged)))]

    try:
        measured = measure(io.BytesIO(damaged))
    except ValidationError as refused:
        assert len(refused.messages) == 1
    else:
        assert measured.sha256 == hashlib.sha256(damaged).hexdigest()
        assert measured.width > 0 and measured.height > 0


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"alt": " "}, {"credit": None}])
def test_a_picture_that_the_database_refuses_leaves_no_file(settings, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveImage.objects.create(
            file=ContentFile(jpeg(), name="a.jpg"), **{"alt": "ص", **fields}
        )

    assert kept_files(settings) == []


def test_a_picture_that_is_in_the_archive_is_told_by_its_name(settings, image):
    kept = kept_files(settings)
    again = ArchiveImage(file=ContentFile(jpeg(), name="renamed.jpg"), alt="نسخة")

    with override("en"), pytest.raises(ValidationError) as refused:
        again.full_clean()

    assert refused.value.message_dict["file"] == [
        f"This picture is in the archive already: “{image.alt}”. Pick it there."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert kept_files(settings) == kept


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
