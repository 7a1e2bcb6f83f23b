"""What each role of the newsroom may do, as groups that every `migrate` makes right again.

A writer has drafts, an editor the stories, a moderator the comments and nothing of the stories; the
chief has all of these, the site's policy, the listed words, and the disclosure of an address. The
brake for an emergency is in the hands of editors and moderators too, because a flood waits for
nobody; each use of it is recorded. Which stories a writer may open is said in `articles.rights`.
Exporting and forgetting an address are commands. Everybody makes and revokes API tokens of their
own; the chief sees and revokes all.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

_ALL = ("add", "change", "delete", "view")


def _rights(app: str, model: str, *verbs: str) -> list[str]:
    return [f"{app}.{verb}_{model}" for verb in verbs]


_PROGRAMS = _rights("articles", "apitoken", "add", "view")
_WRITING = [
    *_rights("articles", "article", "add", "change", "view"),
    *_rights("articles", "category", "view"),
    *_rights("articles", "archiveimage", "add", "change", "view"),
    *_rights("articles", "relatedpost", *_ALL),
    *_rights("articles", "byline", "view"),
]
_EDITING = [
    *_rights("articles", "article", "publish", "delete"),
    *_rights("articles", "category", "add", "change"),
    *_rights("articles", "tag", "add", "change", "view"),
    *_rights("articles", "byline", "add", "change"),
    *_rights("articles", "archiveimage", "delete"),
    *_rights("articles", "frontpage", "change"),
    *_rights("articles", "staticpage", "add", "change", "view"),
]
_DISCUSSIONS = [
    *_rights("comments", "articlepolicy", "add", "change", "view"),
    "comments.freeze_discussions",
]
_MODERATING = [
    *_rights("comments", "comment", "moderate", "view"),
    *_rights("comments", "commenter", "view"),
    *_rights("comments", "listedword", "view"),
    *_rights("comments", "commentpolicy", "view"),
    *_rights("comments", "decision", "view"),
    *_rights("comments", "commenterdecision", "view"),
    *_rights("comments", "policychange", "view"),
]
_CHARGE = [
    *_rights("articles", "category", "delete"),
    *_rights("articles", "tag", "delete"),
    *_rights("articles", "byline", "delete"),
    *_rights("articles", "staticpage", "delete"),
    *_rights("comments", "commentpolicy", "change"),
    *_rights("comments", "listedword", "add", "change", "delete"),
    *_rights("comments", "addressaccess", "view"),
    "articles.manage_apitoken",
    "comments.look_up_address",
    "comments.disclose_address",
]

ROLES = {
    "writer": [*_WRITING, *_PROGRAMS],
    "editor": [*_WRITING, *_EDITING, *_DISCUSSIONS, *_PROGRAMS],
    "moderator": [*_MODERATING, *_DISCUSSIONS, *_PROGRAMS],
    "chief": [*_WRITING, *_EDITING, *_MODERATING, *_DISCUSSIONS, *_PROGRAMS, *_CHARGE],
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
