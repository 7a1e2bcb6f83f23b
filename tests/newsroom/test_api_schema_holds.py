"""What the schema says is so: Schemathesis makes requests from it, and judges each answer.

A longer run against a site of its own: `python -m tests.benchmarks.api_fuzzing`.
"""

from pathlib import Path

import pytest
from django.db import transaction
from rest_framework.throttling import SimpleRateThrottle

from articles import publishing, tokens
from articles.models import Article, Scope
from comments import policy
from comments.models import CommentPolicy
from tests.conftest import many_approved
from tests.newsroom.api_fuzzing import fuzz

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(published, image) -> None:
    """Stories of every kind: with all that there can be, moved, withdrawn, closed."""
    stories = [published(f"قصة {number}", minutes_ago=number, image=image) for number in (1, 2, 3)]
    for story in stories:
        story.tags.add("بحر", "مطر")
        story.further_categories.add(story.category)
        with transaction.atomic():
            many_approved(story, 4)
    Article.objects.filter(pk=stories[1].pk).update(slug="انتقلت-إلى-هنا")
    publishing.retract(published("سُحبت"))
    published("مغلقة", comments_open=False)
    policy.change(
        CommentPolicy.load(),
        dict.fromkeys(("per_minute", "per_hour", "network_per_minute", "network_per_hour"), 2000),
    )


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch):
    for scope in SimpleRateThrottle.THROTTLE_RATES:
        monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, None)


def test_every_answer_is_as_the_schema_says(site, edition, chief, tmp_path: Path):
    limits = ("--max-examples", "6", "--seed", "1", "--generation-deterministic")
    _token, told = tokens.make(chief, name="schemathesis", scopes=[*Scope], days=1)

    ended = fuzz(site, *limits, folder=tmp_path, token=told)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Tested: 20" in ended.stdout
