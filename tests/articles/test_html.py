"""The one sanitiser: the vocabulary that it stores, in the one form of each."""

import pytest

from articles.html import blocks, clean, opening, to_text

PICTURE = (
    '<figure data-picture="12"><figcaption>المرفأ <strong>صباحاً</strong></figcaption></figure>'
)
CARD = (
    '<figure class="video-card">'
    '<a href="https://example.org/v?a=1&amp;b=2" rel="noopener">جولة</a></figure>'
)
TABLE = (
    '<table dir="ltr"><caption>الأسعار</caption>'
    '<thead><tr><th scope="col"><p>المادة</p></th>'
    '<th scope="col" colspan="2"><p>السعر</p></th></tr></thead>'
    '<tbody><tr><th scope="row">خبز</th><td>9</td><td rowspan="3">ليرة</td></tr></tbody></table>'
)


@pytest.mark.parametrize(
    "source",
    [
        "<p>فقرة <strong>عريضة</strong> <em>مائلة</em> <s>مشطوبة</s><br>سطر</p>",
        '<h2>عنوان</h2><h3 dir="ltr">Heading</h3><hr>',
        '<p>انظر <a href="https://example.org/?a=1&amp;b=2" title="هنا" rel="noopener">هنا</a></p>',
        '<p>انظر <a href="/articles/x/" rel="noopener">هنا</a></p>',
        '<ol start="3" dir="rtl"><li><p>ثلاثة</p><ul><li>أ</li></ul></li></ol>',
        '<blockquote dir="ltr"><p>Quoted</p></blockquote>',
        '<blockquote class="pull-quote"><p>بارز</p></blockquote>',
        '<figure data-picture="12"></figure>',
        PICTURE,
        CARD,
        TABLE,
        '<p dir="rtl">يمين</p><p dir="ltr">left</p>',
    ],
)
def test_the_vocabulary_is_stored_as_it_is(source: str):
    assert clean(source) == source


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        # Elements of the same meaning
        ("<h1>أ</h1><h4>ب</h4><h6>ج</h6>", "<h2>أ</h2><h3>ب</h3><h3>ج</h3>"),
        (
            "<p><b>أ</b><i>ب</i><del>ج</del><u>د</u></p>",
            "<p><strong>أ</strong><em>ب</em><s>ج</s>د</p>",
        ),
        ("<div>أ</div><div>ب<p>ج</p>د</div>", "<p>أ</p><p>ب</p><p>ج</p><p>د</p>"),
        ("<p>أ <strong> </strong>ب</p>", "<p>أ  ب</p>"),
        ("<p>أ&nbsp; &nbsp;ب&nbsp;ج</p>", "<p>أ ب&nbsp;ج</p>"),
        ('<h2 class="x" style="color:red" dir="RTL">أ<p>ب</p></h2>', '<h2 dir="rtl">أ ب </h2>'),
        ('<p dir="auto">أ</p><strong dir="ltr">ب</strong>', "<p>أ</p><strong>ب</strong>"),
        # Lists
        ("<ul><li>أ</li><ul><li>ب</li></ul></ul>", "<ul><li>أ<ul><li>ب</li></ul></li></ul>"),
        ("<ul>أ<li>ب</li></ul><li>ج</li>", "<ul><li>أ</li><li>ب</li></ul><p>ج</p>"),
        ('<ol start="x"><li>أ</li></ol>', "<ol><li>أ</li></ol>"),
        # Quotes
        (
            '<blockquote class="pull-quote wide"><blockquote><p>أ</p></blockquote></blockquote>',
            '<blockquote class="pull-quote"><p>أ</p></blockquote>',
        ),
        ('<blockquote class="wide"><p>أ</p></blockquote>', "<blockquote><p>أ</p></blockquote>"),
        # Pictures
        (
            '<figure class="x" data-picture="12"><img><figcaption><p>أ</p></figcaption></figure>',
            '<figure data-picture="12"><figcaption> أ </figcaption></figure>',
        ),
        (
            '<figure data-picture="12"><figcaption> </figcaption></figure>',
            '<figure data-picture="12"></figure>',
        ),
        ('<figure data-picture="012">أ</figure>', "أ"),
        ('<figure data-picture="12 or 1=1"><figcaption>أ</figcaption></figure>', "<p>أ</p>"),
        ('<figure data-picture="1234567890123456789"></figure>', ""),
        (
            '<figure data-picture="1"><figure data-picture="2"></figure>أ</figure>',
            '<figure data-picture="1"></figure><figure data-picture="2"></figure>أ',
        ),
        ('<figure><img src="x.jpg" alt="أ"><figcaption>ب</figcaption></figure>', "<p>ب</p>"),
        ("<figcaption>أ</figcaption>", "<p>أ</p>"),
        ('<img src="x.jpg" data-picture="12">', ""),
        # Cards
        (
            '<figure class="video-card"><a href="https://e.org"><b>ج</b>\n هنا</a></figure>',
            '<figure class="video-card"><a href="https://e.org" rel="noopener">ج هنا</a></figure>',
        ),
        (
            '<figure class="video-card"><a href="/x">أ</a></figure>',
            '<a href="/x" rel="noopener">أ</a>',
        ),
        ('<figure class="video-card">أ</figure>', "أ"),
        # Tables
        (
            "<table><tr><th>أ<th>ب<tr><td>ج<td>د</table>",
            '<table><thead><tr><th scope="col">أ</th><th scope="col">ب</th></tr></thead>'
            "<tbody><tr><td>ج</td><td>د</td></tr></tbody></table>",
        ),
        (
            '<table><tr><td colspan="0" rowspan="9999999" width="9">أ</td></tr></table>',
            "<table><tbody><tr><td>أ</td></tr></tbody></table>",
        ),
        (
            "<table><tr><td>أ<table><tr><td>ب</td><td>ج</td></tr></table></td></tr></table>",
            "<table><tbody><tr><td>أ<p>ب</p><p>ج</p></td></tr></tbody></table>",
        ),
        ("<table><caption>أ</caption></table>", "<p>أ</p>"),
        ("<tr><td>أ</td></tr>", "أ"),
    ],
)
def test_other_markup_is_brought_to_the_vocabulary(source: str, stored: str):
    assert clean(source) == stored
    assert clean(stored) == stored


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


