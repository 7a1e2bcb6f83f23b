"""What each role of the newsroom may do, as groups that every `migrate` makes right again.

Whoever watches over the moderators is not one of them: editors read the record of who came near an
address, moderators decide on comments and see no such record. The policy, the listed words and
the emergency brake are in both hands, because a flood must not wait for either; each change of
policy is recorded. Looking up and disclosing an address belong to no role: the paper gives those
rights to persons. Exporting and forgetting are commands.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

_ALL = ("add", "change", "delete", "view")


def _rights(app: str, model: str, *verbs: str) -> list[str]:
    return [f"{app}.{verb}_{model}" for verb in verbs]


_STORIES = [
    *_rights("articles", "article", "add", "change", "view"),
    *_rights("articles", "category", "view"),
    *_rights("articles", "archiveimage", "add", "change", "view"),
    *_rights("articles", "relatedpost", *_ALL),
    *_rights("articles", "byline", "view"),
]
_STORIES_DESK = [
    *_rights("articles", "article", "publish", "delete"),
    *_rights("articles", "category", "add", "change"),
    *_rights("articles", "tag", "add", "change", "view"),
    *_rights("articles", "byline", "add", "change"),
]
_POLICY = [
    *_rights("comments", "commentpolicy", "change", "view"),
    *_rights("comments", "articlepolicy", "add", "change", "view"),
]
_RECORD = [
    *_rights("comments", "decision", "view"),
    *_rights("comments", "commenterdecision", "view"),
    *_rights("comments", "policychange", "view"),
]
_QUEUE = [
    *_rights("comments", "comment", "moderate", "view"),
    *_rights("comments", "commenter", "view"),
    *_rights("comments", "listedword", *_ALL),
]
_OVERSIGHT = [
    *_rights("comments", "addressaccess", "view"),
    *_rights("comments", "listedword", "view"),
]

ROLES = {
    "writer": _STORIES,
    "editor": [*_STORIES, *_STORIES_DESK, *_POLICY, *_RECORD, *_OVERSIGHT],
    "moderator": [*_QUEUE, *_POLICY, *_RECORD],
}


def keep_roles(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Give each role's group just the permissions listed here."""
    from django.contrib.auth.models import Group, Permission

    for role, rights in ROLES.items():
        wanted = Q()
        for right in rights:
            app, _dot, codename = right.partition(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        group, _created = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(Permission.objects.using(using).filter(wanted))
