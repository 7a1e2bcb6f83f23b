"""The page of a story's corrections: what readers are told of a mistake, and taking it back."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import corrections, rights
from articles.constraints import validate_not_blank
from articles.desk import StoryDesk
from articles.models import CORRECTION_MAX_LENGTH, Article, Refused


class CorrectionForm(forms.Form):
    """The words of a new correction."""

    text = forms.CharField(
        label=_("correction"),
        max_length=CORRECTION_MAX_LENGTH,
        validators=[validate_not_blank],
        help_text=_("What was wrong and what is right. Readers see it with today's date."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class CorrectionPages(StoryDesk):
    """Adds the page and its button to a story's desk; for editors alone."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        page = require_http_methods(["GET", "HEAD", "POST"])(self.corrections_page)
        take_back = require_POST(self.take_back_page)
        address = "<int:pk>/corrections/"
        return [
            path(address, view(page), name="articles_article_corrections"),
            path(f"{address}<int:number>/take-back/", view(take_back), name="articles_take_back"),
            *super().get_urls(),
        ]

    def corrections_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a story's corrections; add one."""
        article = self._editors_story(request, pk)
        form = CorrectionForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                corrections.correct(article, form.cleaned_data["text"], by=cast(User, request.user))
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Readers see the correction now."))
                return redirect("admin:articles_article_corrections", article.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Corrections"),
            "opts": self.opts,
            "article": article,
            "corrections": article.corrections.select_related("by", "taken_back_by"),
            "form": form,
        }
        return TemplateResponse(
            request,
            "admin/articles/article/corrections.html",
            context,
            status=422 if form.errors else 200,
        )

    def take_back_page(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Hide a correction that was wrong itself."""
        article = self._editors_story(request, pk)
        correction = get_object_or_404(article.corrections, pk=number)
        corrections.take_back(correction, by=cast(User, request.user))
        messages.success(request, _("Readers do not see this correction any more."))
        return redirect("admin:articles_article_corrections", article.pk)

    def _editors_story(self, request: HttpRequest, pk: int) -> Article:
        article = self.story(request, str(pk))
        if not rights.may_publish(request.user):
            raise PermissionDenied
        return article
