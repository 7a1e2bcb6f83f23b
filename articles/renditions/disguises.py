"""Files that are a picture and something else at once.

Renditions are encoded anew, so nothing of such a file reaches a reader; but whoever is handed the
original would hold the other thing too. The marks are long enough that a photograph of 25 MB shows
one by chance less than once in 100,000; what phones append (films, second pictures) bears none.
"""

import io
import re
import zipfile

_MARKS = {
    "RAR": re.compile(rb"Rar!\x1a\x07"),
    "7-Zip": re.compile(rb"7z\xbc\xaf\x27\x1c"),
    "PDF": re.compile(rb"%PDF-[12]\.[0-9]"),
    # A GIF, JPEG or WebP whose length or size reads as the beginning of a script's comment.
    "JavaScript": re.compile(rb"\A(?:GIF8[79]a(?:/\*|=[ -~])|\xff\xd8\xff\xe0/\*|RIFF/\*)"),
}
_MARKS_IN_SMALL_LETTERS = {
    "PHP": re.compile(rb"<\?php\s|__halt_compiler\(\)"),
    "HTML": re.compile(
        rb"<script[\s/>]|<!doctype\s+html|<html[\s>]|<iframe[\s>]|<body\s+on[a-z]+\s*="
    ),
    "SVG": re.compile(rb"<svg\s[^>]{0,500}xmlns"),
}


def other_kind(data: bytes) -> str | None:
    """What this picture's file is besides a picture; None for an honest one."""
    found = (kind for kind, mark in _MARKS.items() if mark.search(data))
    small = data.lower()
    found_in_words = (kind for kind, mark in _MARKS_IN_SMALL_LETTERS.items() if mark.search(small))
    return next(found, None) or next(found_in_words, None) or ("ZIP" if _is_zip(data) else None)


def _is_zip(data: bytes) -> bool:
    """Whether the end of the file lists files of an archive, as every unpacker looks for them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except Exception:  # Whatever else the last bytes of a photograph lead the reader to.
        return False
