"""The door of the archive: hostile and damaged files are refused with one plain sentence each,
within bounded memory, and leave nothing; honest ones pass, however odd."""

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.models import ArchiveImage
from articles.renditions import MAX_BYTES, measure
from tests.articles.picture_files import (
    SUFFIXES,
    archived,
    encoded,
    from_a_phone,
    gif_header,
    jpeg_that_claims,
    kept_files,
    noise,
    png_header,
    webp_header,
)
from tests.conftest import jpeg
from tests.newsroom.commands import PROJECT

UNREADABLE = "This is no picture that can be read. Use a JPEG, PNG, WebP, AVIF or GIF file."
DAMAGED = "The picture's file is cut short or damaged. Take it from its source once more."
TOO_MANY = "The picture has more than 50 million pixels. Save it smaller."
TOO_MANY_OF_MODERN = "The picture has more than 20 million pixels. Save it smaller."


def besides(kind: str) -> str:
    return (
        f"The file is a picture and something else at once ({kind})."
        " Open it in a picture editor, save it anew and send that one."
    )


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("payload.txt", "x" * 50)
    return buffer.getvalue()


PAGE = b"<html><body><script>steal()</script></body></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.jpg", b"", "The file is empty."),
    "text": ("a.jpg", "ليست صورة".encode(), UNREADABLE),
    "page": (
        "a.jpg",
        b"\xef\xbb\xbf\n" + PAGE,
        "This is a web page, not a picture. Save the picture itself from that page.",
    ),
    "drawing": (
        "a.png",
        b'<?xml version="1.0"?>\n' + DRAWING,
        "This is a drawing (SVG), which can hold programs. Export it as PNG.",
    ),
    "photograph of an iPhone": (
        "a.jpg",
        b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 500,
        "This is a HEIC picture. Export it as JPEG and send that one.",
    ),
    "printer's script": ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", UNREADABLE),
    "bitmap": ("a.jpg", encoded(Image.new("RGB", (9, 9)), "BMP"), UNREADABLE),
    "JPEG cut short at the start": ("a.jpg", jpeg()[:30], UNREADABLE),
    **{
        f"{each} cut short": (f"a.{SUFFIXES[each]}", encoded(noise(), each)[:-2000], DAMAGED)
        for each in ("JPEG", "PNG", "GIF")
    },
    "AVIF cut short": ("a.avif", encoded(noise(), "AVIF")[:-2000], UNREADABLE),
    "WebP cut short": ("a.webp", encoded(noise(), "WEBP")[:-2000], UNREADABLE),
    "PNG with a short header": ("a.png", png_header(10, 10, length=5), UNREADABLE),
    "PNG bomb": ("a.png", png_header(60_000, 60_000), TOO_MANY),
    "GIF bomb": ("a.gif", gif_header(60_000, 60_000), TOO_MANY),
    "JPEG bomb": ("a.jpg", jpeg_that_claims(60_000, 60_000), TOO_MANY),
    "WebP bomb": ("a.webp", webp_header(16_000, 16_000), TOO_MANY),
    "200 megapixels": ("a.png", png_header(20_000, 10_000), TOO_MANY),
    "100 megapixels": ("a.png", png_header(10_000, 10_000), TOO_MANY),
    "one row over the limit": ("a.png", png_header(10_000, 5_001), TOO_MANY),
    "WebP that takes too much memory": (
        "a.webp",
        encoded(Image.new("RGB", (5_000, 4_001)), "WEBP", method=0),
        TOO_MANY_OF_MODERN,
    ),
    "no pixels": ("a.png", png_header(0, 10), UNREADABLE),
    "beyond the height of a rendition": (
        "a.png",
        encoded(Image.new("1", (40, 17_000)), "PNG"),
        "The picture is more than 16383 pixels high. Cut it and try again.",
    ),
    "too large a file": (
        "a.jpg",
        jpeg() + b"\0" * MAX_BYTES,
        "The file is larger than 25 MB. Save the picture smaller and try again.",
    ),
    "PNG by the name of a JPEG": (
        "a.jpg",
        encoded(noise(), "PNG"),
        "The file is a picture in PNG, and its name should end in .png. Rename it and try again.",
    ),
    "JPEG by the name of a page": (
        "a.html",
        jpeg(),
        "The file is a picture in JPEG, and its name should end in .jpg. Rename it and try again.",
    ),
    "JPEG and ZIP": ("a.jpg", jpeg() + zipped(), besides("ZIP")),
    "PNG and ZIP": ("a.png", encoded(noise(), "PNG") + zipped(), besides("ZIP")),
    "GIF and RAR": ("a.gif", encoded(noise(), "GIF") + b"Rar!\x1a\x07\0", besides("RAR")),
    "JPEG and 7-Zip": ("a.jpg", jpeg() + b"7z\xbc\xaf\x27\x1c", besides("7-Zip")),
    "JPEG and PDF": ("a.jpg", jpeg(comment=b"%PDF-1.4\n%%EOF"), besides("PDF")),
    "JPEG and page": ("a.jpg", jpeg(comment=b"<SCRIPT src=//x>"), besides("HTML")),
    "WebP and page": ("a.webp", encoded(noise(), "WEBP") + PAGE, besides("HTML")),
    "JPEG and PHP": ("a.jpg", jpeg(comment=b"<?php system($_GET[1]); ?>"), besides("PHP")),
    "PNG and drawing": ("a.png", encoded(noise(), "PNG") + b"<svg xmlns='x'>", besides("SVG")),
    "GIF and script": (
        "a.gif",
        b"GIF89a/*" + encoded(noise(), "GIF")[8:] + b"*/=1;steal()",
        besides("JavaScript"),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "data", "sentence"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_is_refused_with_one_sentence_and_leaves_nothing(
    settings, name, data, sentence
):
    image = ArchiveImage(file=ContentFile(data, name=name), alt="صورة")

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            image.full_clean()
        assert refused.value.message_dict["file"] == [sentence]
    with pytest.raises(ValidationError), transaction.atomic():
        image.save()
    assert kept_files(settings) == []
    assert not ArchiveImage.objects.exists()


def odd_pictures() -> dict[str, tuple[str, bytes]]:
    """Files that look odd, and are what phones, scanners and editors make."""
    photograph = from_a_phone()
    film = b"\0\0\0\x18ftypmp42" + noise().tobytes()
    second = [Image.new("RGB", (640, 400)), Image.new("RGB", (320, 200))]
    broken_exif = photograph.replace(b"Exif\0\0", b"Exif\0\0\xff\xff\xff\xff", 1)
    return {
        "photograph with a film behind it": ("a.JPG", photograph + film),
        "a maker's trailer": ("a.jpeg", photograph + b"\0\0\1\nImage_UTC_DataSEFH"),
        "photograph with a second one inside": (
            "a.jpg",
            encoded(second[0], "MPO", save_all=True, append_images=second[1:]),
        ),
        "photograph with a damaged record": ("a.jpg", broken_exif),
        "record that is no record": ("a.jpg", jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff")),
        "print's colours": ("a.jfif", encoded(Image.new("CMYK", (64, 48)), "JPEG")),
        "sixteen bits of grey": ("a.png", encoded(Image.new("I;16", (64, 48)), "PNG")),
        "palette with transparency": (
            "a.png",
            encoded(Image.new("P", (64, 48)), "PNG", transparency=0),
        ),
        "words about a script": ("a.jpg", jpeg(comment="كتب <b>عن</b> script وPHP".encode())),
        "two letters of a ZIP": ("a.jpg", jpeg() + b"PK\x05\x06" + b"\xff" * 40),
        "GIF without its last byte": ("a.gif", encoded(noise(), "GIF")[:-1]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"), odd_pictures().values(), ids=list(odd_pictures())
)  # fmt: skip
@pytest.mark.filterwarnings("default")
def test_an_odd_but_honest_file_passes(name, data):
    measured = measure(io.BytesIO(data), name)

    assert measured.sha256 == hashlib.sha256(data).hexdigest()
    assert measured.width > 0 and measured.height > 0


def test_the_day_comes_from_the_camera_and_the_place_from_nowhere():
    measured = measure(io.BytesIO(from_a_phone()), "a.jpg")

    assert measured.taken_on == date(2025, 3, 21)
    assert "33" not in str(measured.taken_on)


@pytest.mark.parametrize("said", ["0000:00:00 00:00:00", "2999:01:01", "gestern", "", "2025-03-21"])
def test_a_day_that_cannot_be_true_is_not_taken_over(said):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = said

    assert measure(io.BytesIO(jpeg(exif=exif)), "a.jpg").taken_on is None


# Whatever else comes

photograph = jpeg(40, 30, exif=Image.Exif())
drawing = encoded(Image.effect_noise((40, 30), 50), "PNG")
animation = encoded(
    Image.new("P", (40, 30)), "GIF", save_all=True, append_images=[Image.new("P", (40, 30), 5)]
)
modern = encoded(Image.new("RGB", (40, 30)), "AVIF")
web_picture = encoded(Image.new("RGBA", (40, 30)), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08")


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(
        [
            (photograph, "a.jpg"),
            (drawing, "a.png"),
            (animation, "a.gif"),
            (modern, "a.avif"),
            (web_picture, "a.webp"),
        ]
    ),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
@pytest.mark.filterwarnings("default")
def test_a_damaged_file_is_measured_or_refused_and_nothing_else(sent, changes, cut):
    data, name = sent
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[int(place * (len(damaged) - 1))] = byte
    damaged = damaged[: max(1, int(cut * len(damaged)))]

    try:
        measured = measure(io.BytesIO(damaged), name)
    except ValidationError as refused:
        assert len(refused.messages) == 1
    else:
        assert measured.sha256 == hashlib.sha256(damaged).hexdigest()
        assert measured.width > 0 and measured.height > 0


# Memory

LARGEST = {
    "JPEG": ("RGB", (8_600, 5_800)),
    "JPEG of print": ("CMYK", (6_700, 4_400)),
    "PNG": ("RGB", (8_600, 5_800)),
    "PNG with a palette": ("P", (8_600, 5_800)),
    "PNG of sixteen bits": ("I;16", (8_600, 5_800)),
    "PNG with transparency": ("RGBA", (8_600, 5_800)),
    "GIF": ("L", (8_600, 5_800)),
    "WEBP": ("RGBA", (5_000, 3_990)),
    "AVIF": ("RGBA", (5_000, 3_990)),
}
OPTIONS = {
    "JPEG": {"progressive": True, "subsampling": 0, "quality": 70},
    "PNG": {"compress_level": 1},
    "WEBP": {"method": 0, "quality": 30},
    "AVIF": {"speed": 10, "quality": 30},
    "GIF": {},
}
# Judges a file and makes its largest rendition, as the server and the worker do; prints the peak.
JUDGE = """
import sys, django
django.setup()
from pathlib import Path
from articles.renditions import decoded, measure
path = Path(sys.argv[1])
with path.open("rb") as file:
    measure(file, path.name)
    decoded(file, 1920)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.parametrize(("kind", "form"), LARGEST.items(), ids=list(LARGEST))
def test_the_largest_pictures_are_judged_and_rendered_in_512_megabytes(kind, form, tmp_path):
    (mode, size), file_format = form, kind.split()[0]
    file = tmp_path / f"large.{SUFFIXES[file_format]}"
    Image.new(mode, size).save(file, file_format, **OPTIONS[file_format])

    assert _peak_of(file) < 512


@pytest.mark.parametrize("name", ["PNG bomb", "GIF bomb", "JPEG bomb", "WebP bomb"])
def test_a_bomb_takes_no_memory_before_it_is_refused(name, tmp_path):
    suffix, data, _sentence = HOSTILE[name]
    file = tmp_path / suffix
    file.write_bytes(data)

    assert _peak_of(file, refused=True) < 160


def _peak_of(file: Path, *, refused: bool = False) -> int:
    """Megabytes that a process of its own needs at most for this file."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell how much memory a process needed")
    code = JUDGE
    if refused:
        code = code.replace("    measure(file, path.name)\n    decoded(file, 1920)\n", REFUSED)
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


REFUSED = """
    try:
        measure(file, path.name)
    except django.core.exceptions.ValidationError:
        pass
    else:
        raise SystemExit("it was not refused")
"""


# One file, one picture


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"alt": " "}, {"credit": None}])
def test_a_picture_that_the_database_refuses_leaves_no_file(settings, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        archived(jpeg(), **fields)

    assert kept_files(settings) == []


def test_a_picture_that_is_in_the_archive_is_told_by_its_name(settings, image):
    kept = kept_files(settings)
    again = ArchiveImage(file=ContentFile(jpeg(), name="renamed.jpg"), alt="نسخة")

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            again.full_clean()
        assert refused.value.message_dict["file"] == [
            f"This picture is in the archive already: “{image.alt}”. Pick it there."
        ]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert kept_files(settings) == kept
