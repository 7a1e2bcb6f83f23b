"""The difference between two texts, word by word, and what of it is formatting alone."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.differences import (
    BlockDifference,
    RunKind,
    blocks_of,
    compare_plain,
    compare_rich,
    words_changed,
)

WORDS = "قرر المجلسُ البلديّ في مرفأ السلام تأجيلَ التصويت على موازنة الأرصفة".split()  # noqa: SIM905


def told(old: str, new: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What became of each block, and its runs."""
    return [
        (each.kind, [(run.kind.value, run.text) for run in each.runs])
        for each in compare_rich(old, new)
    ]


def old_text(differences: list[BlockDifference]) -> str:
    """The words of the old text, a line for each block."""
    return "\n".join(
        "".join(run.text for run in each.runs if run.kind != RunKind.ADDED)
        for each in differences
        if each.before is not None
    )


def new_text(differences: list[BlockDifference]) -> str:
    """The words of the new text, a line for each block."""
    return "\n".join(
        "".join(run.text for run in each.runs if run.kind != RunKind.REMOVED)
        for each in differences
        if each.after is not None
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


# Words


def test_a_changed_word_is_told_and_nothing_beside_it():
    assert told(paragraphs("قرر المجلس أمس"), paragraphs("قرر المجلس اليوم")) == [
        ("changed", [("equal", "قرر المجلس "), ("removed", "أمس"), ("added", "اليوم")])
    ]


def test_an_arabic_word_with_its_marks_is_one_word():
    assert told(paragraphs("إنَّ الأمرَ هيّن"), paragraphs("إنَّ الأمرُ هيّن")) == [
        *[
            (
                "changed",
                [("equal", "إنَّ "), ("removed", "الأمرَ"), ("added", "الأمرُ"), ("equal", " هيّن")],
            )
        ]
    ]


def test_a_sentence_that_was_replaced_reads_as_one():
    [(_kind, runs)] = told(
        paragraphs("بداية جاء الوزير أمس ثم انتهى كل شيء"),
        paragraphs("بداية ذهب النائب اليوم ثم انتهى كل شيء"),
    )

    assert runs == [
        *[("equal", "بداية "), ("removed", "جاء الوزير أمس"), ("added", "ذهب النائب اليوم")],
        ("equal", " ثم انتهى كل شيء"),
    ]


def test_words_added_and_removed_are_counted():
    difference = compare_rich(
        paragraphs("في البدء واحد، اثنان"), paragraphs("في البدء أربعة خمسة ستة!")
    )

    assert words_changed(difference) == (3, 2)


# Blocks


def test_a_paragraph_put_between_two_changed_ones_is_new():
    old = paragraphs("قرر المجلس البلدي أمس", "وتأجل التصويت على الموازنة")
    new = paragraphs("قرر المجلس البلدي اليوم", "خبر آخر تماماً", "وتأجل التصويت على الميزانية")

    assert [kind for kind, _runs in told(old, new)] == ["changed", "added", "changed"]


def test_a_paragraph_of_other_words_is_removed_and_a_new_one_added():
    assert told(paragraphs("كان يا ما كان"), paragraphs("خبر آخر تماماً")) == [
        ("removed", [("removed", "كان يا ما كان")]),
        ("added", [("added", "خبر آخر تماماً")]),
    ]


def test_equal_paragraphs_around_a_change_stay_equal():
    same = [f"فقرة رقم {number}" for number in range(50)]

    kinds = [
        kind
        for kind, _runs in told(
            paragraphs(*same[:25], "قديم", *same[25:]), paragraphs(*same[:25], "جديد", *same[25:])
        )
    ]

    assert kinds == [*["equal"] * 25, "removed", "added", *["equal"] * 25]


def test_from_nothing_all_is_new_and_to_nothing_all_is_gone():
    text = paragraphs("قرر المجلس")

    assert told("", text) == [("added", [("added", "قرر المجلس")])]
    assert told(text, "") == [("removed", [("removed", "قرر المجلس")])]
    assert told("", "") == []
    assert compare_plain("", "") == []


# Formatting


@pytest.mark.parametrize(
    ("old", "new", "lost", "gained"),
    [
        ("نص", "<strong>نص</strong>", (), ("strong",)),
        ("<em>نص</em>", "<s>نص</s>", ("em",), ("s",)),
        (
            *('<a href="https://a.example/">نص</a>', '<a href="https://b.example/">نص</a>'),
            *(('a href="https://a.example/"',), ('a href="https://b.example/"',)),
        ),
    ],
)
def test_words_that_look_otherwise_are_told_with_what_they_lost_and_gained(old, new, lost, gained):
    [difference] = compare_rich(paragraphs(f"هذا {old}."), paragraphs(f"هذا {new}."))

    assert difference.kind == "reformatted"
    assert [(run.kind, run.text, run.lost, run.gained) for run in difference.runs] == [
        (RunKind.EQUAL, "هذا ", (), ()),
        (RunKind.REFORMATTED, "نص", lost, gained),
        (RunKind.EQUAL, ".", (), ()),
    ]


def test_a_word_that_becomes_partly_bold_stays_one_word():
    [difference] = compare_rich(paragraphs("الكتاب"), paragraphs("<strong>ال</strong>كتاب"))

    assert [(run.kind, run.text) for run in difference.runs] == [(RunKind.REFORMATTED, "الكتاب")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h2>عنوان</h2>", "<h3>عنوان</h3>"),
        ("<p>بند</p>", "<ul><li><p>بند</p></li></ul>"),
        ("<ul><li>بند</li></ul>", "<ol><li>بند</li></ol>"),
        ("<p>Latin</p>", '<p dir="ltr">Latin</p>'),
        ("<blockquote>قول</blockquote>", '<blockquote class="pull-quote">قول</blockquote>'),
        ("<table><tr><td>٣</td></tr></table>", "<table><tr><th>٣</th></tr></table>"),
    ],
)
def test_the_same_words_in_another_block_are_told_as_reformatted(old, new):
    [difference] = compare_rich(old, new)

    assert (difference.kind, difference.has_another_frame) == ("reformatted", True)
    assert {run.kind for run in difference.runs} == {RunKind.EQUAL}


