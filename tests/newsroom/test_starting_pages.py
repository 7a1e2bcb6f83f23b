"""The static pages that every new paper begins with: made once, and true of the site."""

from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from articles import html
from articles.models import StaticPage
from comments.posting import what_becomes_of_the_address
from newsroom import starting_pages
from tests.comments.pages import attribute, elements, parse

SLUGS = ["about", "privacy", "comment-rules"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def begun(db: None) -> None:
    """A paper as the first migration leaves it."""
    StaticPage.objects.all().delete()
    import_module("newsroom.migrations.0001_starting_pages").make(apps, None)


def test_a_new_paper_has_its_pages_in_the_papers_language(begun):
    pages = StaticPage.objects.all()

    assert [page.slug for page in pages] == SLUGS
    assert {page.language for page in pages} == {settings.LANGUAGE_CODE}
    assert [page.slug for page in pages if page.beside_comments] == ["privacy", "comment-rules"]
    assert {page.updated_by for page in pages} == {None}


def test_the_pages_are_made_by_a_migration_that_never_comes_again():
    migration = import_module("newsroom.migrations.0001_starting_pages").Migration

    assert [each.code.__name__ for each in migration.operations] == ["make"]
    assert migration.replaces == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_stored_as_it_is_sanitised_and_can_be_saved_at_the_desk(language, db):
    StaticPage.objects.all().delete()

    for each in starting_pages.pages(language):
        page = StaticPage(language=language, **each)
        page.full_clean()
        assert page.body == html.clean(page.body) == each["body"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_the_same_in_every_language(language):
    found = starting_pages.pages(language)

    assert [page["slug"] for page in found] == SLUGS
    assert [page["beside_comments"] for page in found] == [False, True, True]


@pytest.mark.parametrize("days", [1, 30, 90])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_privacy_names_the_days_that_an_address_is_kept(settings, language, days):
    settings.COMMENT_ADDRESS_DAYS = days

    [_about, privacy, _rules] = starting_pages.pages(language)

    with translation.override(language):
        assert f"<p>{what_becomes_of_the_address()}</p>" in privacy["body"]


def test_a_language_without_texts_of_its_own_begins_with_english(db, settings):
    StaticPage.objects.all().delete()
    settings.LANGUAGE_CODE = "fr"

    starting_pages.make(StaticPage)

    assert {page.language for page in StaticPage.objects.all()} == {"en"}


def test_every_link_in_a_text_leads_to_one_of_the_pages(begun, client):
    for slug in SLUGS:
        page = parse(client.get(f"/{slug}/"))
        [body] = elements(page, "div", class_="body")
        for link in elements(body, "a"):
            path = urlsplit(attribute(link, "href")).path
            assert resolve(path).view_name == "static-page"
            assert client.get(path).status_code == 200
