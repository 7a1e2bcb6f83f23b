"""What the editor writes for what is typed: its pure functions, and the keys themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.text_editor import begin_story, press, typed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(person: Callable[..., Page]) -> Page:
    page = person("editor")
    begin_story(page)
    return page


def of_typing(page: Page, function: str, *arguments: str) -> Any:
    """What a function of the editor's module `typing` answers."""
    return page.evaluate(
        "([name, given]) => import('newsroom/editor/typing').then((all) => all[name](...given))",
        [function, list(arguments)],
    )


def written(page: Page, text: str) -> str:
    """The text as typing aids make it, key by key, from an empty paragraph."""
    return page.evaluate(
        """(text) => import("newsroom/editor/typing").then(({ aid }) =>
            [...text].reduce((before, typed) => {
                const written = aid(before, typed);
                return written
                    ? before.slice(0, before.length - written.back) + written.text
                    : before + typed;
            }, ""))""",
        text,
    )


def test_arabic_signs_stand_in_arabic_words_alone(page: Page):
    for keys, text in {
        # Quotes open and close by what stands before them.
        'قال "نعم" ثم': "قال “نعم” ثم",
        '"كلمة"': "“كلمة”",
        '("كلمة")': "(“كلمة”)",
        'عام "2020"': "عام “2020”",
        'كتاب "Dune" جديد': "كتاب “Dune” جديد",
        'شاشة 5" عرضاً': 'شاشة 5" عرضاً',
        'foo"bar': 'foo"bar',
        # Comma, semicolon, question mark
        "كلمة, كلمة; كلمة?": "كلمة، كلمة؛ كلمة؟",
        "كلمةً, ـ,": "كلمةً، ـ،",
        "قال “نعم”, ثم": "قال “نعم”، ثم",
        "حقاً??": "حقاً؟؟",
        "في (سوريا), ثم": "في (سوريا)، ثم",
        "1,000 و١,٠٠٠": "1,000 و١,٠٠٠",
        "word, word; word?": "word, word; word?",
        "عام 2020, ثم": "عام 2020, ثم",
        ", ; ?": ", ; ?",
        # Three dots
        "ثم... قال": "ثم… قال",
        "...": "…",
        "قال ...": "قال …",
        "....": "….",
        "file...": "file...",
        "1...5": "1...5",
        # Addresses
        "https://example.org/مقال?x": "https://example.org/مقال?x",
        "www.مثال,": "www.مثال,",
        "ليلى@مثال,": "ليلى@مثال,",
        "انظر https://example.org, قال": "انظر https://example.org, قال",
    }.items():
        assert written(page, keys) == text, keys


def test_the_direction_of_a_text_is_that_of_its_first_letter(page: Page):
    for text, direction in {
        "نص": "rtl",
        "1. نص text": "rtl",
        "“text” نص": "ltr",
        "שלום": "rtl",
        "Ωμέγα": "ltr",
        "123 — !": None,
        "": None,
    }.items():
        assert of_typing(page, "directionOf", text) == direction, text


def test_an_address_is_completed_or_refused(page: Page):
    for given, address in {
        "/articles/x/": "/articles/x/",
        " https://example.org/a b ": None,
        "https://example.org/a?b=1#c": "https://example.org/a?b=1#c",
        "example.org": "https://example.org",
        "مثال.إختبار/صفحة": "https://مثال.إختبار/صفحة",
        "name@example.org": "mailto:name@example.org",
        "mailto:name@example.org": "mailto:name@example.org",
        "//evil.example/x": None,
        "javascript:steal()": None,
        "JAVASCRIPT:steal()//example.org": None,
        "data:text/html,x": None,
        "ftp://example.org": None,
        "كلمة": None,
        "": None,
    }.items():
        assert of_typing(page, "addressOf", given) == address, given
    assert of_typing(page, "webAddressOf", "/articles/x/") is None
    assert of_typing(page, "webAddressOf", "name@example.org") is None
    assert of_typing(page, "hostOf", "https://www.example.org:81/x") == "example.org:81"


def test_an_aid_is_undone_by_one_step_and_leaves_what_was_typed(page: Page):
    page.keyboard.type("كلمة")
    page.keyboard.type(",")
    assert typed(page) == "<p>كلمة،</p>"

    page.keyboard.press("Control+z")
    assert typed(page) == "<p>كلمة,</p>"
    page.keyboard.type(" ثم...")
    assert typed(page) == "<p>كلمة, ثم…</p>"
    page.keyboard.type(" قال")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert typed(page) == "<p>كلمة, ثم...</p>"
    page.keyboard.press("Control+Shift+z")
    assert typed(page) == "<p>كلمة, ثم…</p>"


def test_the_aids_are_switched_off_until_they_are_switched_on_again(page: Page):
    press(page, "typingAids")
    page.keyboard.type('كلمة, "قال"')
    assert typed(page) == '<p>كلمة, "قال"</p>'

    begin_story(page)
    page.keyboard.type("كلمة,")
    assert typed(page) == "<p>كلمة,</p>"

    press(page, "typingAids")
    page.keyboard.type(" كلمة,")
    assert typed(page) == "<p>كلمة, كلمة،</p>"


def test_an_aid_keeps_the_stress_on_what_it_replaces(page: Page):
    press(page, "bold")
    page.keyboard.type("كلمة, ثم")

    assert typed(page) == "<p><strong>كلمة، ثم</strong></p>"
