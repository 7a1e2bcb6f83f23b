"""The typeface of the headlines, cut down to what an Arabic paper writes.

`python -m tests.typeface` makes the file that readers are sent from the font with which title
cards are drawn, so that both show the same letters.
"""

from pathlib import Path

from fontTools import subset

from articles.renditions import title_cards

SENT = Path("articles/static/articles/typeface/NotoKufiArabic-Bold.woff2")
# Arabic and its neighbours' letters, marks and digits; Latin; the signs between them.
CHARACTERS = frozenset(
    [
        *range(0x0600, 0x0700),
        *range(0x0020, 0x007F),
        *map(ord, "\u00a0«»“”‘’…–—·\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069ﷺ"),
    ]
)
# What joins, replaces and places letters and marks; nothing that a writer would have to ask for.
_FEATURES = (
    *("ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "liga", "calt"),
    *("mark", "mkmk", "kern"),
)
_WHOSE = (0, 1, 2, 3, 4, 5, 6, 13, 14)  # names, the copyright and the licence among them


def make(path: Path) -> None:
    """Write the cut typeface."""
    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=list(_FEATURES), name_IDs=list(_WHOSE)
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    with subset.load_font(title_cards.FONT, options) as font:
        cutter.subset(font)
        subset.save_font(font, path, options)


if __name__ == "__main__":
    make(SENT)
    print(f"{SENT}: {SENT.stat().st_size:,} bytes")
