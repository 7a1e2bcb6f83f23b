"""No list and no form of the desk asks the database more than fifteen times."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import tokens
from articles.models import ArchiveImage, Article, Byline, Category, RelatedPost, Tag
from comments import addresses, commenters, moderation, policy, posting
from comments.models import (
    AddressAccess,
    ArticlePolicy,
    Comment,
    Commenter,
    CommenterDecision,
    CommentPolicy,
    CommentStatus,
    Decision,
    ListedWord,
    PolicyChange,
    Standing,
)
from tests.conftest import comment_data, jpeg

pytestmark = pytest.mark.django_db

MOST = 15
ROWS = 3


@pytest.fixture
def full(published, category, everything_held) -> None:
    """Three rows at least of everything that the desk lists."""
    policy.change(CommentPolicy.load(), {"frozen": False})
    for number in range(ROWS):
        _story(published, category, number)
    *others, newest = Article.objects.order_by("pk")
    for position, other in enumerate(others):
        RelatedPost.objects.create(from_article=newest, to_article=other, position=position)
    for comment in Comment.objects.all():
        moderation.decide(comment.pk, CommentStatus.APPROVED, rule="test")
        commenters.set_standing(comment.commenter_id, Standing.TRUSTED)
    for number, article in enumerate(Article.objects.all()):
        policy.change(ArticlePolicy.objects.get_or_create(article=article)[0], {"frozen": True})
        ListedWord.objects.create(text=f"كلمة{number}", folded=f"كلمه{number}")
        addresses.look_up(f"reader{number}@example.org", reason="تجربة")
        colleague = User.objects.create(username=f"زميل-{number}")
        tokens.make(colleague, name="برنامج", scopes=["drafts"], days=30)
        Group.objects.get_or_create(name=f"مجموعة {number}")


def _story(published, category, number: int) -> None:
    picture = ContentFile(jpeg(64 + number, 36), name="picture.jpg")
    article = published(
        f"خبر {number}",
        category=Category.objects.create(name=f"فرع {number}", parent=category),
        byline=Byline.objects.create(name=f"توقيع {number}"),
        image=ArchiveImage.objects.create(file=picture, alt=f"صورة {number}"),
    )
    article.tags.add(f"وسم {number}", "وسم مشترك")
    article.further_categories.add(category)
    data = comment_data(email=f"reader{number}@example.org", body=f"تعليق رقم {number}")
    posting.submit(article, data)


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("superuser"))
    return client


def asked(client: Client, address: str) -> int:
    """How often a page asks the database, once what a process remembers is there."""
    assert client.get(address).status_code in {200, 302, 403}, address
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def pages(model: type[Model]) -> dict[str, str]:
    """The list and the forms of a model, by name."""
    view = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    found = {"list": reverse(f"{view}_changelist"), "add": reverse(f"{view}_add")}
    row = model._default_manager.order_by("-pk").first()
    if row is not None:
        found["change"] = reverse(f"{view}_change", args=[row.pk])
    return found


def test_every_list_and_form_of_the_desk_asks_fifteen_times_at_most(full, superuser):
    ContentType.objects.get_for_models(*admin.site._registry)
    models = {model._meta.label_lower: model for model in admin.site._registry}

    few = [name for name, model in models.items() if model._default_manager.count() < ROWS]
    asked_for = {
        (name, page): asked(superuser, address)
        for name, model in models.items()
        for page, address in pages(model).items()
    }
    too_often = {place: number for place, number in asked_for.items() if number > MOST}

    one_row = ["articles.frontpage", "comments.commentpolicy"]
    assert sorted(few) == one_row, "the others have rows enough to tell"
    assert too_often == {}
    assert {model for model, _page in asked_for} >= {
        each._meta.label_lower
        for each in (Article, Tag, Comment, Commenter, Decision, CommenterDecision)
    } | {PolicyChange._meta.label_lower, AddressAccess._meta.label_lower}


def test_the_front_page_of_the_desk_asks_fifteen_times_at_most(full, superuser):
    assert asked(superuser, reverse("admin:index")) <= MOST
