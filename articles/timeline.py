"""What happened with a story, newest first: who did what, when and why."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from articles.models import LATE_AFTER, Article, ArticleDecision, ArticleStatus

_DRAFT, _IN_REVIEW = ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW
_SCHEDULED, _PUBLISHED = ArticleStatus.SCHEDULED, ArticleStatus.PUBLISHED
_RETRACTED = ArticleStatus.RETRACTED

_SAID: dict[tuple[str, str], str | Promise] = {
    (_IN_REVIEW, _DRAFT): pgettext_lazy("timeline", "Sent back"),
    (_SCHEDULED, _DRAFT): pgettext_lazy("timeline", "Taken off the schedule"),
    (_PUBLISHED, _DRAFT): pgettext_lazy("timeline", "Taken off the pages"),
    (_SCHEDULED, _SCHEDULED): pgettext_lazy("timeline", "Scheduled for another moment"),
    (_RETRACTED, _PUBLISHED): pgettext_lazy("timeline", "Published again"),
    ("", _IN_REVIEW): pgettext_lazy("timeline", "Submitted for review"),
    ("", _SCHEDULED): pgettext_lazy("timeline", "Scheduled"),
    ("", _PUBLISHED): pgettext_lazy("timeline", "Published"),
    ("", _RETRACTED): pgettext_lazy("timeline", "Retracted"),
}


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `by` is None for the worker and for commands on the server.

    `kind` is the status that it led to, or the name of what else it was; `moment` is when the
    story was to be published, `is_late` that nobody was there to do so.
    """

    at: datetime
    kind: str
    label: str | Promise
    by: User | None
    note: str = ""
    moment: datetime | None = None
    is_late: bool = False


def timeline(article: Article) -> list[Event]:
    """Everything that happened with a story; two queries."""
    decisions = list(article.decisions.select_related("by"))
    events = [_of_decision(each, article) for each in decisions]
    for each in article.corrections.select_related("by", "taken_back_by"):
        label = pgettext_lazy("timeline", "Corrected in public")
        events.append(Event(each.at, "corrected", label, each.by, each.text))
        if each.taken_back_at:
            label = pgettext_lazy("timeline", "Correction taken back")
            events.append(
                Event(each.taken_back_at, "taken-back", label, each.taken_back_by, each.text)
            )
    label = pgettext_lazy("timeline", "Begun")
    events.append(Event(article.created_at, "begun", label, article.owner))
    return sorted(events, key=lambda event: event.at, reverse=True)


def note_to_the_writer(article: Article, events: list[Event]) -> Event | None:
    """The note with which a draft was sent back, while it is the last of the story's events."""
    last = events[0]
    if article.status != _DRAFT or last.kind != _DRAFT or not last.note:
        return None
    return None if last.by and last.by.pk == article.owner_id else last


def _of_decision(decision: ArticleDecision, article: Article) -> Event:
    label = _SAID.get((decision.old, decision.new)) or _SAID["", decision.new]
    if (decision.old, decision.new) == (_IN_REVIEW, _DRAFT) and decision.by_id == article.owner_id:
        label = pgettext_lazy("timeline", "Taken back from review")
    return Event(
        at=decision.at,
        kind=decision.new,
        label=label,
        by=decision.by,
        note=decision.reason,
        moment=decision.publish_at,
        is_late=_came_late(decision),
    )


def _came_late(decision: ArticleDecision) -> bool:
    return bool(
        decision.new == _PUBLISHED
        and decision.publish_at
        and decision.at - decision.publish_at > LATE_AFTER
    )
