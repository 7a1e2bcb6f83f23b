"""The listed words at the desk: search in any spelling, a box to try a text in, many at once."""

from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.arabic import Hit, fold, folded_word
from articles.desk import DeskAdmin
from articles.locks import one_at_a_time
from comments.marks import Span, marked
from comments.models import ListedWord, WordAction
from comments.models.policy import listed_form
from comments.posting import LinesField
from comments.wordlist import lexicon

_WORD_MAX_LENGTH = ListedWord._meta.get_field("text").max_length or 0
_TRIED_MAX_LENGTH = 20_000
_MANY_MAX_LENGTH = 200_000


class ListedWordForm(forms.ModelForm):
    def clean(self) -> dict[str, Any] | None:
        one_at_a_time(ListedWord)
        return super().clean()


class TryForm(forms.Form):
    """A text to be looked through for listed words; it is kept nowhere."""

    text = LinesField(
        label=_("Try a text"),
        max_length=_TRIED_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "aria-labelledby": "try-heading"}),
        help_text=_("Shows which listed words a comment would be stopped for. Nothing is kept."),
    )


class ManyWordsForm(forms.Form):
    words = LinesField(
        label=_("Words, one a line"),
        max_length=_MANY_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_("A line may hold several words that are listed as one phrase."),
    )
    action = forms.ChoiceField(
        label=_("what becomes of the comment"),
        choices=WordAction.choices,
        initial=WordAction.HOLD,
    )
    latin = forms.BooleanField(
        label=_("in Latin letters too"),
        required=False,
        help_text=ListedWord._meta.get_field("latin").help_text,
    )


@dataclass
class Added:
    """What became of many words: those that are new, were listed before, cannot be listed."""

    new: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@admin.register(ListedWord)
class ListedWordAdmin(DeskAdmin):
    form = ListedWordForm
    list_display = ["text", "action", "latin", "updated_at"]
    list_filter = ["action", "latin"]
    list_per_page = 100
    show_full_result_count = False
    search_fields = ["text"]
    search_help_text = _("Finds a word in whatever spelling you type it.")
    fields = ["text", "action", "latin"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add-many/", view(self.add_many_view), name="comments_listedword_add_many"),
            path("try/", view(self.try_view), name="comments_listedword_try"),
            *super().get_urls(),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[ListedWord], search_term: str
    ) -> tuple[models.QuerySet[ListedWord], bool]:
        found = models.Q(text__icontains=search_term)
        if form := folded_word(search_term) or fold(search_term).text.strip():
            found |= models.Q(folded__contains=form)
        return queryset.filter(found), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"try_form": TryForm(), **(extra_context or {})}
        return super().changelist_view(request, context)

    def try_view(self, request: HttpRequest) -> HttpResponse:
        """Show a text with the listed words in it marked."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = TryForm(request.POST if request.method == "POST" else None)
        context: dict[str, Any] = {"try_form": form}
        if form.is_valid():
            text = form.cleaned_data["text"]
            hits = lexicon().hits(text)
            context |= {"tried": marked(text, map(_span, hits)), "hits": _described(text, hits)}
        return self._page(request, "try", _("Try a text"), context)

    def add_many_view(self, request: HttpRequest) -> HttpResponse:
        """List many words at once; what cannot be listed comes back to be mended."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ManyWordsForm(request.POST if request.method == "POST" else None)
        context: dict[str, Any] = {}
        if form.is_valid():
            added = context["added"] = self._add_many(request, **form.cleaned_data)
            left = "\n".join(word for word, _why in added.refused)
            form = ManyWordsForm(initial={**form.cleaned_data, "words": left})
        return self._page(request, "add_many", _("Add many words"), {"form": form, **context})

    def _add_many(self, request: HttpRequest, words: str, action: str, latin: bool) -> Added:
        added = Added()
        with transaction.atomic():
            one_at_a_time(ListedWord)
            wanted = _listable(words, added)
            listed = set(
                ListedWord.objects.filter(folded__in=wanted).values_list("folded", flat=True)
            )
            added.listed += [text for folded, text in wanted.items() if folded in listed]
            new = ListedWord.objects.bulk_create(
                ListedWord(text=text, folded=folded, action=action, latin=latin)
                for folded, text in wanted.items()
                if folded not in listed
            )
            added.new = [word.text for word in new]
            if new:
                LogEntry.objects.log_actions(cast(User, request.user).pk, new, ADDITION)
        return added

    def _page(
        self, request: HttpRequest, name: str, title: Any, context: dict[str, Any]
    ) -> HttpResponse:
        return TemplateResponse(
            request,
            f"admin/comments/listedword/{name}.html",
            {
                **self.admin_site.each_context(request),
                **{"title": title, "opts": self.opts, "media": self.media},
                **context,
            },
        )


def _listable(words: str, added: Added) -> dict[str, str]:
    """The words by their folded forms; what cannot be listed goes into `added`."""
    wanted: dict[str, str] = {}
    for text in filter(None, map(str.strip, words.split("\n"))):
        try:
            folded = listed_form(text)
            if len(text) > _WORD_MAX_LENGTH:
                raise ValidationError(gettext("This is too long to be looked for."))
        except ValidationError as error:
            added.refused.append((text, error.messages[0]))
        else:
            if wanted.setdefault(folded, text) != text:
                added.listed.append(text)
    return wanted


def _span(hit: Hit) -> Span:
    action, listed = cast(tuple[str, str], hit.key)
    return Span(hit.start, hit.end, f"{listed}: {WordAction(action).label}")


def _described(text: str, hits: list[Hit]) -> list[dict[str, str]]:
    """What was found, for a list below the text: each spelling once."""
    found = dict.fromkeys(
        (text[hit.start : hit.end], *cast(tuple[str, str], hit.key)) for hit in hits
    )
    return [
        {"typed": typed, "listed": listed, "action": str(WordAction(action).label)}
        for typed, action, listed in found
    ]
