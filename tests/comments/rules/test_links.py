"""Links: more than the policy lets through, and markup that only programs write."""

import pytest

from comments.rules import links
from tests.comments.rules.judging import in_body, limited

NONE = limited(most_links=0)

ONE_LINK = {
    "اقرأوا https://example.org/خبر?q=1 اليوم": "https://example.org/خبر?q=1",
    "اقرأوا http://example.org.": "http://example.org",
    "(https://example.org/a)": "https://example.org/a",
    "«https://example.org/a»،": "https://example.org/a",
    "HTTPS://EXAMPLE.ORG/A": "HTTPS://EXAMPLE.ORG/A",
    "hxxp://example.org/a": "hxxp://example.org/a",
    "ftp://example.org/a": "ftp://example.org/a",
    "انظروا www.example.org/a?b=c": "www.example.org/a?b=c",
    "موقعي example.com فقط": "example.com",
    "موقعي Example.COM، وغيره": "Example.COM",
    "زوروا sub.example.co.uk!": "sub.example.co.uk",
    "زوروا example.sy/أخبار": "example.sy/أخبار",
    "زوروا example.com:8080/a": "example.com:8080/a",
    "قناتي t.me/kanati": "t.me/kanati",
    "زوروا xn--mgbh0fb.xn--kgbechtv اليوم": "xn--mgbh0fb.xn--kgbechtv",
    "زوروا münchen.org": "münchen.org",
    "زوروا https://جريدة.سورية/أخبار": "https://جريدة.سورية/أخبار",
    "زوروا جريدة.شبكة": "جريدة.شبكة",
    "زوروا جريدة.سورية/أخبار": "جريدة.سورية/أخبار",
    "زوروا example\u200b.com": "example\u200b.com",
    "زوروا ｅｘａｍｐｌｅ．ｃｏｍ": "ｅｘａｍｐｌｅ．ｃｏｍ",
    "زوروهhttps://example.org/a": "https://example.org/a",
}
NO_LINK = [
    "انتهى الأمر.لا عودة",
    "انتصرنا.مصر كلها معنا",
    "I am done.Me too.",
    "It is over.so what",
    "الساعة 12.30 والسعر 1.250.000",
    "U.S. and e.g. and a.m.",
    "راسلوا layla@example.org",
    "الملف report.py وملف data.csv",
    "نعم...لا",
    "و/أو",
    "https",
    "متابع @khaled.news",
    "النسخة 2.0.1",
]


@pytest.mark.parametrize(("body", "link"), ONE_LINK.items())
def test_a_link_is_found_as_it_was_typed(body, link):
    assert in_body(links.check, body, **NONE) == [("", link)]


@pytest.mark.parametrize("body", NO_LINK)
def test_what_only_looks_like_a_link_is_none(body):
    assert in_body(links.check, body, **NONE) == []


def test_as_many_as_the_policy_lets_through_are_no_reason():
    body = "https://a.example.org ثم www.b.example.org ثم c.example.org"

    assert in_body(links.check, body, **limited(most_links=3)) == []
    assert in_body(links.check, body, **limited(most_links=2)) == [
        ("", "https://a.example.org"),
        ("", "www.b.example.org"),
        ("", "c.example.org"),
    ]


def test_the_website_of_the_writer_is_no_link_of_the_comment():
    assert in_body(links.check, "نعم", website="https://example.org", **NONE) == []


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ('اضغط <a href="https://example.org">هنا</a>', '<a href="https://example.org">'),
        ("< A  HREF='https://example.org' >هنا", "< A  HREF='https://example.org' >"),
        ("اضغط [url=https://example.org]هنا[/url]", "[url=https://example.org]"),
        ("اضغط [URL]https://example.org[/URL]", "[URL]"),
        ("[link=https://example.org]هنا[/link]", "[link=https://example.org]"),
        ('<a href="https://example.org', '<a href="https://example.org'),
    ],
)
def test_one_link_in_markup_is_enough(body, markup):
    assert in_body(links.check, body, **limited(most_links=1)) == [("markup", markup)]


@pytest.mark.parametrize("body", ["<a name=x>", "a < b وكذلك a > c", "[يو آر إل]", "<article>"])
def test_signs_and_other_markup_are_no_links(body):
    assert in_body(links.check, body, **NONE) == []


def test_a_link_inside_markup_is_pointed_at_once():
    body = '<a href="https://example.org">هنا</a> و https://example.com/b'

    assert in_body(links.check, body, **limited(most_links=1)) == [
        ("markup", '<a href="https://example.org">'),
        ("", "https://example.com/b"),
    ]


def test_a_character_that_ends_one_link_and_begins_the_next_is_pointed_at_once():
    assert in_body(links.check, "www.ﷺ.com", **NONE) == [("", "www.ﷺ"), ("", ".com")]
