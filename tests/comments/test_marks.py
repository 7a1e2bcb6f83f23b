"""A text is cut into pieces where the findings of the rules begin and end."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.marks import Piece, Span, marked


def test_a_text_is_cut_where_marks_begin_and_end():
    spans = [Span(4, 9, "روابط"), Span(7, 12, "كلمات"), Span(0, 3, "كلمات")]

    assert marked("كلب على الباب الكبير", spans) == [
        Piece("كلب", "كلمات"),
        Piece(" "),
        Piece("على", "روابط"),
        Piece(" ا", "روابط · كلمات"),
        Piece("لبا", "كلمات"),
        Piece("ب الكبير"),
    ]


@given(
    text=st.text(max_size=60),
    spans=st.lists(
        st.builds(
            Span,
            start=st.integers(-5, 70),
            end=st.integers(-5, 70),
            title=st.sampled_from(["روابط", "كلمات", "خطر"]),
        ),
        max_size=6,
    ),
)
@settings(deadline=None)
def test_marks_lose_nothing_of_a_text_and_mark_just_what_was_found(text, spans):
    pieces = marked(text, spans)

    assert "".join(piece.text for piece in pieces) == text
    by_character = [bool(piece.title) for piece in pieces for _character in piece.text]
    assert by_character == [
        any(0 <= span.start <= at < span.end for span in spans) for at in range(len(text))
    ]
