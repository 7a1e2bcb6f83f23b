"""The steps of a story at the desk: the buttons below it, and its timeline beside it."""

from contextlib import suppress
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import rights, steps
from articles.desk import StoryDesk
from articles.models import REASON_MAX_LENGTH, Article, ArticleStatus, Refused
from articles.timeline import note_to_the_writer, timeline

_DAY: dict[str, Any] = {"type": "date", "aria-label": _("day of publication")}
_TIME: dict[str, Any] = {"type": "time", "aria-label": _("time of publication")}


class StepFields(forms.Form):
    """What goes with a step: a note, and the moment to come where the step is scheduling.

    A step that lacks what it needs is an error beside the field, before anything is saved.
    """

    note = forms.CharField(
        label=_("note"),
        required=False,
        max_length=REASON_MAX_LENGTH,
        help_text=_("Kept in the timeline; the writer reads it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    moment = forms.SplitDateTimeField(
        label=_("to be published at"),
        required=False,
        input_date_formats=["%Y-%m-%d"],
        input_time_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs=_DAY,
            time_attrs=_TIME,
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        asked = asked_for(self.data)
        note, moment = self.cleaned_data.get("note", ""), self.cleaned_data.get("moment")
        if asked:
            for field, lacking in steps.missing(asked, note=note, moment=moment).items():
                if field not in self.errors:
                    self.add_error(field, lacking)
        return cleaned


class StepForm(StepFields):
    """A step by itself, for a story that is not to be changed along with it."""


def asked_for(data: Any) -> steps.Step | None:
    """The step whose button was pressed; None for another button."""
    return next((step for step in steps.STEPS if f"_{step.name}" in data), None)


class WorkflowPages(StoryDesk):
    """Offers what is allowed now, and takes the step after the form was saved."""

    def get_urls(self) -> list[URLPattern]:
        step = self.admin_site.admin_view(require_POST(self.step_page))
        return [path("<int:pk>/step/", step, name="articles_article_step"), *super().get_urls()]

    def step_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a step with a story that the form does not save along with it."""
        article = self.story(request, str(pk))
        form, asked = StepForm(request.POST), asked_for(request.POST)
        taken = False
        if asked is None:
            messages.error(request, _("Say which step is to be taken."))
        elif form.is_valid():
            taken = self._take(request, article, asked, form.cleaned_data, saved=False)
        else:
            for error in (each for errors in form.errors.values() for each in errors):
                messages.error(request, str(error))
        if not taken:
            _keep_typed(request, article)
        return redirect("admin:articles_article_change", article.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        form = context["adminform"].form
        present = article or Article(owner=cast(User, request.user), status=ArticleStatus.DRAFT)
        context["steps"] = steps.possible(present, request.user)
        context["step_form"] = form if "note" in form.fields else StepForm()
        if article and not form.is_bound:
            _fill_again(context["step_form"], request, article)
        context["can_correct"] = rights.may_publish(request.user)
        if article and rights.may_see_the_making(request.user, article):
            events = timeline(article)
            context["timeline"] = events
            context["sent_back"] = note_to_the_writer(article, events)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Take the step whose button saved the form; None for another button."""
        asked = asked_for(request.POST)
        if asked is None:
            return None
        form = StepForm(request.POST)
        form.is_valid()
        if not self._take(request, article, asked, form.cleaned_data, saved=True):
            _keep_typed(request, article)
        return redirect("admin:articles_article_change", article.pk)

    def _take(
        self,
        request: HttpRequest,
        article: Article,
        step: steps.Step,
        sent: dict[str, Any],
        *,
        saved: bool,
    ) -> bool:
        """Take the step and say so; or say why not. Whether it was taken."""
        try:
            changed = steps.take(
                article,
                step.name,
                by=cast(User, request.user),
                note=sent.get("note") or "",
                moment=sent.get("moment"),
            )
        except Refused as refused:
            why = str(refused)
            self.message_user(request, _("Saved. %s") % why if saved else why, messages.WARNING)
            return False
        shown = {"title": changed, "status": changed.get_status_display()}
        done = _("“%(title)s” is now: %(status)s.") % shown
        self.message_user(request, done, messages.SUCCESS)
        return True


_TYPED = ("note", "moment_0", "moment_1")
_KEPT = "articles_step_typed"


def _keep_typed(request: HttpRequest, article: Article) -> None:
    """Keep what was typed for a step that was refused, in the session: a note belongs in no URL."""
    typed = {name: request.POST.get(name, "") for name in _TYPED}
    request.session[_KEPT] = {"article": article.pk, **typed}


def _fill_again(form: forms.Form, request: HttpRequest, article: Article) -> None:
    """Put back, once, what was typed for a step with this story that was refused."""
    kept = request.session.get(_KEPT, {})
    if kept.get("article") != article.pk:
        return
    del request.session[_KEPT]
    form.fields["note"].initial = kept["note"]
    field = cast(forms.SplitDateTimeField, form.fields["moment"])
    with suppress(forms.ValidationError):
        field.initial = field.clean([kept["moment_0"], kept["moment_1"]])
