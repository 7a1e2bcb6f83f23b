"""The roles: each holds just its rights, and every migration makes that right again."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from newsroom.roles import ROLES, keep_roles

pytestmark = pytest.mark.django_db

IN_CHARGE = {
    f"comments.{codename}"
    for codename in (
        *("change_commentpolicy", "add_listedword", "change_listedword", "delete_listedword"),
        *("view_addressaccess", "look_up_address", "disclose_address"),
    )
} | {
    *(f"articles.delete_{model}" for model in ("category", "tag", "byline", "staticpage")),
    "articles.manage_apitoken",
}
# Everybody makes tokens of their own.
PROGRAMS = {"articles.add_apitoken", "articles.view_apitoken"}


def held(role: str) -> set[str]:
    rights = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in rights}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_holds_just_its_rights_and_each_of_them_exists(role):
    assert held(role) == set(ROLES[role])
    assert len(ROLES[role]) == len(set(ROLES[role]))


def test_moderators_decide_on_comments_and_have_no_right_to_a_story():
    assert (
        held("moderator")
        == {
            f"comments.{codename}"
            for codename in (
                *("view_comment", "moderate_comment", "view_commenter"),
                *("view_commentpolicy", "view_listedword", "freeze_discussions"),
                *("add_articlepolicy", "change_articlepolicy", "view_articlepolicy"),
                *("view_decision", "view_commenterdecision", "view_policychange"),
            )
        }
        | PROGRAMS
    )


def test_editors_decide_on_stories_and_not_on_comments():
    assert "articles.publish_article" in held("editor")
    assert {right for right in held("editor") if right.startswith("comments.")} == {
        f"comments.{codename}"
        for codename in (
            *("add_articlepolicy", "change_articlepolicy", "view_articlepolicy"),
            "freeze_discussions",
        )
    }


def test_writers_neither_publish_nor_come_near_a_comment():
    assert "articles.publish_article" not in held("writer")
    assert {right for right in held("writer") if right.startswith("comments.")} == set()


def test_the_chief_holds_the_rights_of_all_and_those_of_nobody_else():
    of_others = held("writer") | held("editor") | held("moderator")
    assert held("chief") - of_others == IN_CHARGE
    assert of_others <= held("chief")


@pytest.mark.parametrize("role", ROLES)
def test_no_role_changes_commenters_by_hand(role):
    assert "comments.change_commenter" not in held(role)


def test_a_right_of_the_same_name_elsewhere_is_given_to_nobody():
    elsewhere = ContentType.objects.create(app_label="elsewhere", model="comment")
    Permission.objects.create(content_type=elsewhere, codename="view_comment", name="elsewhere")

    keep_roles()
    assert held("moderator") == set(ROLES["moderator"])


def test_what_was_taken_or_added_by_hand_is_made_right_again():
    group = Group.objects.get(name="moderator")
    group.permissions.set(Permission.objects.filter(codename="disclose_address"))

    keep_roles()
    assert held("moderator") == set(ROLES["moderator"])
