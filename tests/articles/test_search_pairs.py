"""The labelled pairs of `search_pairs.toml`: every query against the stories of the whole file."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles import finding, search
from articles.models import Article

STORIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("search_pairs.toml").read_text()
)["story"]


@pytest.fixture
def paper(published: Callable[..., Article]) -> list[Article]:
    """The stories of the file, in its order."""
    return [_written(published, story) for story in STORIES]


def _written(published: Callable[..., Article], story: dict[str, Any]) -> Article:
    texts = {name: story[name] for name in ("title", "subtitle", "body") if name in story}
    article = published(excerpt="بلا مقدمة.", **texts)
    article.tags.add(*story.get("tags", []))
    return article


def found(typed: str) -> list[int]:
    return finding.find_keys(search.Asked.read(typed)).keys


def test_the_file_holds_pairs_enough_of_both_kinds():
    assert sum(len(story["found"]) for story in STORIES) >= 120
    assert sum(len(story["not_found"]) for story in STORIES) >= 40


def test_every_query_finds_its_story_and_no_other_query_does(paper):
    wrong = [
        (article.title, typed, wanted)
        for article, story in zip(paper, STORIES, strict=True)
        for wanted, queries in ((True, story["found"]), (False, story["not_found"]))
        for typed in queries
        if (article.pk in found(typed)) is not wanted
    ]

    assert wrong == []
