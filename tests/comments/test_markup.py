"""What readers typed, as HTML and XML that hold nothing but text, line breaks and safe links."""

from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test.html import Element
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.xml import for_xml
from comments.markup import on_one_line, paragraphs
from tests.comments.pages import attribute, element, elements, parse, text


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("انظر https://example.org/خبر", "https://example.org/خبر"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("https://example.org/?a=1&b=2#c", "https://example.org/?a=1&b=2#c"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("«https://example.org/a».", "https://example.org/a"),
        ("https://example.org/a، ثم", "https://example.org/a"),
        ("https://example.org/a؟!…", "https://example.org/a"),
        ("قلhttps://example.org", "https://example.org"),
        ("https://example.org:8080/", "https://example.org:8080/"),
        ("https://example.org/\u202egpj.exe", "https://example.org/"),
        ("https://example.org/a\u200bb", "https://example.org/a"),
        ("https://example.org/" + "a" * 4000, "https://example.org/" + "a" * 4000),
    ],
)
def test_an_address_on_the_web_is_a_link_that_looks_like_where_it_leads(written, address):
    link = element(element_of(paragraphs(written)), "a")

    assert {name: {*value.split()} for name, value in link.attributes} == {
        "href": {address},
        "rel": {"ugc", "nofollow", "noopener"},
        "dir": {"ltr"},
    }
    assert text(link) == address


@pytest.mark.parametrize(
    "written",
    [
        *("https://", "http://.", "https://[", "https://]", "https://[::1", "http:///path"),
        *("javascript:alert(1)", "ftp://example.org", "//example.org", "www.example.org"),
        *("https://bank.example@evil.example/", "https://a:b@evil.example", "xhttps://example.org"),
        *("https://example.org:port/", "https://example.org:0/", "mailto:a@example.org"),
        "https://℀.example",
    ],
)
def test_what_is_no_plain_address_is_no_link(written):
    shown = element_of(paragraphs(written))

    assert elements(shown, "a") == []
    assert text(shown) == written


def test_paragraphs_and_line_breaks_are_those_that_were_typed():
    shown = element_of(paragraphs("أول\nثانٍ\r\n\r\n\n  \nثالث"))

    assert [str(each) for each in elements(shown, "p")] == [
        '<p dir="auto">\nأول<br>ثانٍ\n</p>',
        '<p dir="auto">\nثالث\n</p>',
    ]


def element_of(html: str) -> Element:
    return parse(HttpResponse(f"<div>{html}</div>"))


class Reading(HTMLParser):
    """The names of the elements and the very text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.booleans())
@settings(deadline=None)
def test_any_text_comes_out_as_the_same_text_in_our_own_elements(written, links):
    shown = Reading(paragraphs(written, links=links))

    assert shown.names <= {"p", "br", "a"}
    assert shown.text.split() == written.split()


PIECES = ["https://", "a.b", "(", ")", "<", "&", '"', "\u202e", " ", "\n", "\r\n", "ن"]


@given(st.lists(st.sampled_from(PIECES)))
@settings(deadline=None)
def test_any_row_of_addresses_comes_out_as_the_same_text(pieces):
    written = "".join(pieces)
    shown = Reading(paragraphs(written))

    assert shown.names <= {"p", "br", "a"}
    assert shown.text.split() == written.split()


DIRECTION_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text())
def test_what_is_left_for_xml_and_for_one_line_acts_on_nothing_around_it(written):
    kept = on_one_line(for_xml(written))

    assert "\n" not in kept
    assert not set(kept) & {*DIRECTION_CONTROLS, "\0", "\x0b", "\ufffe", "\ud800"}
    assert for_xml(kept) == kept


# Languages


@pytest.mark.parametrize(
    ("page", "text", "marked"),
    [
        ("ar", "شكراً على التقرير", ""),
        ("ar", "Thank you for this", ' lang=""'),
        ("ar", "Спасибо", ' lang=""'),
        ("ar", "قرأته على Wikipedia أمس في البيت", ""),
        ("ar", "It is called فرن there", ' lang=""'),
        ("ar", "100 % !!!", ""),
        ("ar", "", ""),
        ("en", "Thank you for this", ""),
        ("en", "شكراً على التقرير", ' lang="ar"'),
        ("en", "100 % !!!", ""),
    ],
)
def test_a_paragraph_in_another_script_than_the_page_says_so(page, text, marked):
    with translation.override(page):
        assert paragraphs(text) == f'<p dir="auto"{marked}>{text}</p>'


def test_an_address_is_in_no_language():
    shown = element_of(paragraphs("هنا https://example.org/a/very/long/address"))

    assert attribute(element(shown, "p"), "lang") is None


def test_each_paragraph_says_so_for_itself():
    assert paragraphs("أول\n\nSecond") == '<p dir="auto">أول</p>\n<p dir="auto" lang="">Second</p>'
