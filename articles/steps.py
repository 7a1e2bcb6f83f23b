"""The steps of a story from draft to archive: what each is called, and who may take it when.

The desk's buttons, its pages and whatever else acts for a person take steps here; the change itself
is made in `articles.publishing`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import arabic, publishing, rights
from articles.models import Article, ArticleStatus, Refused

Right = Callable[[rights.Account, Article], bool]


@dataclass(frozen=True)
class Step:
    """One way onwards from some statuses, as a person is offered it.

    `asks` is the sentence by which a step that is not taken without a note asks for it; a note may
    go with every step. `needs_moment` asks for a moment to come.
    """

    name: str
    label: Promise
    old: frozenset[ArticleStatus]
    may: Right
    change: Callable[..., Article]
    asks: Promise | None = None
    needs_moment: bool = False


def _editor(user: rights.Account, _article: Article) -> bool:
    return rights.may_publish(user)


def _writer_alone(user: rights.Account, article: Article) -> bool:
    return not rights.may_publish(user) and rights.may_take_back(user, article)


_DRAFT, _IN_REVIEW = ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW
_SCHEDULED, _PUBLISHED = ArticleStatus.SCHEDULED, ArticleStatus.PUBLISHED

STEPS = (
    Step(
        "submit",
        pgettext_lazy("step", "Submit for review"),
        frozenset({_DRAFT}),
        rights.may_change,
        publishing.submit,
    ),
    Step(
        "take_back",
        pgettext_lazy("step", "Take back from review"),
        frozenset({_IN_REVIEW}),
        _writer_alone,
        publishing.back_to_draft,
    ),
    Step(
        "publish",
        pgettext_lazy("step", "Publish"),
        frozenset({_DRAFT, _IN_REVIEW, _SCHEDULED, ArticleStatus.RETRACTED}),
        _editor,
        publishing.publish,
    ),
    Step(
        "schedule",
        pgettext_lazy("step", "Schedule"),
        frozenset({_DRAFT, _IN_REVIEW, _SCHEDULED}),
        _editor,
        publishing.schedule,
        needs_moment=True,
    ),
    Step(
        "send_back",
        pgettext_lazy("step", "Send back to the writer"),
        frozenset({_IN_REVIEW}),
        _editor,
        publishing.back_to_draft,
        asks=_("Write to the writer what is to be done."),
    ),
    Step(
        "unschedule",
        pgettext_lazy("step", "Take off the schedule"),
        frozenset({_SCHEDULED}),
        _editor,
        publishing.back_to_draft,
    ),
    Step(
        "draft",
        pgettext_lazy("step", "Take back to draft"),
        frozenset({_PUBLISHED}),
        _editor,
        publishing.back_to_draft,
    ),
    Step(
        "retract",
        pgettext_lazy("step", "Retract"),
        frozenset({_PUBLISHED}),
        _editor,
        publishing.retract,
        asks=_("Write why it is retracted: the timeline keeps it."),
    ),
)


def possible(article: Article, user: rights.Account) -> list[Step]:
    """What this account may do with the story as it stands, in the order of the buttons."""
    return [step for step in STEPS if article.status in step.old and step.may(user, article)]


def take(
    article: Article, name: str, *, by: User, note: str = "", moment: datetime | None = None
) -> Article:
    """Take the step of this name. A moment is used by the step that needs one alone.

    Raises Refused, in the user's language, for a step that is not possible now or not theirs, for
    one that lacks its note or its moment, and for whatever `articles.publishing` refuses.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        step = next((each for each in possible(locked, by) if each.name == name), None)
        if step is None:
            raise Refused(_not_possible(locked))
        for lacking in missing(step, note=note, moment=moment).values():
            raise Refused(lacking)
        if step.needs_moment:
            return step.change(locked, moment, by=by, reason=note)
        return step.change(locked, by=by, reason=note)


def missing(step: Step, *, note: str, moment: datetime | None) -> dict[str, str]:
    """What a step needs and is not given: a sentence for the note, for the moment, or for both."""
    found = {}
    if step.asks and arabic.is_blank(note):
        found["note"] = str(step.asks)
    if step.needs_moment:
        try:
            publishing.require_to_come(moment)
        except Refused as refused:
            found["moment"] = str(refused)
    return found


def _not_possible(article: Article) -> str:
    told = gettext("That is not possible now: the article is “%(status)s”.")
    return told % {"status": article.get_status_display()}
