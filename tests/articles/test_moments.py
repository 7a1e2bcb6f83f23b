"""A moment as the page holds it: for eyes by the site's clock, for machines with its offset."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils import translation

from tests.comments.pages import attribute, elements, parse

AT = datetime(2024, 11, 5, 22, 30, tzinfo=UTC)


def told(tag: str) -> str:
    return Template(f"{{% load moments %}}{{% {tag} %}}").render(Context({"at": AT}))


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [
        ("ar", "6 تشرين الثاني 2024، 01:30", "6 تشرين الثاني 2024"),
        ("en", "6 November 2024, 01:30", "6 November 2024"),
    ],
)
def test_a_moment_is_told_by_day_and_hour_or_by_day_alone(language, moment, day):
    with translation.override(language):
        shown = [told("moment at"), told("moment at day_only=True")]

    time = '<time datetime="2024-11-06T01:30:00+03:00" data-ago>{}</time>'
    assert shown == [time.format(moment), time.format(day)]


@pytest.mark.django_db
def test_every_date_for_readers_is_told_so(client, approved):
    page = client.get(approved().article.get_absolute_url()).content.decode()

    assert page.count("<time ") == page.count(" data-ago>") == 3


@pytest.mark.django_db
def test_all_scripts_of_a_story_are_at_most_ten_kilobytes(client, article):
    page = parse(client.get(article.get_absolute_url()))

    files = [attribute(each, "src") or "" for each in elements(page, "script", defer="")]
    found = [finders.find(file.removeprefix("/static/")) for file in files]
    assert "articles/moments.js" in "".join(files)
    assert sum(Path(file).stat().st_size for file in found) <= 10 * 1024
