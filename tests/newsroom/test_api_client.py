"""A typed client is generated from the schema, and reads and writes with it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from comments.models import Comment
from tests.conftest import ADDRESS

pytest.importorskip("openapi_python_client", reason="the generator of clients is not installed")

pytestmark = pytest.mark.django_db(transaction=True)

PACKAGE = "generated_newsroom_client"


@pytest.fixture
def api(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The client's operations by their names, its models, and a client of the site."""
    (tmp_path / "config.yaml").write_text("post_hooks: []\n")
    subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
            *("--url", f"{site}/api/v1/schema/", "--meta", "none"),
            *("--output-path", str(tmp_path / PACKAGE), "--config", str(tmp_path / "config.yaml")),
        ],
        check=True,
    )
    monkeypatch.syspath_prepend(tmp_path)
    operations = {
        "list_articles": "articles",
        "get_article": "articles",
        "list_comments": "comments",
        "post_comment": "comments",
    }
    with import_module(f"{PACKAGE}.client").Client(base_url=site) as client:
        yield SimpleNamespace(
            client=client,
            models=import_module(f"{PACKAGE}.models"),
            **{
                name: import_module(f"{PACKAGE}.api.{group}.{name}")
                for name, group in operations.items()
            },
        )
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]


def test_a_generated_client_lists_articles_and_pages_on(api, published):
    made = [published(f"قصة {number}", minutes_ago=number) for number in (1, 2, 3)]

    first = api.list_articles.sync(client=api.client, page_size=2)
    (cursor,) = parse_qs(urlsplit(first.next_).query)["cursor"]
    second = api.list_articles.sync(client=api.client, page_size=2, cursor=cursor)

    pages = [[each.title for each in page.results] for page in (first, second)]
    assert pages == [["قصة 1", "قصة 2"], ["قصة 3"]]
    assert [type(each) for each in first.results] == [api.models.Article] * 2
    assert first.results[0].published_at == made[0].published_at
    assert (first.previous, second.next_) == (None, None)


def test_a_generated_client_filters_and_asks_for_fields(api, published):
    newest, _older = published("الجديدة", minutes_ago=1), published("القديمة", minutes_ago=90)
    field = api.models.ListArticlesFieldsItem

    found = api.list_articles.sync(
        client=api.client,
        published_after=newest.published_at - timedelta(minutes=5),
        fields=[field.TITLE, field.LANGUAGE],
    )

    assert [each.to_dict() for each in found.results] == [{"title": "الجديدة", "language": "ar"}]


def test_a_generated_client_reads_one_in_full_with_its_picture(api, published, image):
    story = published("بصورة", image=image)

    read = api.get_article.sync(story.slug, client=api.client)

    assert (read.id, read.title) == (story.pk, "بصورة")
    assert read.body.startswith("<p>")
    assert (read.image.alt, read.image.renditions[0].format_.value) == (image.alt, "avif")
    assert read.category.path[0].slug == story.category.slug


def test_a_generated_client_posts_a_comment_and_is_told_what_is_wrong(api, article):
    wanted = api.models.CommentPost(body="شكراً على التقرير.", name="ليلى", email=ADDRESS)
    wrong = api.models.CommentPost(body="شكراً على التقرير.", name="ليلى", email="x")

    accepted = api.post_comment.sync(article.slug, client=api.client, body=wanted)
    refused = api.post_comment.sync(article.slug, client=api.client, body=wrong)

    assert accepted.status.value == Comment.objects.get().status == "pending"
    assert "/comments/receipt/" in accepted.receipt
    assert [*refused.additional_properties] == ["email"]


def test_a_generated_client_tells_what_is_not_there(api, article):
    answer = api.get_article.sync_detailed("لا-شيء", client=api.client)

    assert answer.status_code == 404
    assert answer.parsed == api.models.Error(detail="غير موجود.")
