"""The one way to change what a comment says or the name over it: always with a mark or a record."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.arabic import is_blank
from articles.models import Refused
from comments import moderation
from comments.models import Comment, CommentPolicy, CommentStatus, Decision, DecisionAction
from comments.models.comment import BODY_MAX_LENGTH
from comments.rules import MOST_FINDINGS, danger

# Stands over comments whose writers have taken their name back, in the paper's own language.
READER = "قارئ"
REDACTED = "█████"
ERASED = "[حُذف بطلب من كاتبه]"

# What may leave something dangerous in a text, or bring it in.
_BY_A_MODERATOR = {DecisionAction.EDIT, DecisionAction.REDACT}

NAME_TAKEN_BACK = "name_taken_back"


def edit(
    comment_id: int,
    body: str,
    *,
    by: User,
    reason: str = "",
    seen: str = "",
    revision: int | None = None,
) -> bool:
    """Give a comment another text, marked as edited; whether anything changed.

    The text as it was sent stays with the newsroom. `seen` and `revision` are the status and the
    text that the moderator had before their eyes. Raises Refused for a text that cannot be,
    Overtaken where somebody else has decided or edited since.
    """
    body = body.replace("\r\n", "\n").strip()
    if is_blank(body):
        raise Refused(gettext("An edited comment still has to say something."))
    if len(body) > BODY_MAX_LENGTH:
        raise Refused(gettext("This text is longer than a comment may be."))
    with transaction.atomic():
        comment = _lock(comment_id, seen=seen, revision=revision)
        if comment.body == body:
            return False
        texts = {"body": body, "original_body": comment.original_body or comment.body}
        _write(comment, DecisionAction.EDIT, texts, by=by, reason=reason)
        return True


def redact_phrase(
    comment_id: int,
    phrase: str,
    *,
    by: User,
    reason: str = "",
    seen: str = "",
    revision: int | None = None,
) -> bool:
    """Black out these words for good, wherever they stand; whether they stood anywhere.

    No copy is kept; where only the text as it was sent has them, nothing but that copy goes.
    Raises Overtaken, and Refused where the text would become longer than a comment may be.
    """
    phrase = phrase.replace("\r\n", "\n").strip()
    with transaction.atomic():
        comment = _lock(comment_id, seen=seen, revision=revision)
        if not phrase or phrase not in f"{comment.body}\0{comment.original_body}":
            return False
        body = blacken(comment.body, places_of(phrase, comment.body))
        _redact(comment, {"body": body}, by=by, reason=reason)
        return True


def redact_and_publish(
    comment_id: int,
    *,
    by: User,
    reason: str = "",
    seen: str = "",
    revision: int | None = None,
    batch: UUID | None = None,
) -> None:
    """Black out all that endangers the writer, and show the comment, both or neither.

    A name or a website that does so goes altogether. Raises Overtaken, and Refused where there is
    no such place in it.
    """
    with transaction.atomic():
        comment = _lock(comment_id, seen=seen, revision=revision)
        # What is marked, and what is not: a comment keeps no more findings than can be read.
        found = [*dangers(comment), *_found_dangers(comment)]
        if not found:
            raise Refused(gettext("No dangerous place is marked in this comment any more."))
        spans = [(each["start"], each["end"]) for each in found if each["field"] == "body"]
        instead = {"name": READER, "website": "", "body": blacken(comment.body, spans)}
        fields = {finding["field"] for finding in found}
        texts = {field: text for field, text in instead.items() if field in fields}
        _redact(comment, texts, by=by, reason=reason)
        moderation.decide(comment_id, CommentStatus.APPROVED, by=by, reason=reason, batch=batch)


def _lock(comment_id: int, *, seen: str = "", revision: int | None = None) -> Comment:
    """The comment by `moderation.lock`; raises Refused where its writer has withdrawn it."""
    comment = moderation.lock(comment_id, seen=seen, revision=revision)
    if comment.status == CommentStatus.WITHDRAWN:
        raise Refused(gettext("Its writer has withdrawn this comment: its text stays as it is."))
    return comment


def dangers(comment: Comment) -> list[dict[str, Any]]:
    """The findings of the rule on danger that point to a place in the comment."""
    return [
        finding
        for finding in comment.findings
        if finding["rule"] == danger.NAME and finding["field"] and finding["end"]
    ]


def _found_dangers(comment: Comment) -> list[dict[str, Any]]:
    """What the rule on danger finds in the comment as it is now."""
    texts = {field: getattr(comment, field) for field in danger.FIELDS}
    found = danger.find(texts, CommentPolicy.load().phone_region)
    return [finding.as_json() for finding in found]


def places_of(phrase: str, text: str) -> list[tuple[int, int]]:
    """Every place of a phrase in a text, from the left, none over another."""
    places, at = [], text.find(phrase) if phrase else -1
    while at >= 0:
        places.append((at, at + len(phrase)))
        at = text.find(phrase, at + len(phrase))
    return places


def blacken(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a bar of one length in place of each span, so that none tells its length."""
    kept, done = [], 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            kept += [text[done:start], REDACTED]
            done = end
    return "".join([*kept, text[done:]])


