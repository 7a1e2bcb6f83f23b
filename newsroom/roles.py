"""What each role of the newsroom may do, as groups that every `migrate` makes right again."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

_STORIES = ["add_article", "change_article", "view_article", "view_category"]
_PICTURES = ["add_archiveimage", "change_archiveimage", "view_archiveimage"]
_RELATED = [f"{verb}_relatedpost" for verb in ("add", "change", "delete", "view")]
_DESK = [
    *("publish_article", "delete_article", "add_category", "change_category"),
    *("add_tag", "change_tag", "view_tag", "add_byline", "change_byline"),
]

ROLES = {
    "writer": [*_STORIES, *_PICTURES, *_RELATED, "view_byline"],
    "editor": [*_STORIES, *_PICTURES, *_RELATED, "view_byline", *_DESK],
    "moderator": ["view_comment", "moderate_comment"],
}


def keep_roles(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Give each role's group just the permissions listed here."""
    from django.contrib.auth.models import Group, Permission

    for role, codenames in ROLES.items():
        permissions = Permission.objects.using(using).filter(
            content_type__app_label__in=["articles", "comments"], codename__in=codenames
        )
        group, _created = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(permissions)
