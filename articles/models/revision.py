"""Revisions of a story: what it said after each save, in rows that never change.

django-simple-history keeps one whenever a story is saved and says something else than before. The
database keeps one at commit where the content changed on another way: a bulk update, a tag put on
in a shell, psql. So whatever was committed once is in a revision.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models.decision import APPEND_ONLY

TABLE = "articles_revision"

# Columns of the story that a revision copies.
OWN_FIELDS = (
    *("title", "subtitle", "byline", "body", "excerpt"),
    *("image", "image_caption", "no_image_reason"),
    *("category", "language", "slug", "comments_open"),
)
_FOREIGN_KEYS = {"byline", "image", "category"}
OWN_COLUMNS = [f"{name}_id" if name in _FOREIGN_KEYS else name for name in OWN_FIELDS]
# By the revision's column: the table of the relation, its columns for the story and for what is
# related, and the order in which the keys are kept.
_RELATIONS = {
    "further_category_ids": (
        *("articles_article_further_categories", "article_id", "category_id", "category_id"),
    ),
    "tag_ids": ("articles_taggedarticle", "content_object_id", "tag_id", "tag_id"),
    "related_ids": ("articles_relatedpost", "from_article_id", "to_article_id", "position, id"),
}
# All that a revision holds, in the order in which it is shown.
CONTENT = (*OWN_FIELDS, *_RELATIONS)


class AbstractRevision(models.Model):
    """What a revision has beside the columns copied from the story."""

    if TYPE_CHECKING:
        id: int
        title: str
        body: str
        byline_id: int | None
        image_id: int | None
        category_id: int | None
        slug: str
        history_id: int
        history_type: str
        history_user: User | None
        history_user_id: int | None
        history_date: Any

    further_category_ids = ArrayField(
        models.BigIntegerField(), verbose_name=_("further categories"), default=list
    )
    tag_ids = ArrayField(models.BigIntegerField(), verbose_name=_("tags"), default=list)
    related_ids = ArrayField(
        models.BigIntegerField(), verbose_name=_("related stories"), default=list
    )
    restored_from = models.BigIntegerField(_("restored from revision"), null=True)

    class Meta:
        abstract = True


def content_of(said: Any) -> dict[str, Any]:
    """What a revision says, or a story read `with_relations`, by the names of columns."""
    return {column: getattr(said, column) for column in (*OWN_COLUMNS, *_RELATIONS)}


def with_relations(articles: models.QuerySet) -> models.QuerySet:
    """The stories with the keys of their relations, as revisions hold them."""
    keys = ArrayField(models.BigIntegerField())
    return articles.annotate(
        **{
            column: RawSQL(_related_keys(column), [], output_field=keys)  # noqa: S611
            for column in _RELATIONS
        }
    )


class Revisions(HistoricalRecords):
    """Keeps a revision of a story after each save that changed what the story says."""

    def __init__(self) -> None:
        super().__init__(
            bases=[AbstractRevision],
            custom_model_name="Revision",
            table_name=TABLE,
            verbose_name=_("revision"),
            verbose_name_plural=_("revisions"),
            history_id_field=models.BigAutoField(),
            # The index on story and revision serves every look-up.
            no_db_index=["id", "slug", *_FOREIGN_KEYS],
        )

    def fields_included(self, model: Any) -> list[models.Field]:
        return [each for each in model._meta.fields if each.name in {"id", *OWN_FIELDS}]

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        """The story's columns; the body as it is, for it was cleaned when it was saved."""
        body = model._meta.get_field("body").verbose_name  # type: ignore[union-attr]
        return {**super().copy_fields(model), "body": models.TextField(body, blank=True)}

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        return {
            **super().get_meta_options(model),
            "ordering": ["-history_id"],
            "get_latest_by": "history_id",
            "default_permissions": (),
            "indexes": [models.Index(fields=["id", "-history_id"], name="revision_of_article")],
            "triggers": list(APPEND_ONLY),
        }

    def _get_history_change_reason_field(self) -> None:
        """No reason is asked for: the difference says what was done."""

    def _get_history_user_fields(self) -> dict[str, models.Field]:
        """Who saved it; as with every record of the paper, the account cannot be deleted."""
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL,
                verbose_name=_("by"),
                on_delete=models.PROTECT,
                null=True,
                related_name="+",
            )
        }

    def post_save(
        self,
        instance: Any,
        created: bool,
        using: str | None = None,
        update_fields: Collection[str] | None = None,
        **signal: Any,
    ) -> None:
        """Keep a revision, unless only other columns were written, such as the status."""
        if update_fields is None or set(update_fields) & {*OWN_FIELDS, *OWN_COLUMNS}:
            super().post_save(instance, created, using=using, **signal)

    def create_historical_record(
        self, instance: Any, history_type: str, using: str | None = None
    ) -> None:
        """Keep what the database holds now, where the newest revision says something else.

        The story is read again: in memory there may be old values of what was not saved.
        """
        present = with_relations(type(instance)._default_manager).get(pk=instance.pk)
        newest = self._of(instance).first()
        if newest is None:
            self._keep(instance, "+", content_of(present))
        elif content_of(present) != content_of(newest):
            self._keep(instance, "~", content_of(present))

    def post_delete(self, instance: Any, using: str | None = None, **signal: Any) -> None:
        """Keep who deleted the story and when, with what it said last."""
        newest = self._of(instance).first()
        if newest is not None:
            self._keep(instance, "-", content_of(newest))

    def _of(self, instance: Any) -> models.QuerySet:
        return getattr(type(instance), self.manager_name).filter(id=instance.pk)

    def _keep(self, instance: Any, history_type: str, content: dict[str, Any]) -> None:
        getattr(type(instance), self.manager_name).create(
            id=instance.pk,
            history_type=history_type,
            history_user=self.get_history_user(instance),
            history_date=timezone.now(),
            restored_from=getattr(instance, "_restored_from", None),
            **content,
        )


def kept_at_commit(name: str, *, story: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """A trigger that keeps, at commit, what the newest revision of a story does not say.

    `story` is the column that holds the story's key. The lock lets two changes at once see each
    other, so that the later revision holds both.
    """
    present = ", ".join([*OWN_COLUMNS, *map(_related_keys, _RELATIONS)])
    columns = ", ".join([*OWN_COLUMNS, *_RELATIONS])
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        declare=[("story", "bigint")],
        func=f"""
        FOR story IN
            SELECT id FROM articles_article WHERE id IN (NEW.{story}, OLD.{story})
                ORDER BY id FOR NO KEY UPDATE
        LOOP
            INSERT INTO {TABLE} (id, {columns}, history_type, history_date)
            SELECT present.*, CASE WHEN newest.id IS NULL THEN '+' ELSE '~' END, clock_timestamp()
                FROM (SELECT id, {present} FROM articles_article WHERE id = story) present
                LEFT JOIN LATERAL (
                    SELECT id, {columns} FROM {TABLE}
                        WHERE id = story ORDER BY history_id DESC LIMIT 1
                ) newest ON TRUE
                WHERE present.* IS DISTINCT FROM newest.*;
        END LOOP;
        RETURN NULL;
        """,  # noqa: S608 - the names stand above
    )


def _related_keys(column: str) -> str:
    """SQL for the keys of one relation of a row of `articles_article`, as an array."""
    table, story, related, order = _RELATIONS[column]
    return (
        f"(SELECT coalesce(array_agg({related} ORDER BY {order}), '{{}}') FROM {table}"  # noqa: S608
        f" WHERE {story} = articles_article.id)"
    )