def take_name_back(comment: Comment) -> bool:
    """Put “a reader” in place of the name, at the writer's wish; whether anything changed."""
    with transaction.atomic():
        locked = moderation.lock(comment.pk)
        if (locked.name, locked.website) == (READER, ""):
            return False
        texts = {"name": READER, "website": ""}
        _write(locked, DecisionAction.RENAME, texts, rule=NAME_TAKEN_BACK)
        return True


def erase(comment: Comment, *, rule: str) -> bool:
    """Leave nothing of what a comment says, at the writer's wish; whether anything changed."""
    with transaction.atomic():
        locked = moderation.lock(comment.pk)
        texts = {"name": READER, "website": "", "body": ERASED, "original_body": ""}
        if all(getattr(locked, field) == text for field, text in texts.items()):
            return False
        _write(locked, DecisionAction.ERASE, texts, rule=rule)
        return True


def _redact(comment: Comment, texts: dict[str, str], *, by: User, reason: str) -> None:
    """Save a locked comment without what was blacked out, of which no copy stays."""
    if len(texts.get("body", "")) > BODY_MAX_LENGTH:
        raise Refused(gettext("This text is longer than a comment may be."))
    _write(comment, DecisionAction.REDACT, {**texts, "original_body": ""}, by=by, reason=reason)


def _write(
    comment: Comment,
    action: DecisionAction,
    texts: dict[str, str],
    *,
    by: User | None = None,
    rule: str = "",
    reason: str = "",
) -> None:
    """Save a locked comment's new wording, field by field, with the decision on it."""
    changed = {field for field, text in texts.items() if getattr(comment, field) != text}
    if "body" in changed:
        comment.edited_at = timezone.now()
    for field, text in texts.items():
        setattr(comment, field, text)
    comment.findings = _kept_findings(comment, changed)
    if action in _BY_A_MODERATOR:
        comment.findings += _dangers_in(comment, changed)
    comment.revision += 1
    comment.save(update_fields=[*texts, "findings", "edited_at", "revision"])
    Decision.objects.create(
        comment=comment,
        action=action,
        old=comment.status,
        new=comment.status,
        by=by,
        rule=rule,
        reason=reason,
    )


def _kept_findings(comment: Comment, changed: set[str]) -> list[dict[str, Any]]:
    return [
        _without_its_place(finding) if finding["field"] in changed else finding
        for finding in comment.findings
    ]


def _dangers_in(comment: Comment, changed: set[str]) -> list[dict[str, Any]]:
    """What is dangerous in the fields that have changed: still, or by the change."""
    found = [each for each in _found_dangers(comment) if each["field"] in changed]
    return found[:MOST_FINDINGS]


def _without_its_place(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding in a text that is no more is known by its rule alone."""
    return {**finding, "field": "", "start": 0, "end": 0, "note": ""}
