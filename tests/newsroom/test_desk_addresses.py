"""What each role may open: every address of the desk, against the table beside this file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from articles import corrections, publishing, tokens
from articles.models import Article
from comments import commenters, moderation, policy
from comments.models import (
    AccessKind,
    AddressAccess,
    ArticlePolicy,
    CommentPolicy,
    CommentStatus,
    ListedWord,
    PolicyChange,
    Standing,
)
from tests.articles.static_pages import static_page
from tests.conftest import staff
from tests.newsroom.desk_addresses import Rows, addresses, answer

TABLE = Path(__file__).with_name("admin_addresses.txt")
ROLES = ("nobody", "writer", "editor", "moderator", "chief")


def table() -> dict[str, list[str]]:
    """The expected answers by route, in the order of `ROLES`."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(maxsplit=len(ROLES)) for line in lines if line and line[0] != "#"]
    return {route.strip(): answers for route, *answers in rows}


@pytest.fixture
def rows(
    draft, published, image, byline, category, approved, writer, moderator
) -> tuple[Rows, dict[str, object]]:
    """A row of every list of the desk, and the values of all other parts of an address."""
    another = staff("another", role="writer")
    comment = approved()
    moderation.decide(comment.pk, CommentStatus.SPAM, by=moderator)
    commenters.set_standing(comment.commenter_id, Standing.TRUSTED, by=moderator)
    policy.change(CommentPolicy.load(), {"most_links": 9}, by=moderator)
    public = published("منشور", owner=another, image=image)
    policy.change(ArticlePolicy(article=public), {"mode": "closed"}, by=moderator)
    public.tags.add("وسم")
    article_rows = {
        "another's draft": draft("مسودة غيره", owner=another).pk,
        "another's published": public.pk,
        "own draft": draft("مسودته", owner=writer).pk,
        "own in review": publishing.submit(draft("مراجعته", owner=writer)).pk,
    }
    rows: Rows = {
        "articles/article": article_rows,
        "articles/apitoken": {
            f"{of}'s": tokens.make(user, name="برنامج", scopes=["drafts"], days=30)[0].pk
            for of, user in (("another", another), ("the writer", writer))
        },
        "articles/archiveimage": {"shown": image.pk},
        "articles/byline": {"": byline.pk},
        "articles/category": {"": category.pk},
        "articles/frontpage": {"": 1},
        "articles/staticpage": {"": static_page().pk},
        "articles/tag": {"": public.tags.get().pk},
        "auth/group": {"": Group.objects.get(name="writer").pk},
        "auth/user": {"": another.pk},
        "comments/addressaccess": {
            "": AddressAccess.objects.create(kind=AccessKind.LOOK_UP, by=moderator).pk
        },
        "comments/articlepolicy": {"": ArticlePolicy.objects.get().pk},
        "comments/comment": {"": comment.pk},
        "comments/commenter": {"": comment.commenter_id},
        "comments/commenterdecision": {"": comment.commenter.decisions.get().pk},
        "comments/commentpolicy": {"": 1},
        "comments/decision": {"": comment.decisions.latest("id").pk},
        "comments/listedword": {"": ListedWord.objects.create(text="كلب").pk},
        "comments/policychange": {"": PolicyChange.objects.latest("id").pk},
    }
    others = {
        "content_type_id": ContentType.objects.get_for_model(Article).pk,
        "number": corrections.correct(public, "تصويب").pk,
        "url": "no-such-page",
    }
    return rows, others


def browsers(as_user: Callable[[User], Client]) -> dict[str, Client]:
    """A browser for nobody and for each role."""
    users = {role: User.objects.filter(username=role).first() or staff(role) for role in ROLES[1:]}
    return {"nobody": Client(), **{role: as_user(user) for role, user in users.items()}}


@pytest.mark.django_db
def test_every_address_of_the_desk_answers_each_role_as_the_table_says(rows, as_user):
    visitors = browsers(as_user)

    answers = {
        route: [answer(visitors[role], address) for role in ROLES]
        for route, address in addresses(*rows)
    }

    assert answers == table()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_address_of_the_desk_takes_what_no_browser_sends(rows, as_user, method):
    visitors = [Client(), as_user(User.objects.create_superuser("root"))]

    answers = {
        (address, getattr(visitor, method)(address).status_code)
        for _route, address in addresses(*rows)
        for visitor in visitors
    }

    assert {status for _address, status in answers} == {405}
