"""Deleting at the desk: what goes along, what stands against it, and what came up meanwhile."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.db import IntegrityError, models, router
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import presence, rights
from articles.desk import DeskAdmin, story_line
from articles.models import Article, FrontStory, PreviewLink


class DeletingDesk(DeskAdmin):
    """Says `needed_meanwhile` where the database refuses what the page still offered."""

    needed_meanwhile: str | Promise

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except (models.ProtectedError, IntegrityError):
            return self._nothing_deleted(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except (models.ProtectedError, IntegrityError):
            return self._nothing_deleted(request)

    def _nothing_deleted(self, request: HttpRequest) -> HttpResponse:
        self.message_user(request, str(self.needed_meanwhile), messages.WARNING)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


class StoryDeletingDesk(DeletingDesk):
    """A story with a record of decisions stays; a draft goes, and what hangs on it is told."""

    needed_meanwhile = _("Nothing was deleted: a story was sent on by now, and so it stays.")

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj and obj.published_at:
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Iterable[Article], request: HttpRequest) -> Any:
        """As Django asks for it: the stories with what an editor would miss, and those that stay.

        Of the rows that go along, most are no editor's business: tags put on, pictures counted.
        """
        stories = list(objs)
        kept = _keys_that_stay(stories)
        told = [part for story in stories for part in _told(cast(User, request.user), story)]
        needed = set() if self.has_delete_permission(request) else {self.opts.verbose_name}
        staying = [story_line(story) for story in stories if story.pk in kept]
        return told, {self.opts.verbose_name_plural: len(stories)}, needed, staying


def _keys_that_stay(stories: list[Article]) -> set[int]:
    """The keys of the stories that were published, or that rows point at which never go."""
    collector = NestedObjects(using=router.db_for_write(Article), origin=stories)
    collector.collect(stories)
    rows: Iterable[Any] = collector.protected
    pointed_at = {row.article_id for row in rows}
    return pointed_at | {story.pk for story in stories if story.published_at}


def _told(reader: User, story: Article) -> list[Any]:
    """The story, and a list of what is lost with it."""
    picking = rights.visible_to(reader).filter(related_posts__to_article=story)
    links = PreviewLink.objects.working().filter(article=story).count()
    loses = gettext("{} loses it from its related stories")
    lost: list[str] = [
        *(format_html(loses, story_line(each)) for each in picking),
        *(gettext("%s has it open just now") % each for each in presence.others(story, reader)),
    ]
    if FrontStory.objects.filter(article=story).exists():
        lost.append(gettext("its place on the front page"))
    if links:
        lost.append(
            ngettext(
                "%(count)s link to its preview opens no longer",
                "%(count)s links to its preview open no longer",
                links,
            )
            % {"count": links}
        )
    return [story_line(story), *([lost] if lost else [])]
