"""The demonstration edition: large enough to judge the paper by, and loaded once."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from articles import html
from articles.models import ArchiveImage, Article, Category, RelatedPost
from comments.models import Comment, CommentStatus
from newsroom.demo.edition import articles

pytestmark = pytest.mark.django_db


@pytest.fixture
def var(settings, tmp_path: Path) -> Path:
    settings.VAR_ROOT = tmp_path
    return tmp_path


def test_the_edition_is_loaded_whole_and_a_second_time_changes_nothing(var: Path, capsys):
    call_command("load_demo")
    accounts = (var / "demo-accounts.txt").read_text()
    before = rows()
    call_command("load_demo")

    assert before == rows()
    assert capsys.readouterr().err == ""
    assert (var / "demo-accounts.txt").read_text() == accounts
    assert [line.split()[0] for line in accounts.splitlines()] == ["editor", "writer", "moderator"]
    assert (var / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    assert before["articles"] >= 30
    assert before["categories"] >= 8
    assert before["pictures"] >= 12
    assert before["comments"] >= 150
    assert before["related"] >= 20
    assert Category.objects.with_tree_fields().filter(tree_depth=2).exists()
    assert set(Comment.objects.values_list("status", flat=True)) == set(CommentStatus.values)
    name, password = accounts.splitlines()[0].split()
    assert Client().login(username=name, password=password)


def rows() -> dict[str, int]:
    return {
        "articles": Article.objects.count(),
        "categories": Category.objects.count(),
        "pictures": ArchiveImage.objects.count(),
        "comments": Comment.objects.count(),
        "related": RelatedPost.objects.count(),
    }


def test_every_article_has_from_150_to_500_words_and_a_heading_of_its_own():
    lengths = {each.key: len(re.findall(r"\w+", html.to_text(each.body))) for each in articles()}

    assert {key: count for key, count in lengths.items() if not 150 <= count <= 500} == {}
    assert [title for title, n in Counter(e.title for e in articles()).items() if n > 1] == []


def test_every_body_passes_the_sanitiser_unchanged():
    for each in articles():
        assert html.clean(each.body).replace(' rel="noopener"', "") == each.body.strip()


def test_no_comment_comes_from_the_future():
    late = {
        (each.key, comment.id)
        for each in articles()
        for comment in each.comments
        if comment.minutes_after >= each.hours_ago * 60
    }

    assert late == set()
