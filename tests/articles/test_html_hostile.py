"""The one sanitiser: what hostile HTML becomes, and that no text takes it long."""

import json
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.html import TAGS, clean
from tests.conftest import shared

LONGEST = 20  # seconds of computing for a megabyte of the worst

DIRECTED = ("p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "td", "th")
ATTRIBUTES = {
    **{tag: {"dir"} for tag in DIRECTED},
    "a": {"href", "title", "rel"},
    "ol": {"start", "dir"},
    "td": {"colspan", "rowspan", "dir"},
    "th": {"colspan", "rowspan", "scope", "dir"},
    "blockquote": {"class", "dir"},
    "figure": {"class", "data-picture"},
}
VALUES = {
    "dir": {"ltr", "rtl"},
    "scope": {"row", "col"},
    "rel": {"noopener"},
    "class": {"pull-quote", "video-card"},
}
NUMBERS = {"start", "colspan", "rowspan", "data-picture"}


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
        for name, value in attributes.items():
            assert value in VALUES.get(name, {value})
            assert name not in NUMBERS or str(value).isdecimal()
        if attributes.get("href"):
            assert urlsplit(attributes["href"]).scheme in {"", "http", "https", "mailto"}
    assert "\0" not in cleaned


HOSTILE = {
    # Scripts and handlers
    "<p>نص</p><script>steal()</script>": "<p>نص</p>",
    "<scr<script>ipt>steal()</scr</script>ipt>": "ipt&gt;steal()ipt&gt;",
    "<script/src=//evil.example>": "",
    "<SCRIPT>steal()</SCRIPT>نص": "نص",
    '<p onclick="steal()" style="color:red" class="x" id="y">نص</p>': "<p>نص</p>",
    '<p onclick\n=\n"steal()">نص</p>': "<p>نص</p>",
    "<p/onmouseover=steal()>نص</p>": "<p>نص</p>",
    '<strong onfocus="steal()" autofocus tabindex=1>نص</strong>': "<strong>نص</strong>",
    '<figure data-picture="1" onload="steal()"></figure>': '<figure data-picture="1"></figure>',
    '<table background="javascript:steal()"><tr><td>نص</td></tr></table>': (
        "<table><tbody><tr><td>نص</td></tr></tbody></table>"
    ),
    "<marquee onstart=steal()>نص</marquee>": "نص",
    "<details open ontoggle=steal()><summary>نص</summary></details>": "نص",
    "<noscript><p title='</noscript><img src=x onerror=steal()>'>": "'&gt;",
    # Pictures, frames, media, plug-ins
    "<img src=x onerror=steal()>": "",
    "<img src='javascript:steal()'>نص": "نص",
    "<picture><source srcset=x><img src=x></picture>نص": "نص",
    "<iframe src=//evil.example>x</iframe><p>نص</p>": "<p>نص</p>",
    "<iframe srcdoc='<script>steal()</script>'></iframe>نص": "نص",
    "<object data='data:text/html,<script>'>x</object>نص": "نص",
    "<embed src=//evil.example>نص": "نص",
    "<video src=x onerror=steal()>x</video>نص": "نص",
    "<audio><source onerror=steal()></audio>نص": "نص",
    "<frameset onload=steal()><frame src=x></frameset>نص": "نص",
    # Addresses
    '<a href="javascript:steal()">اضغط</a>': "اضغط",
    '<a href=" jAvA\tscript:steal()">اضغط</a>': "اضغط",
    '<a href="java\nscript:steal()">اضغط</a>': "اضغط",
    '<a href="&#106;avascript:steal()">اضغط</a>': "اضغط",
    '<a href="&#x6a;avascript&colon;steal()">اضغط</a>': "اضغط",
    '<a href="\x01javascript:steal()">اضغط</a>': "اضغط",
    '<a href="vbscript:steal()">اضغط</a>': "اضغط",
    '<a href="data:text/html,<script>">اضغط</a>': "اضغط",
    '<a href="data:text/html;base64,PHNjcmlwdD4=">اضغط</a>': "اضغط",
    '<a href="file:///etc/passwd">اضغط</a>': "اضغط",
    '<a href="ftp://example.org/">اضغط</a>': "اضغط",
    '<a href="blob:https://example.org/x">اضغط</a>': "اضغط",
    '<a href="https://example.org/?a=1&amp;b=2" target="_blank">رابط</a>': (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">رابط</a>'
    ),
    '<a href="https://example.org/" rel="opener" ping="//evil.example" download>رابط</a>': (
        '<a href="https://example.org/" rel="noopener">رابط</a>'
    ),
    "<a href='https://example.org/\"onclick=\"steal()'>رابط</a>": (
        '<a href="https://example.org/&quot;onclick=&quot;steal()" rel="noopener">رابط</a>'
    ),
    "<base href=//evil.example><a href=/x>رابط</a>": '<a href="/x" rel="noopener">رابط</a>',
    '<figure class="video-card"><a href="javascript:steal()">جولة</a></figure>': "جولة",
    '<figure class="video-card"><a href="https://e.org"><img onerror=steal()>ج</a></figure>': (
        '<figure class="video-card"><a href="https://e.org" rel="noopener">ج</a></figure>'
    ),
    '<form action="javascript:steal()"><input name=a><button>b</button></form>': "b",
    "<form><form><input formaction=javascript:steal()></form>نص</form>": "نص",
    '<math href="javascript:steal()">نص</math>': "نص",
    # Other languages within HTML, and texts that a second reading would read otherwise
    "<svg><script>steal()</script><text>x</text></svg><p>نص</p>": "<p>نص</p>",
    "<svg/onload=steal()>": "",
    "<svg><a xlink:href='javascript:steal()'><text>x</text></a></svg>نص": "نص",
    "<svg><style><img src=x onerror=steal()></style></svg>نص": "نص",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=1'>": "",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=steal()>": "",
    "<math><annotation-xml encoding='text/html'><style><img></style></annotation-xml>": "",
    "<p><noembed><img title='</noembed><img src onerror=1>'></p>": ("<p>&lt;img title=''&gt;</p>"),
    "<textarea></textarea><img src onerror=1>نص": "نص",
    "<select><template><img src onerror=1></template></select>نص": "نص",
    "<template><p>x</p></template><p>نص</p>": "<p>نص</p>",
    "<xmp><p>نص</p></xmp>": "&lt;p&gt;نص&lt;/p&gt;",
    "<plaintext><p>نص</p>": "&lt;p&gt;نص&lt;/p&gt;",
    "<title><p>x</p></title>نص": "نص",
    # Styles, heads, comments
    "<style>p{display:none}</style><p>نص</p>": "<p>نص</p>",
    "<style>@import '//evil.example'</style>نص": "نص",
    '<p style="background:url(//evil.example/x)">نص</p>': "<p>نص</p>",
    '<span style="font-weight:700;behavior:url(x)">نص</span>': "<strong>نص</strong>",
    '<span style="font-weight:expression(steal())">نص</span>': "نص",
    "<link rel=stylesheet href=//evil.example>نص": "نص",
    '<meta http-equiv="refresh" content="0;url=//evil.example">نص': "نص",
    "<!-- سرّ --><p>نص</p><!--[if IE]>x<![endif]-->": "<p>نص</p>",
    "<!--><img src=x onerror=1>--><p>نص</p>": "--&gt;<p>نص</p>",
    "<![CDATA[<script>steal()</script>]]>نص": "steal()]]&gt;نص",
    "<?xml version='1.0'?><!DOCTYPE html><p>نص</p>": "<p>نص</p>",
    # Signs
    "&lt;script&gt;steal()&lt;/script&gt;": "&lt;script&gt;steal()&lt;/script&gt;",
    "&amp;lt;script&amp;gt;": "&amp;lt;script&amp;gt;",
    "<p>قبل\0بعد</p>": "<p>قبلبعد</p>",
    "<p>غير مغلق <strong>أبداً": "<p>غير مغلق <strong>أبداً</strong></p>",
    "5 < 6 & 7": "5 &lt; 6 &amp; 7",
    "<p": "",
    "</p></div></table>نص": "نص",
    '<p dir="ltr onclick=steal()">نص</p>': "<p>نص</p>",
    '<blockquote class="pull-quote evil"><p>نص</p></blockquote>': (
        '<blockquote class="pull-quote"><p>نص</p></blockquote>'
    ),
    '<figure class="evil" data-picture="1&quot;><script>">نص</figure>': "نص",
}


@pytest.mark.parametrize(("source", "stored"), HOSTILE.items())
def test_hostile_html_is_stored_without_its_teeth(source: str, stored: str):
    assert clean(source) == stored
    assert_harmless(stored)
    assert clean(stored) == stored


FORMATS = "".join(f"<b id={number}>" for number in range(60))
WORST = {
    "opened lists": "<ul><li>" * 125_000,
    "opened boxes": "<div>" * 200_000,
    "opened elements of no name": "<x>" * 50_000 + "<div></div>" * 60_000,
    "stresses never closed": f"<p>{FORMATS}" + "<p>x" * 180_000,
    "tables in tables": "<table><tr><td>" * 60_000,
    "figures in figures": '<figure data-picture="1">' * 40_000,
    "cells of one table": "<table>" + "<tr><th>a<td>b" * 60_000,
    "ends of nothing": "</div>" * 160_000,
    "brackets": "<" * 1_000_000,
    "ampersands": "&" * 1_000_000,
    "hard blanks": "&nbsp;" * 160_000,
    "comments never closed": "<!--" * 250_000,
    "attributes never closed": '<a href="' * 110_000,
    "one long word": "ك" * 1_000_000,
}


@pytest.mark.parametrize("source", WORST.values(), ids=WORST)
def test_a_megabyte_of_the_worst_is_cleaned_in_bounded_time(source: str):
    begun = time.process_time()
    stored = clean(source)

    assert time.process_time() - begun < LONGEST
    assert len(stored) < 11 * len(source)


@pytest.mark.parametrize(
    "tag", ["div", "ul><li", "blockquote", "b", "span", "table><tr><td", "svg"]
)
def test_ten_thousand_elements_within_each_other_leave_their_text(tag: str):
    stored = clean(f"<{tag}>" * 10_000 + "نص")

    assert_harmless(stored)
    assert ("نص" in stored) is (tag != "svg")


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
        *('<figure data-picture="3">', "<figcaption>", "</figure>", "<ul>", "</ul>", "<div>"),
        *('<figure class="video-card">', "<a href=https://e.org/>", "</a>", "<th>", "<tr>"),
        *("</table>", "<caption>", '<blockquote class="pull-quote">', "</blockquote>", "<h1>"),
        *('<span style="font-weight:700">', "</span>", '<p class="MsoNormal" dir="RTL">'),
        *('<p style="mso-list:l0 level1">', '<b style="font-weight:normal">', "</b>", "</div>"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=20).map("".join))
@example("<p><a href='&#106;avascript:x'>")
@example(" <p></p><p>نص</p>")
def test_wild_html_is_harmless_and_stays_as_it_was_stored(source: str):
    stored = clean(source)

    assert_harmless(stored)
    assert clean.__wrapped__(stored) == stored
