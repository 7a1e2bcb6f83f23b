"""A form that is sent twice, by a double click or a doubtful line, makes one story."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from articles import revisions
from articles.locks import one_at_a_time
from articles.models import Article
from articles.typed import typed_revision


class SentOnce(admin.ModelAdmin):
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead a form that made its story already to that story, unless it says something else."""
        if request.method != "POST" or object_id is not None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            one_at_a_time(Article)
            made = _made_by_this_form(request)
            if made is None or not self._says_the_same(request, made):
                return super().changeform_view(request, object_id, *args, **kwargs)
        request.is_typing_saved = True  # type: ignore[attr-defined]
        told = _("This story was saved already, once. Here it is.")
        self.message_user(request, told, messages.INFO)
        return redirect("admin:articles_article_change", made.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if kwargs.get("obj") is None:
            context["form_key"] = _form_key(request) or uuid4()
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change and _made_by_this_form(request) is None:
            obj.form_key = _form_key(request)
        super().save_model(request, obj, form, change)

    def _says_the_same(self, request: HttpRequest, made: Article) -> bool:
        """Whether what was sent is what the story said first; its address it may have got since."""
        first = revisions.of(made).last()
        typed = typed_revision(self.get_form(request, None)(request.POST))
        return first is not None and set(revisions.changed_fields(first, typed)) <= {"slug"}


def _made_by_this_form(request: HttpRequest) -> Article | None:
    key = _form_key(request)
    if key is None:
        return None
    return Article.objects.filter(owner=cast(User, request.user), form_key=key).first()


def _form_key(request: HttpRequest) -> UUID | None:
    """The key that the form was given when it was shown; None for what is none."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
