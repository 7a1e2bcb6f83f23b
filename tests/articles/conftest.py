"""What the tests of the articles' desk share: an editor's browser, and a form filled in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Byline, Category


@pytest.fixture
def desk(editor: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(editor)


@pytest.fixture
def story(category: Category, byline: Byline) -> Callable[..., dict[str, Any]]:
    """What the form of a complete story sends."""

    def make(*picks: Article, **fields: Any) -> dict[str, Any]:
        rows = {
            f"related_posts-{number}-{name}": value
            for number, pick in enumerate(picks)
            for name, value in (("to_article", pick.pk), ("position", number))
        }
        return {
            **{"title": "المجلس يقر الموازنة", "subtitle": "", "slug": "", "byline": byline.pk},
            **{
                "body": "<p>أقر المجلس الموازنة.</p>",
                "excerpt": "موازنة الأرصفة أُقرّت.",
                "image": "",
            },
            **{"image_caption": "", "no_image_reason": "لم تُلتقط صورة"},
            **{"category": category.pk, "tags": "", "language": "ar"},
            **{"comments_open": "on", "related_posts-INITIAL_FORMS": 0},
            "related_posts-TOTAL_FORMS": len(picks),
            **rows,
            **fields,
        }

    return make
