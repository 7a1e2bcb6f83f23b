"""What the tests of readers' discussions need of the running site: stories and comments on them."""

import json
from typing import Any

from tests.browser.conftest import Site
from tests.newsroom.commands import manage

_STORY = """
import json, sys
from articles import publishing
from articles.models import Article, Byline, Category
from comments import moderation, policy, posting
from comments.models import ArticlePolicy, CommentStatus
sent = json.load(sys.stdin)
article = publishing.publish(Article.objects.create(
    title=sent["title"], body="<p>نصّ المقال.</p>", excerpt="نصّ المقال.",
    no_image_reason="تجربة",
    byline=Byline.objects.first(), category=Category.objects.first(),
))
made = []
for number, comment in enumerate(sent["comments"]):
    answers = comment.pop("answers", None)
    data = {"name": "قارئة", "email": f"reader{number}@example.org", "website": "", **comment}
    data["parent"] = "" if answers is None else made[answers]
    try:
        kept = posting.submit(article, data).comment
    except posting.Invalid:
        continue
    if kept.status != CommentStatus.APPROVED:
        moderation.decide(kept.pk, CommentStatus.APPROVED, rule="test")
    made.append(kept.pk)
if sent["policy"]:
    policy.change(ArticlePolicy(article=article), sent["policy"])
print(json.dumps({"address": article.get_absolute_url(), "comments": made}))
"""


class Story:
    """A published story: its address, and the numbers of its approved comments in their order."""

    def __init__(self, address: str, comments: list[int]) -> None:
        self.address, self.comments = address, comments


def publish_story(
    site: Site, title: str, *comments: dict[str, Any], policy: dict[str, Any] | None = None
) -> Story:
    """Publish a story with approved comments, as an operator would, where the site runs.

    A comment `answers` another one by its place; those that the form refuses are left out.
    """
    done = manage(
        *("shell", "--no-imports", "-c", _STORY),
        input=json.dumps({"title": title, "comments": comments, "policy": policy or {}}),
        VAR_ROOT=str(site.folder),
    )
    assert done.returncode == 0, done.stderr
    return Story(**json.loads(done.stdout))
