"""The record of a status: who changed it, when and why, in rows that never change."""

from dataclasses import dataclass

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.constraints import one_of

REASON_MAX_LENGTH = 500


@dataclass(eq=False)
class Refused(Exception):
    """A status may not be changed so; the message says why, in the user's language."""

    message: str

    def __str__(self) -> str:
        return self.message


class AbstractRecord(models.Model):
    """Who did something, when and why: a row that triggers refuse to update, delete or empty.

    A subclass adds what was done, to what, and the triggers of `APPEND_ONLY`. `by` is empty where
    a rule did it, or a command on the server.
    """

    reason = models.CharField(_("reason"), max_length=REASON_MAX_LENGTH, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        abstract = True


APPEND_ONLY = (
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'the rows of % are kept for ever', TG_TABLE_NAME;",
    ),
)


def changes_a_status(
    model: str, statuses: type[models.TextChoices], *, keeps_it: models.Q | None = None
) -> list[models.CheckConstraint]:
    """CHECKs that a decision leads from one known status to another one.

    `keeps_it` tells the decisions that are on something else, and leave the status as it is.
    """
    changes = ~models.Q(old=models.F("new"))
    if keeps_it is not None:
        changes = changes & ~keeps_it | keeps_it & models.Q(old=models.F("new"))
    return [
        one_of(model, "old", statuses),
        one_of(model, "new", statuses),
        models.CheckConstraint(name=f"{model}_changes_something", condition=changes),
    ]


def decision_gives_the_status(*, decided_on: str, foreign_key: str) -> pgtrigger.Trigger:
    """A trigger that refuses, at commit, a newest decision that its subject does not follow.

    `decided_on` is the table of what is decided on, `foreign_key` the column that points there.
    """
    return pgtrigger.Trigger(
        name="decision_gives_the_status",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=pgtrigger.Func(
            f"""
            IF NOT EXISTS (
                SELECT 1 FROM {decided_on} s WHERE s.id = NEW.{foreign_key} AND s.status = (
                    SELECT d.new FROM {{meta.db_table}} d
                        WHERE d.{foreign_key} = s.id ORDER BY d.id DESC LIMIT 1
                )
            ) THEN
                RAISE EXCEPTION 'decision % was not carried out', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
            """  # noqa: S608 - the names come from the models alone
        ),
    )


def status_needs_a_decision(*, initial: str, decisions: str, foreign_key: str) -> pgtrigger.Trigger:
    """A trigger that refuses, at commit, a status that the newest decision does not give.

    So neither a bulk update nor psql changes a status past `publishing.py` or `moderation.py`.
    `initial` is the one status that needs no decision; `decisions` is the table of the decisions
    and `foreign_key` its column that points here.
    """
    return pgtrigger.Trigger(
        name="status_needs_a_decision",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
        timing=pgtrigger.Deferred,
        declare=[("present", "text"), ("decided", "text")],
        func=pgtrigger.Func(
            f"""
            SELECT status INTO present FROM {{meta.db_table}} WHERE id = NEW.id;
            IF NOT FOUND THEN RETURN NULL; END IF;
            SELECT d.new INTO decided FROM {decisions} d
                WHERE d.{foreign_key} = NEW.id ORDER BY d.id DESC LIMIT 1;
            IF present IS DISTINCT FROM COALESCE(decided, '{initial}') THEN
                RAISE EXCEPTION 'status % of {{meta.db_table}} % has no decision', present, NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
            """  # noqa: S608 - the names come from the models alone
        ),
    )
