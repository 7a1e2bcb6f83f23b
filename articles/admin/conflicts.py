"""Two people in one story: no save goes over a newer one that its writer has not seen."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.http import HttpRequest, HttpResponse

from articles import revisions
from articles.locks import one_at_a_time
from articles.models import Article
from articles.typed import typed_revision


def _is_stale_alone(form: forms.ModelForm) -> bool:
    errors = [error for each in form.errors.as_data().values() for error in each]
    return [error.code for error in errors] == ["stale"]


class ConflictsAdmin(admin.ModelAdmin):
    """Reads a story under a lock where it is about to be saved; shows both texts of a conflict."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method != "POST" or not connection.in_atomic_block:
            return article
        # In this order, as whoever puts a revision back.
        one_at_a_time(Article)
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