def test_the_plain_text_has_a_blank_between_blocks_and_no_entities():
    source = "<h2>عنوان</h2><p>5 &lt; 6 &amp; <strong>7</strong></p><ul><li>أ</li><li>ب</li></ul>"

    assert to_text(source).split() == ["عنوان", "5", "<", "6", "&", "7", "أ", "ب"]
    assert to_text(TABLE).split() == ["الأسعار", "المادة", "السعر", "خبز", "9", "ليرة"]


@pytest.mark.parametrize(
    "beside", [PICTURE, CARD, TABLE, '<blockquote class="pull-quote"><p>بارز</p></blockquote>']
)
def test_a_summary_has_no_captions_cards_tables_or_pulled_quotes(beside: str):
    assert opening(f"<p>قبل</p>{beside}<p>بعد</p>").split() == ["قبل", "بعد"]


@pytest.mark.parametrize("length", range(1, len(TABLE), 7))
def test_a_summary_has_nothing_of_a_table_that_was_cut_off(length: int):
    assert opening("<p>قبل</p>" + TABLE[:length]).split() == ["قبل"]


def test_a_plain_quotation_is_part_of_the_summary():
    assert opening("<blockquote><p>قال</p></blockquote><p>بعد</p>").split() == ["قال", "بعد"]


def test_the_text_of_each_block_is_given_by_itself():
    source = "<p>أول &amp; <strong>ثان</strong></p><ul><li>ثالث</li></ul><p> </p><p>رابع<br>خامس"

    assert blocks(source) == ["أول & ثان", "ثالث", "رابع", "خامس"]
    assert blocks("<p>أول</p><p cla") == ["أول"]
    assert blocks("") == []
