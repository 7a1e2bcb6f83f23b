"""Steps taken from the list with several stories at once."""

from typing import cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import rights, steps
from articles.admin.workflow import StepForm
from articles.models import Article, Refused

_SHOWN = 20


class BulkSteps(admin.ModelAdmin):
    """Each story takes its step by itself; what one of them lacks does not keep the others."""

    actions = ["publish_selected", "retract_selected"]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return rights.may_publish(request.user)

    @admin.action(description=_("Publish the selected articles"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._take_each(request, articles, "publish")

    @admin.action(description=_("Retract the selected articles"), permissions=["publish"])
    def retract_selected(
        self, request: HttpRequest, articles: QuerySet[Article]
    ) -> TemplateResponse | None:
        """Ask why first, on a page of its own."""
        form = StepForm(request.POST if "_retract" in request.POST else None)
        if form.is_valid():
            self._take_each(request, articles, "retract", note=form.cleaned_data["note"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Retract the selected articles"),
            "opts": self.opts,
            "form": form,
            "stories": articles[:_SHOWN],
            "others": max(articles.count() - _SHOWN, 0),
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", ""),
        }
        status = 422 if form.errors else 200
        template = "admin/articles/article/retract_selected.html"
        return TemplateResponse(request, template, context, status=status)

    def _take_each(
        self, request: HttpRequest, articles: QuerySet[Article], step: str, note: str = ""
    ) -> None:
        done = 0
        for article in articles:
            try:
                steps.take(article, step, by=cast(User, request.user), note=note)
                done += 1
            except Refused as refused:
                self.message_user(request, f"“{article}”: {refused}", messages.WARNING)
        if done:
            told = ngettext("%(count)d article changed.", "%(count)d articles changed.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)
