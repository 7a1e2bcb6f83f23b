"""How long a story is, said in its form without a script."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from articles.models import Article
from articles.reading import length_of
from tests.articles.desk import address


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A language that says every number in digits."""
    with translation.override("en"):
        yield


def counts(page: str) -> list[str]:
    """The numbers that the form says, field by field."""
    told = re.findall(r'class="count"[^>]*>([^<]*)<', page)
    return [" ".join(re.findall(r"\d+", each)) for each in told]


def test_the_form_says_how_long_each_text_is(desk, draft):
    story = draft(
        "خبر عاجل",
        subtitle="فرعي 👍",
        excerpt="نص",
        body="<p>" + "كلمة " * 181 + "</p>",
    )

    page = desk.get(address(Article, "change", story.pk)).content.decode()
    assert counts(page) == ["8 250", "6 300", "181 2", "2 500"]
    assert length_of(story.body).words == 181


def test_an_empty_form_says_nought(desk):
    page = desk.get(address(Article, "add")).content.decode()

    assert counts(page) == ["0 250", "0 300", "0 0", "0 500"]


def test_beside_an_error_what_was_typed_is_counted_as_it_would_be_stored(desk, story):
    body = "<p>ثلاث كلمات هنا</p><script>one two</script>"

    page = desk.post(address(Article, "add"), story(title="", body=body)).content.decode()
    assert counts(page) == ["0 250", "0 300", "3 1", "22 500"]


def test_who_may_only_look_opens_the_form_too(as_user, writer, article):
    assert as_user(writer).get(address(Article, "change", article.pk)).status_code == 200
