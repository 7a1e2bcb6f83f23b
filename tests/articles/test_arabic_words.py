"""Listed words found whole: the corpus that specifies it, and what holds on any text."""

import re
import sys
import time
import tomllib
from collections.abc import Callable
from itertools import groupby, pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import arabic
from articles.arabic import Entry, Hit, Lexicon, fold
from newsroom.demo import edition

wild = settings(max_examples=200, deadline=None)

INSULTS = (
    *("كلب", "حمار", "غبي", "سافل", "حقير", "تافه", "لص", "نذل", "وغد", "قذر", "خائن", "عميل"),
    *("جبان", "كذاب", "نصاب", "بغل", "تيس", "ثور", "وسخ", "منافق", "مهرج", "أحمق", "لئيم"),
)
HOSTILE = {
    "one word": "كل",
    "single letters": "ك ",
    "letters and dots": "ك.",
    "signs in words": "كل*",
    "stretched letters": "ككككللللبببب ",
    "affixes": "وبالكلباتهم ",
    "half a phrase": "ابن ",
    "articles apart": "ابن ال ",
    "marks": "كً\u0651\u064b",
    "chat digits": "a2a2a2a2a2a2a2 ",
    "apostrophes": "3'",
    "spaces": "  \t",
    "symbols": "❤🐷",
}


