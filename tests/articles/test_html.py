"""The one sanitiser: what hostile, pasted and broken HTML becomes."""

import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.html import TAGS, clean, to_text
from tests.conftest import shared

ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}


class Elements(HTMLParser):
    """Every element of a text, as a parser other than the sanitiser's sees it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.oddities: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.oddities.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(cleaned: str) -> None:
    elements = Elements(cleaned)
    assert elements.oddities == []
    for tag, attributes in elements.found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        if attributes.get("href"):
            assert urlsplit(attributes["href"]).scheme in {"", "http", "https", "mailto"}
    assert "\0" not in cleaned


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("<p>نص</p><script>steal()</script>", "<p>نص</p>"),
        ('<p onclick="steal()" style="color:red" class="x" id="y">نص</p>', "<p>نص</p>"),
        ("<img src=x onerror=steal()>", ""),
        ('<a href="javascript:steal()">اضغط</a>', '<a rel="noopener">اضغط</a>'),
        ('<a href=" jAvA\tscript:steal()">اضغط</a>', '<a rel="noopener">اضغط</a>'),
        ('<a href="data:text/html,<script>">اضغط</a>', '<a rel="noopener">اضغط</a>'),
        ('<a href="ftp://example.org/">اضغط</a>', '<a rel="noopener">اضغط</a>'),
        (
            '<a href="https://example.org/?a=1&amp;b=2" target="_blank">رابط</a>',
            '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">رابط</a>',
        ),
        ("<svg><script>steal()</script><text>x</text></svg><p>نص</p>", "<p>نص</p>"),
        ("<iframe src=//evil.example>x</iframe><p>نص</p>", "<p>نص</p>"),
        ("<style>p{display:none}</style><p>نص</p>", "<p>نص</p>"),
        ("<!-- سرّ --><p>نص</p><!--[if IE]>x<![endif]-->", "<p>نص</p>"),
        ("<form action=/x><input name=a><button>b</button></form>", "b"),
        ('<ol start="3"><li>ثلاثة</li></ol>', '<ol start="3"><li>ثلاثة</li></ol>'),
        ("<p>غير مغلق <strong>أبداً", "<p>غير مغلق <strong>أبداً</strong></p>"),
        ("<p>قبل\0بعد</p>", "<p>قبلبعد</p>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
    ],
)
def test_what_is_stored_of_hostile_html(source: str, cleaned: str):
    assert clean(source) == cleaned


def test_a_paste_from_a_word_processor_leaves_its_text_in_plain_paragraphs():
    pasted = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8>"
        "<style>p.MsoNormal{margin:0cm}</style><!--[if gte mso 9]><xml><w:View>Normal</w:View>"
        "</xml><![endif]--></head><body lang=AR-SA><p class=MsoNormal dir=RTL "
        "style='text-align:right'><span lang=AR-SA style='font-family:\"Arial\"'>الفقرة "
        "<strong>الأولى</strong><o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        "<p class=MsoNormal>الثانية</p><p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>"
    )

    assert clean(pasted) == ("<p>الفقرة <strong>الأولى</strong></p><p>&nbsp;</p><p>الثانية</p>")


@pytest.mark.parametrize(
    "source", ["", " ", "<p></p>", "<p> </p>\n<p>&nbsp;<br></p>", "<script>x</script>", "\n<p></p>"]
)
def test_a_body_in_which_nothing_was_typed_is_empty(source: str):
    assert clean(source) == ""


def test_empty_paragraphs_are_dropped_at_both_ends_alone():
    assert clean(" <p></p> <p>أ</p><p></p><p>ب</p><p> </p> ") == "<p>أ</p><p></p><p>ب</p>"


def test_a_hundred_thousand_empty_paragraphs_are_cleaned_in_linear_time():
    between = "<p> </p>" * 100_000

    assert clean(f"<p>أ</p>{between}<p>ب</p>") == f"<p>أ</p>{between}<p>ب</p>"


def test_every_naughty_string_is_harmless_and_stays_as_it_was_stored():
    strings = json.loads(shared("data", "naughty-strings.json").read_text())
    for string in strings:
        stored = clean(string)
        assert_harmless(stored)
        assert clean(stored) == stored
        assert_harmless(clean(f"<p>{string}</p>"))
        assert_harmless(clean(f'<a href="{string}">x</a>'))
    assert len(strings) > 400


pieces = st.sampled_from(
    [
        *("<p>", "</p>", "<a href='javascript:x'>", "<script>", "</script>", "<svg>", "<math>"),
        *("<style>", "<title>", "<!--", "-->", "<![CDATA[", "<b onload=x>", "&lt;script&gt;"),
        *("&#0;", "&nbsp;", "<br>", "<", ">", '"', "'", "\0", " ", "نص", "<noscript>", "</"),
        *("<table>", "<td>", "<textarea>", "<mglyph>", "<annotation-xml>", "<template>", "<li>"),
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=15).map("".join))
@example("<p><a href='&#106;avascript:x'>")
@example(" <p></p><p>نص</p>")
def test_wild_html_is_harmless_and_stays_as_it_was_stored(source: str):
    stored = clean(source)

    assert_harmless(stored)
    assert clean(stored) == stored


def test_the_plain_text_has_a_blank_between_blocks_and_no_entities():
    source = "<h2>عنوان</h2><p>5 &lt; 6 &amp; <strong>7</strong></p><ul><li>أ</li><li>ب</li></ul>"

    assert to_text(source).split() == ["عنوان", "5", "<", "6", "&", "7", "أ", "ب"]
