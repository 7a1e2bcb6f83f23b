"""The revisions of a story at the desk: their list, the difference between two, restoring."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.forms import BaseModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from articles import revisions, rights
from articles.desk import StoryDesk
from articles.models import Article, Refused
from articles.numbers import whole_number

PER_PAGE = 25
# What the page of a difference sends for the time before the first revision.
_NOTHING = "0"


@dataclass(frozen=True, slots=True)
class Row:
    """A revision as the list shows it: what it changed in the one before, and how much."""

    revision: Any
    previous: Any
    changed: list[str]
    words_added: int
    words_removed: int


class RevisionsAdmin(StoryDesk):
    """One revision for each press of a button; pages to read, compare and restore them."""

    def save_model(
        self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool
    ) -> None:
        revisions.begin_one(obj)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: BaseModelForm, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        revisions.end_one(form.instance)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/history/difference/",
                wrap(self.difference_view),
                name="articles_article_difference",
            ),
            path(
                "<path:object_id>/history/restore/",
                wrap(require_POST(self.restore_view)),
                name="articles_article_restore",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The revisions of a story, the newest first."""
        article = self._readable(request, object_id)
        page = Paginator(revisions.of(article), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "title": _("Revisions: %s") % article,
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "rows": list(_rows(article, list(page.object_list))),
        }
        return self._page(request, "revisions", article, {**context, **(extra_context or {})})

    @method_decorator(require_safe)
    def difference_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The difference between any two revisions; without a choice, what the newest changed."""
        article = self._readable(request, object_id)
        old, new = _chosen(article, request)
        listed = revisions.of(article).only("history_date", "history_user", "id")
        context = {
            "title": _("What changed: %s") % article,
            "old": old,
            "new": new,
            "listed": listed,
            "difference": revisions.compare(old, new, reader=request.user),
            "neighbours": _neighbours(article, new),
            "may_restore": self.has_change_permission(request, article),
        }
        return self._page(request, "difference", article, context)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put a revision back, and show the story's form again."""
        article = self._readable(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        revision = _revision(article, request.POST.get("revision", ""))
        try:
            restored = revisions.restore(article, revision, by=cast(User, request.user))
        except Refused as refused:
            self.message_user(request, str(refused), messages.WARNING)
        else:
            self._tell(request, restored)
        return redirect(reverse("admin:articles_article_history", args=[article.pk]))

    def _tell(self, request: HttpRequest, restored: revisions.Restored) -> None:
        if restored.revision is None:
            told = gettext("The story says all of this already: nothing was changed.")
            self.message_user(request, told, messages.INFO)
        else:
            told = gettext("The old content is back, as a new revision.")
            self.message_user(request, told, messages.SUCCESS)
        if restored.left:
            told = gettext("Left as it is, because the old value cannot be put back: %s.")
            names = get_text_list(restored.left, gettext("and"))
            self.message_user(request, told % names, messages.WARNING)

    def _readable(self, request: HttpRequest, object_id: str) -> Article:
        """The story, for whoever may read how it came to be. Raises PermissionDenied."""
        article = self.story(request, object_id)
        if not rights.may_see_the_making(request.user, article):
            raise PermissionDenied
        return article

    def _page(
        self, request: HttpRequest, name: str, article: Article, context: dict[str, Any]
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            f"admin/articles/article/{name}.html",
            {
                **self.admin_site.each_context(request),
                **{"opts": self.opts, "article": article, **context},
            },
        )


def _rows(article: Article, shown: list[Any]) -> Iterator[Row]:
    """What each of these revisions changed; the one before the last is read as well."""
    if not shown:
        return
    before = revisions.of(article).filter(history_id__lt=shown[-1].history_id).first()
    for revision, previous in pairwise([*shown, before]):
        if previous is None:
            yield Row(revision, None, [], *revisions.words_changed(revisions.Revision(), revision))
        else:
            changed = [
                revisions.label(each) for each in revisions.changed_fields(previous, revision)
            ]
            words = revisions.words_changed(previous, revision)
            yield Row(revision, previous, changed, *words)


def _revision(article: Article, number: str) -> Any:
    """A revision of this story by its number. Raises Http404."""
    key = whole_number(number)
    found = revisions.of(article).filter(history_id=key).first() if key is not None else None
    if found is None:
        raise Http404("this story has no such revision")
    return found


def _chosen(article: Article, request: HttpRequest) -> tuple[Any, Any]:
    """The two revisions asked for, the older one first. Raises Http404."""
    asked_new, asked_old = request.GET.get("new"), request.GET.get("old")
    new = _revision(article, asked_new) if asked_new else revisions.of(article).first()
    if new is None:
        raise Http404("this story has no revision")
    if asked_old == _NOTHING:
        old = None
    elif asked_old:
        old = _revision(article, asked_old)
    else:
        old = revisions.of(article).filter(history_id__lt=new.history_id).first()
    old = old or revisions.Revision()
    if old.history_id and old.history_id > new.history_id:
        old, new = new, old
    return old, new


def _neighbours(article: Article, revision: Any) -> dict[str, int | None]:
    """The numbers of the revisions before and after this one."""
    keys: models.QuerySet = revisions.of(article).values_list("history_id", flat=True)
    return {
        "previous": keys.filter(history_id__lt=revision.history_id).first(),
        "next": keys.filter(history_id__gt=revision.history_id).last(),
    }
