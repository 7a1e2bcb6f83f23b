"""The desk's first page: the lists of each app in the order of a working day."""

import pytest
from django.contrib.auth.models import User

from newsroom.desk import ORDER

pytestmark = pytest.mark.django_db


def lists(client, address: str = "/admin/") -> dict[str, list[str]]:
    """The models that a user is offered, by app, in their order."""
    apps = client.get(address).context["app_list"]
    return {
        app["app_label"]: [model["object_name"].lower() for model in app["models"]] for app in apps
    }


def test_the_lists_stand_in_the_order_of_a_working_day(as_user):
    offered = lists(as_user(User.objects.create_superuser("chief")))
    assert {app: offered[app] for app in ORDER} == ORDER
    assert lists(as_user(User.objects.get()), "/admin/comments/") == {"comments": ORDER["comments"]}


def test_a_moderator_is_offered_the_comments_without_the_record_of_addresses(as_user, moderator):
    assert lists(as_user(moderator)) == {
        "articles": ["apitoken"],
        "comments": ORDER["comments"][:-1],
    }


def test_an_editor_is_offered_the_stories_and_the_discussions_below_them(as_user, editor):
    assert lists(as_user(editor)) == {
        "articles": ORDER["articles"],
        "comments": ["articlepolicy"],
    }


def test_the_chief_is_offered_everything(as_user, chief):
    assert lists(as_user(chief)) == ORDER


def test_a_writer_is_offered_no_list_of_comments(as_user, writer):
    assert "comments" not in lists(as_user(writer))
