"""The forms of the queue as they were sent: read strictly, and what was typed kept."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import REASON_MAX_LENGTH, Refused
from articles.numbers import whole_number
from comments.addresses import holds_an_address
from comments.models import CommentStatus, Standing
from comments.moderation import VERDICTS
from comments.queue import Moment, Selection

# What can be done with many comments at once, and what its button says.
BULK_VERBS: dict[str, str | Promise] = {
    **{verb: verdict.label for verb, verdict in VERDICTS.items()},
    "dismiss": _("Let it stand"),
}
USUAL_REASONS = {
    "insult": _("Insult or threat"),
    "hate": _("Hatred against a group"),
    "off_topic": _("Not about the article"),
    "private": _("Somebody's private life"),
    "unproven": _("An accusation without proof"),
    "advertising": _("Advertising"),
}


@dataclass(frozen=True)
class Posted:
    """A form of the queue as it was sent. What cannot have come from our forms: BadRequest."""

    data: QueryDict
    by: User
    selection: Selection

    def __post_init__(self) -> None:
        for values in self.data.lists():
            for text in (values[0], *values[1]):
                if "\0" in text or text != text.encode(errors="replace").decode():
                    raise BadRequest("characters that no text can hold")

    @property
    def comment(self) -> int:
        return self.number("comment")

    @property
    def comment_or_none(self) -> int | None:
        return whole_number(self.data.get("comment", ""))

    @property
    def seen(self) -> str:
        return self._known("seen", CommentStatus.values)

    @property
    def standing(self) -> str:
        return self._known("standing", Standing.values)

    @property
    def verb(self) -> str:
        """What is to be done with many: a verdict, or letting what was reported stand."""
        return self._known("verdict", BULK_VERBS)

    @property
    def batch(self) -> UUID:
        try:
            return UUID(self.data.get("batch", ""))
        except ValueError as error:
            raise BadRequest("no such action of the desk") from error

    @property
    def reason(self) -> str:
        """A usual reason, free words, or both. Raises Refused where they are too long."""
        usual = self.data.get("usual", "")
        if usual and usual not in USUAL_REASONS:
            raise BadRequest("no such reason")
        parts = [str(USUAL_REASONS.get(usual, "")), self.data.get("reason", "").strip()]
        reason = " — ".join(part for part in parts if part)
        if len(reason) > REASON_MAX_LENGTH:
            told = ngettext(
                "A reason has at most %(count)d character.",
                "A reason has at most %(count)d characters.",
                REASON_MAX_LENGTH,
            )
            raise Refused(told % {"count": REASON_MAX_LENGTH})
        if holds_an_address(reason):
            told = gettext("This record is kept for ever and holds no address: leave it out.")
            raise Refused(told)
        return reason

    @property
    def is_on_all(self) -> bool:
        """Whether it is on the whole selection, not on boxes that were ticked."""
        return self.data.get("scope") == "all"

    @property
    def is_to_be_confirmed(self) -> bool:
        asked = self.data.get("do") == "bulk" and self.is_on_all
        return asked and "confirmed" not in self.data

    @property
    def moment(self) -> Moment:
        """When the page was shown on which all that match were chosen."""
        try:
            return Moment.parse(self.data.get("moment", ""))
        except ValueError as error:
            raise BadRequest("no moment") from error

    @property
    def all_comments(self) -> Any:
        """The whole selection, without what has come or others have changed since it was shown."""
        return self.moment.still(self.selection.comments(), self.by)

    def number(self, name: str) -> int:
        number = whole_number(self.data.get(name, ""))
        if number is None:
            raise BadRequest(f"no number: {name}")
        return number

    def text(self, name: str) -> str:
        if name not in self.data:
            raise BadRequest(f"missing: {name}")
        return str(self.data[name])

    def _known(self, name: str, choices: Any) -> str:
        value = self.data.get(name, "")
        if value not in choices:
            raise BadRequest(f"unknown: {name}")
        return value


@dataclass(frozen=True)
class Kept:
    """What was typed into a form that was refused, and what was chosen beside it."""

    do: str
    reason: str
    body: str | None
    phrase: str | None
    chosen: dict[str, str]

    @classmethod
    def of(cls, posted: Posted) -> "Kept | None":
        """None where nothing was typed into a form of one comment."""
        data = posted.data
        kept = cls(
            do=data.get("do", ""),
            reason=data.get("reason", ""),
            body=data.get("body"),
            phrase=data.get("phrase"),
            chosen={name: str(data[name]) for name in _CHOSEN if name in data},
        )
        typed = kept.reason or kept.body or kept.phrase
        return kept if typed and posted.comment_or_none else None


_CHOSEN = ("usual", "standing", "also_reject")
