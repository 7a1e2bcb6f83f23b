"""The statuses of an article, and the record of how it came to each."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.decision import (
    APPEND_ONLY,
    AbstractRecord,
    changes_a_status,
    decision_gives_the_status,
)


class ArticleStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    RETRACTED = "retracted", _("retracted")


# So much after the moment it was due, a story counts as late.
LATE_AFTER = timedelta(seconds=60)
# In these a story need not be complete.
UNFINISHED = (ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW)
_RESCHEDULED = models.Q(old=ArticleStatus.SCHEDULED, new=ArticleStatus.SCHEDULED)

_CAME_OUT_BY_SCHEDULE = models.Q(
    old=ArticleStatus.SCHEDULED,
    new=ArticleStatus.PUBLISHED,
    by__isnull=True,
    publish_at__isnull=False,
)


class ArticleDecisionQuerySet(models.QuerySet["ArticleDecision"]):
    def came_out_late(self) -> "ArticleDecisionQuerySet":
        """Publications by the schedule that no worker was there for at the moment."""
        return self.filter(_CAME_OUT_BY_SCHEDULE, at__gt=models.F("publish_at") + LATE_AFTER)


class ArticleDecision(AbstractRecord):
    """One change of an article's status, or of the moment for which it is scheduled."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="decisions"
    )
    old = models.CharField(_("from"), max_length=20, choices=ArticleStatus)
    new = models.CharField(_("to"), max_length=20, choices=ArticleStatus)
    # The moment for which it is scheduled, or for which it had been when the worker published it.
    publish_at = models.DateTimeField(_("to be published at"), null=True)

    objects = ArticleDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        constraints = [
            *changes_a_status("articledecision", ArticleStatus, keeps_it=_RESCHEDULED),
            models.CheckConstraint(
                name="articledecision_moment_of_a_schedule",
                condition=models.Q(new=ArticleStatus.SCHEDULED, publish_at__isnull=False)
                | _CAME_OUT_BY_SCHEDULE
                | ~models.Q(new=ArticleStatus.SCHEDULED) & models.Q(publish_at__isnull=True),
            ),
        ]
        triggers = [
            *APPEND_ONLY,
            decision_gives_the_status(decided_on="articles_article", foreign_key="article_id"),
        ]

    def __str__(self) -> str:
        return gettext("from %(old)s to %(new)s") % {
            "old": self.get_old_display(),
            "new": self.get_new_display(),
        }