def test_a_picture_that_was_swapped_is_told_beside_its_caption():
    picture = '<figure data-picture="{}"><figcaption>المرفأ</figcaption></figure>'

    swapped, caption = compare_rich(picture.format(12), picture.format(13))

    assert (swapped.kind, swapped.block.kind, swapped.block.frame) == (
        *("reformatted", "figure"),
        ('figure data-picture="13"',),
    )
    assert (caption.kind, caption.block.kind) == ("equal", "figcaption")


@pytest.mark.parametrize(
    "element",
    [
        "<hr>",
        '<figure data-picture="12"></figure>',
        '<figure class="video-card"><a href="https://video.example/">فيديو</a></figure>',
        "<table><tr><td>١</td><td>٢</td></tr></table>",
    ],
)
def test_an_element_that_was_put_in_is_new(element):
    kinds = [each.kind for each in compare_rich("<p>نص</p>", f"<p>نص</p>{element}")]

    assert kinds[0] == "equal"
    assert set(kinds[1:]) == {"added"}


@pytest.mark.parametrize(
    "source",
    ["<p>غير مغلق", "</p></div>نص", "<p>a<b", "<li>x<li>y", "<>&&amp;&#0;", "\x00", "<p", "<!--"],
)
def test_broken_markup_is_read_as_far_as_it_goes(source):
    difference = compare_rich(source, "<p>نص</p>")

    assert new_text(difference) == "نص"
    assert old_text(difference) == "\n".join(block.text for block in blocks_of(source))


# What holds for any two texts


pieces = st.sampled_from(
    [
        f"{start}{word}{end}"
        for word in WORDS
        for start, end in (("", ""), ("<strong>", "</strong>"))
    ]
    + ["،", "<br>", "&amp;", "<em>في</em>"]
) | st.text(max_size=6)
frames = st.sampled_from(
    [
        *("<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>"),
        *('<figure data-picture="1"><figcaption>{}</figcaption></figure>', "{}<hr>", "{}"),
    ]
)
blocks = st.builds(
    lambda frame, words: frame.replace("{}", " ".join(words)), frames, st.lists(pieces, max_size=9)
)
bodies = st.lists(blocks, max_size=7).map("".join)


@settings(deadline=None)
@given(old=bodies, new=bodies)
def test_what_stayed_with_what_went_is_the_old_text_and_with_what_came_the_new_one(old, new):
    difference = compare_rich(old, new)

    assert old_text(difference) == "\n".join(block.text for block in blocks_of(old))
    assert new_text(difference) == "\n".join(block.text for block in blocks_of(new))


@settings(deadline=None)
@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_of_plain_texts_nothing_is_lost_either(old, new):
    difference = compare_plain(old, new)

    assert (old_text(difference), new_text(difference)) == (old, new)


@settings(deadline=None)
@given(body=bodies)
def test_a_text_differs_from_itself_in_nothing(body):
    assert {each.kind for each in compare_rich(body, body)} <= {"equal"}


@pytest.mark.parametrize("words_a_paragraph", [40, 20_000])
@pytest.mark.parametrize("changed", [0.02, 0.3, 1.0])
def test_twenty_thousand_words_take_about_a_second(words_a_paragraph: int, changed: float):
    chance = random.Random(6)
    # As frequent as in a language: the first words are everywhere, most are rare.
    vocabulary = [f"كلمة{int(chance.paretovariate(1.0))}" for _each in range(40_000)]
    old = vocabulary[:20_000]
    new = [chance.choice(vocabulary) if chance.random() < changed else word for word in old]

    def body(words: list[str]) -> str:
        starts = range(0, len(words), words_a_paragraph)
        return paragraphs(*(" ".join(words[start : start + words_a_paragraph]) for start in starts))

    started = time.process_time()
    difference = compare_rich(body(old), body(new))

    assert time.process_time() - started < 1.5
    assert new_text(difference).split() == new


@pytest.mark.parametrize("every", [100, 1])
def test_ten_thousand_paragraphs_take_a_second_or_two(every: int):
    old = [f"فقرة {number} من النص القديم" for number in range(10_000)]
    new = [
        text.replace("القديم", "الجديد") if number % every == 0 else text
        for number, text in enumerate(old)
    ]
    before, after = paragraphs(*old), paragraphs(*new)

    started = time.process_time()
    difference = compare_rich(before, after)

    assert time.process_time() - started < 3
    assert [each.kind for each in difference] == [
        "equal" if number % every else "changed" for number in range(10_000)
    ]
