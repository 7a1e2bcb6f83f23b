"""The roles: each holds just its rights, and every migration makes that right again."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from newsroom.roles import ROLES, keep_roles

pytestmark = pytest.mark.django_db

# To be given to persons, never to a whole role.
BY_NAME_ALONE = {
    f"comments.{codename}"
    for codename in ("look_up_address", "disclose_address", "change_commenter")
}


def held(role: str) -> set[str]:
    rights = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in rights}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_holds_just_its_rights_and_each_of_them_exists(role):
    assert held(role) == set(ROLES[role])
    assert len(ROLES[role]) == len(set(ROLES[role]))


def test_moderators_decide_set_the_policy_and_see_nothing_of_who_came_near_an_address():
    rights = {right for right in held("moderator") if right.startswith("comments.")}
    assert rights == {
        f"comments.{codename}"
        for codename in (
            *("view_comment", "moderate_comment", "view_commenter"),
            *("view_commentpolicy", "change_commentpolicy"),
            *("add_articlepolicy", "change_articlepolicy", "view_articlepolicy"),
            *("add_listedword", "change_listedword", "delete_listedword", "view_listedword"),
            *("view_decision", "view_commenterdecision", "view_policychange"),
        )
    }
    assert {right for right in held("moderator") if right.startswith("articles.")} == set()


def test_editors_watch_over_moderators_and_do_not_decide():
    rights = held("editor")
    assert {"comments.view_addressaccess", "comments.view_decision"} <= rights
    assert {"comments.change_commentpolicy", "comments.change_articlepolicy"} <= rights
    assert {"comments.moderate_comment", "comments.view_comment"} & rights == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_role_comes_near_an_address(role):
    assert held(role) & BY_NAME_ALONE == set()


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
