"""A story at the desk for whoever may only read it."""

import pytest

from articles import bodies
from articles.models import Article
from tests.articles.desk import address

SECTION = "<h2>عنوان</h2><p>نص &amp; <strong>قوي</strong>.</p>"


@pytest.fixture
def readers_page(published, image, writer, as_user):
    """The page of a writer, of a story with everything that a text can hold."""
    story = published(
        owner=writer,
        body=SECTION
        + f'<figure data-picture="{image.pk}"><figcaption>تعليق</figcaption></figure>'
        + "<table><tbody><tr><td><p>خلية</p></td></tr></tbody></table>",
    )
    return story, as_user(writer).get(address(Article, "change", story.pk))


def test_the_text_is_shown_as_readers_see_it_and_never_as_source(readers_page):
    story, page = readers_page

    shown = page.content.decode()
    assert f'<div class="as-read" lang="ar" dir="rtl">{bodies.render(story)}</div>' in shown
    assert 'class="body-picture' in bodies.render(story)
    assert "&lt;h2&gt;" not in shown


def test_the_form_of_whoever_may_change_the_story_has_the_editor(desk, article):
    page = desk.get(address(Article, "change", article.pk))

    assert "body" in page.context["adminform"].form.fields
    assert 'class="as-read"' not in page.content.decode()
