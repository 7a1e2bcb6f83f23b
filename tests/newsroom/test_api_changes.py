"""The page that says what clients of the API can rely on, and what has changed."""

import re

import pytest
from django.utils import translation

from newsroom.api_changes import CHANGES, MAY_CHANGE, NEVER_CHANGES
from tests.articles.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/api/v1/changes/"


def test_changes_are_told_with_the_newest_day_first(client):
    days = re.findall('<time datetime="(.*?)">', client.get(PAGE).content.decode())

    assert days == [f"{each.day:%Y-%m-%d}" for each in CHANGES]
    assert days == sorted(set(days), reverse=True)


@pytest.mark.parametrize(("language", "heading"), [("ar", "تغييرات"), ("en", "Changes")])
def test_the_page_says_the_rule_in_the_language_of_the_site(client, settings, language, heading):
    settings.LANGUAGE_CODE = language

    text = text_of(client.get(PAGE))

    assert heading in text
    with translation.override(language):
        for each in (*NEVER_CHANGES, *MAY_CHANGE):
            assert str(each).replace("`", "") in text


def test_code_stands_in_no_backquotes_and_runs_from_left_to_right(client):
    text = client.get(PAGE).content.decode()

    assert '<code dir="ltr">list_articles</code>' in text
    assert "`" not in text


def test_the_schema_leads_to_the_page(client):
    schema = client.get("/api/v1/schema/", headers={"accept": "application/json"}).json()

    assert f"]({PAGE})" in schema["info"]["description"]
