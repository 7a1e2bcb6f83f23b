"""The last action of a moderator that can be undone, kept in their own session."""

from uuid import UUID

from django.http import HttpRequest

_UNDO = "comments_undo"


def remember(request: HttpRequest, batch: UUID | None) -> None:
    """Keep what can be undone; an action that cannot be undone leaves nothing to undo."""
    if batch:
        request.session[_UNDO] = str(batch)
    else:
        request.session.pop(_UNDO, None)


def remembered(request: HttpRequest) -> str:
    """The batch of that action; empty where there is none."""
    return str(request.session.get(_UNDO, ""))
