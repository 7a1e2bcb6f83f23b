"""The one way in for a reader's report of a comment."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import networks
from comments.models import Comment, Report, ReportReason
from comments.models.report import NOTE_MAX_LENGTH
from comments.posting import LinesField, validate_whole_characters

MOST_PER_HOUR = 10


class ReportForm(forms.Form):
    """What a reader sends: a reason and, if they like, a word more. Nothing of themselves."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a reason."),
            "invalid_choice": _("Choose a reason."),
        },
    )
    note = LinesField(
        label=_("In your own words"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        validators=[validate_whole_characters],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    topic = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "report-%s", **kwargs})


@dataclass(eq=False)
class TooManyReports(Exception):
    """Too many came from one network; the next one is taken in `retry_after` seconds."""

    retry_after: int

    def __str__(self) -> str:
        return gettext("You have reported many comments. Wait a little, then send it again.")


def report(
    comment: Comment,
    reason: ReportReason | str,
    *,
    note: str = "",
    network: str | None,
    at: datetime | None = None,
) -> bool:
    """Keep a reader's report of a public comment; whether it is a new one.

    A second report from the same network on one day (`network` is the sender's IP address) changes
    nothing.
    `at` is when it was sent (default: now). Raises Comment.DoesNotExist where the comment is not
    public any more, and TooManyReports.
    """
    at = at or timezone.now()
    digest = networks.digest_of(network, "report")
    with transaction.atomic():
        if digest:
            networks.one_at_a_time(digest)
        locked = Comment.objects.public().select_for_update().get(pk=comment.pk)
        if digest and locked.reports.filter(network=digest).exists():
            return False
        _count(digest, at)
        Report.objects.create(
            comment=locked,
            reason=reason,
            note=note.strip()[:NOTE_MAX_LENGTH],
            network=digest,
            at=at,
        )
        locked.open_reports += 1
        locked.save(update_fields=["open_reports"])
        return True


def _count(digest: bytes | None, at: datetime) -> None:
    """Let a network report so often an hour. Raises TooManyReports."""
    if digest is None:
        return
    wait = networks.wait_of(digest, at, most=MOST_PER_HOUR).total_seconds()
    if wait > 0:
        raise TooManyReports(max(1, ceil(wait)))
    networks.remember(digest, at)
