"""Words and minutes of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import WORDS_PER_MINUTE, Length, count_words, length_of
from tests.conftest import shared_texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(("", 0), (" \u200f\n\xa0", 0), ("؟! … — «»", 0), ("خبر", 1), ("مُـــدَرِّسَةٌ", 1)),
        *(("المجلس يقرّ الموازنة.", 3), ("قال: «نعم» ثم صمت!", 4), ("زيارة إلى Café de Paris", 5)),
        *(
            ("٢٠٢٥/2025", 2),
            ("1,000.5 ليرة", 2),
            ("كلمة—كلمة", 2),
            ("well-known", 1),
            ("👍 نعم", 1),
        ),
    ],
)
def test_a_word_stands_between_blanks_and_has_a_letter_or_a_digit(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("source", "words", "in_figures"),
    [
        ("", 0, 0),
        ("<p>أقر <strong>المجلس</strong> الموازنة</p>", 3, 0),
        ("<p>كلمة</p><p>وأخرى</p>", 2, 0),
        ("<p>كل<em>مة</em></p>", 1, 0),
        ("<p>سطر<br>آخر</p><ul><li>أ</li><li>ب</li></ul>", 4, 0),
        ("<table><tr><td>واحد</td><td>اثنان</td></tr></table>", 2, 0),
        (
            "<p>نص</p><figure><figcaption>قوارب صيد</figcaption></figure><p>تتمة</p>",
            2,
            2,
        ),
        ("<figure class='video-card'><a href='https://example.com/'>شاهد</a></figure>", 0, 1),
        ("<p>نص</p><script>var x = 1</script></figure>", 1, 0),
        ("<p>Tom &amp; Jerry &lt;3</p>", 3, 0),
    ],
)
def test_the_words_of_figures_are_counted_apart(source, words, in_figures):
    assert length_of(source) == Length(words=words, in_figures=in_figures)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 0), (1, 1), (WORDS_PER_MINUTE, 1), (WORDS_PER_MINUTE + 1, 2), (10 * WORDS_PER_MINUTE, 10)],
)
def test_minutes_are_rounded_up(words, minutes):
    assert Length(words=words, in_figures=0).minutes == minutes


@given(st.lists(st.sampled_from(["خبر", "عاجل", "2025", "Café", "مُهمّ"])))
def test_as_many_words_are_counted_as_were_written(words):
    assert count_words(" ".join(words)) == len(words)
    assert length_of("".join(f"<p>{word}</p>" for word in words)).words == len(words)


@pytest.mark.parametrize("wrap", ["{}", "<p>{}</p>", "<figure>{}</figure>"])
def test_any_text_has_a_length(wrap):
    for text in shared_texts():
        length = length_of(wrap.format(text))
        assert 0 <= length.words + length.in_figures <= len(text)
