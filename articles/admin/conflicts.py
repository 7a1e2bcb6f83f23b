"""Two people in one story: no save goes over a newer one that its writer has not seen."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles import revisions
from articles.admin.typed import typed_revision
from articles.models import Article
from articles.numbers import whole_number

# The button that saves over the newer text sends the number of that text under this name.
OVER = "over_revision"


class BasedOnARevision(forms.ModelForm):
    """A form that knows on which revision its text is based, and is refused over a newer one.

    The row is locked by then (see `ConflictsAdmin`), so that none comes between check and save.
    """

    base_revision = forms.CharField(required=False, widget=forms.HiddenInput)
    newer: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            newest = revisions.of(self.instance).values_list("history_id", flat=True).first()
            self.initial["base_revision"] = newest

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        newest = revisions.of(self.instance).first() if self.instance.pk else None
        if newest is not None and newest.history_id != self._base():
            self.newer = newest
            self.add_error(None, forms.ValidationError(_not_saved(newest), code="stale"))
        return cleaned

    def _base(self) -> int | None:
        """The revision on which the text is based; None for a number that is none."""
        return whole_number(self.data.get(OVER) or self.data.get("base_revision") or "")


def _is_stale_alone(form: forms.ModelForm) -> bool:
    errors = [error for each in form.errors.as_data().values() for error in each]
    return [error.code for error in errors] == ["stale"]


def _not_saved(newer: Any) -> str:
    when = date_format(timezone.localtime(newer.history_date), "SHORT_DATETIME_FORMAT")
    if newer.history_user is None:
        return _("Nothing was saved: this story was changed at %s, after you opened it.") % when
    return _("Nothing was saved: %(who)s saved this story at %(when)s, after you opened it.") % {
        "who": newer.history_user.get_full_name() or newer.history_user.get_username(),
        "when": when,
    }


class ConflictsAdmin(admin.ModelAdmin):
    """Reads a story under a lock where it is about to be saved; shows both texts of a conflict."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method != "POST" or not connection.in_atomic_block:
            return article
        # Weaker than what a picked story's key needs: it lets other forms point here.
        return Article.objects.select_for_update(no_key=True).filter(pk=article.pk).first()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "newer", None):
            mine = typed_revision(form, over=form.newer)
            context["newer"] = form.newer
            context["difference"] = revisions.compare(form.newer, mine, reader=request.user)
            if _is_stale_alone(form):
                # There is nothing to correct: the page says above what happened.
                context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)