class Case(NamedTuple):
    name: str
    listed: tuple[str, ...]
    latin: bool
    text: str
    spans: list[tuple[int, int]]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its ⟦ and ⟧, and the spans that stood between them."""
    plain, spans = "", []
    for number, part in enumerate(re.split("[⟦⟧]", text)):
        if number % 2:
            spans.append((len(plain), len(plain) + len(part)))
        plain += part
    return plain, spans


def corpus() -> list[Case]:
    groups = tomllib.loads(Path(__file__).with_name("word_corpus.toml").read_text())["group"]
    return [
        Case(
            f"{group['name']}-{number}",
            tuple(group["listed"]),
            group.get("latin", False),
            *marked(text),
        )
        for group in groups
        for number, text in enumerate(group["texts"], 1)
    ]


CORPUS = corpus()


def lexicon(*listed: str, latin: bool = False) -> Lexicon:
    return Lexicon([Entry(word, word, latin) for word in listed])


def spans(found: list[Hit]) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in found]


@pytest.mark.parametrize("case", CORPUS, ids=[case.name for case in CORPUS])
def test_the_corpus(case: Case):
    hits = lexicon(*case.listed, latin=case.latin).hits(case.text)

    assert spans(hits) == case.spans


def test_the_corpus_is_large_and_says_as_much_of_what_must_not_be_hit():
    clean = [case for case in CORPUS if not case.spans]

    assert len(CORPUS) >= 320
    assert len(clean) >= 160
    assert len({(case.listed, case.text) for case in CORPUS}) == len(CORPUS)


def test_a_hit_says_which_entry_and_where():
    lexicon = Lexicon([Entry(7, "كلب"), Entry(("hold", "غبي"), "غبي"), Entry("يا غبي", "يا غبي")])

    assert lexicon.hits("يا غبي، يا كَلْب!") == [
        Hit("يا غبي", 0, 6),
        Hit(("hold", "غبي"), 3, 6),
        Hit(7, 11, 16),
    ]


def test_two_entries_of_one_form_are_both_hit_and_one_entry_not_twice_in_one_place():
    lexicon = Lexicon([Entry(1, "كلب"), Entry(2, "الكلب"), Entry(3, "كلب كلب")])

    assert lexicon.hits("كلب كلب كلب") == [
        *(Hit(3, 0, 7), Hit(1, 0, 3), Hit(2, 0, 3)),
        *(Hit(1, 4, 7), Hit(2, 4, 7), Hit(1, 8, 11), Hit(2, 8, 11)),
    ]


def test_an_empty_list_and_empty_entries_hit_nothing():
    assert Lexicon([]).hits("كلب 🐷") == []
    assert Lexicon([Entry(1, ""), Entry(2, "ك"), Entry(3, "ـ \u200f")]).hits("ك ـ \u200f") == []


def test_only_what_is_there_is_found_in_the_stories_of_the_demonstration():
    """A dog, a thief, and a donkey that a comment hides; no other word is taken for one listed."""
    texts = [Path(file).read_text() for file in Path(edition.__file__).parent.rglob("*.toml")]
    listed = lexicon(*INSULTS, latin=True)

    assert len(texts) > 20
    found = {text[hit.start : hit.end] for text in texts for hit in listed.hits(text)}
    assert found == {"كلب", "لص", "حمار", "حـمـار"}


# What hides a letter without changing the word.
disguised_letter = st.tuples(
    st.lists(st.sampled_from(["ـ", "\u064e", "\u0651", "\u200b", "\u200d", "\ufeff", "\u0300"])),
    st.sampled_from([1, 1, 1, 3, 6]),
)


@st.composite
def disguises(draw: Callable[[Any], Any]) -> tuple[str, str]:
    """A listed word, and the same stretched, adorned and interrupted by what nobody sees."""
    word = draw(st.sampled_from(INSULTS))
    typed = ""
    for letter in word:
        hidden, repeats = draw(disguised_letter)
        typed += letter * repeats + "".join(hidden)
    return word, typed


@wild
@given(
    disguises(), st.sampled_from(["", "يا ", "أنت،", "(", "\n"]), st.sampled_from(["", " حقا", "!"])
)
def test_no_disguise_hides_a_word(disguise: tuple[str, str], before: str, after: str):
    word, typed = disguise

    [hit] = lexicon(word).hits(before + typed + after)

    unseen = "\u200b\u200d\ufeff"
    assert (before + typed + after)[hit.start : hit.end].rstrip(unseen) == typed.rstrip(unseen)


wild_texts = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(
        st.sampled_from(
            [*INSULTS, *"والفبكليهتن .*_-\n'379akbe", "ال", "يا", "ابن", "ً", "🐷", "\0"]
        ),
        max_size=30,
    ).map("".join),
)


def skeleton(text: str) -> str:
    """The folded letters of a text, each row of one letter as a single one."""
    letters = "".join(each for each in fold(text).text if each.isalnum())
    return "".join(letter for letter, _row in groupby(letters))


@wild
@given(wild_texts)
@example("\u064b" * 10_000 + "كلب")
@example("\ud800كلب\udfff\0كلب")
@example("ﷺ" * 100)
@example("3'" * 50)
def test_hits_are_in_the_text_and_in_order_and_hold_their_word(text: str):
    listed = [Entry(word, word) for word in (*INSULTS, "ابن كلب", "🐷")]

    hits = Lexicon(listed).hits(text)

    assert spans(hits) == sorted(spans(hits), key=lambda span: (span[0], -span[1]))
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert skeleton(hit.key.removeprefix("ابن ")) in skeleton(text[hit.start : hit.end])
    for word in {hit.key for hit in hits}:
        places = spans([hit for hit in hits if hit.key == word])
        assert all(one[1] <= other[0] for one, other in pairwise(places))


@wild
@given(wild_texts, st.lists(st.text(st.characters(), max_size=12), max_size=5))
def test_any_list_can_be_searched_for_in_any_text(text: str, listed: list[str]):
    for hit in lexicon(*listed, *INSULTS, latin=True).hits(text):
        assert 0 <= hit.start < hit.end <= len(text)


def steps(call: Callable[[], object]) -> int:
    """How many lines of `articles.arabic` a call runs."""
    home = str(Path(arabic.__file__).parent)
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(home):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def long_list() -> Lexicon:
    alphabet = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = [one + two + three + "ر" for one in alphabet for two in alphabet for three in "لمكبس"]
    return lexicon(*INSULTS, *words, "ابن ابن ابن كلب", "ابن الكلب", latin=True)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_text_and_no_faster(long_list: Lexicon, piece: str):
    short, long = (piece * (size // len(piece)) for size in (1_000, 4_000))
    long_list.hits(long)

    assert steps(lambda: long_list.hits(long)) < 4.4 * steps(lambda: long_list.hits(short))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_no_pattern_backtracks(long_list: Lexicon, piece: str):
    """Sixteen times the text: squared work would take 256 times as long."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        long_list.hits(text)
        return time.process_time() - began

    short, long = (min(seconds(size) for _attempt in range(3)) for size in (1_000, 16_000))

    assert long < 64 * max(short, 0.0005)


def test_work_does_not_grow_with_the_list():
    words = [word for case in CORPUS for word in case.text.split() if len(word) > 3]
    text = "تعليق من قارئ مهذب على الخبر وفيه رأي آخر " * 20
    small, large = lexicon(*words[:50]), lexicon(*words)

    assert steps(lambda: large.hits(text)) < 1.2 * steps(lambda: small.hits(text))
    assert spans(large.hits(text)) != []
