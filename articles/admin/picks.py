"""The picks of a story in its form: plain numbers, shown as lines, checked as one list."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import rights
from articles.arabic import normalise
from articles.models import Article, ArticleQuerySet, RelatedPost
from articles.numbers import whole_number
from articles.picking import as_lines, with_lines
from articles.related import MOST_PICKS

TEMPLATES = "admin/articles/article/related"
TOO_MANY = _("At most %d stories can be picked. Remove one first.")
NO_STORY = _("There is no story with this number.")
# As many empty places as there can be picks, so that all may be changed without a script.
_PLACES = 2 * MOST_PICKS
# So many picks of what a browser sends are read.
MOST_SENT = 50


class NumberOfAStory(forms.ModelChoiceField):
    """A story by its number, so that a form without a script takes it too."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 8}
        super().__init__(
            label=_("number of the story"),
            queryset=Article.objects.none(),
            widget=forms.TextInput(attrs=attrs),
            error_messages={"invalid_choice": NO_STORY},
            **kwargs,
        )


def place_of(form: forms.BaseForm, key: str) -> tuple[bool, int]:
    """Where a pick stands among the others, as it was typed; one without its `key` comes last."""
    position = whole_number(normalise(str(form["position"].value() or 0)).strip())
    return not form[key].value(), position or 0


class PickForm(forms.ModelForm):
    """A picked story, and its position."""

    to_article = NumberOfAStory()

    @property
    def story(self) -> Article | None:
        """The story that the form holds; None where it holds none, or a number that is none."""
        if "to_article" in self.errors or self.instance.to_article_id is None:
            return None
        return self.instance.to_article

    @property
    def place(self) -> tuple[bool, int]:
        """Where the pick stands among the others."""
        return place_of(self, "to_article")


if TYPE_CHECKING:
    _InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    _InlineFormSet = forms.BaseInlineFormSet


class PickFormSet(_InlineFormSet):
    """The picks of a story: at most `MOST_PICKS`, of the stories that the editor may see."""

    # What the editor may see; set on the class that the desk makes for each request.
    visible: ArticleQuerySet
    sees_all: bool

    def get_queryset(self) -> models.QuerySet[RelatedPost]:
        rows = super().get_queryset()
        for row in rows:
            row.to_article.tag_names = row.tag_names
        return rows

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        field = cast(forms.ModelChoiceField, form.fields["to_article"])
        field.queryset = as_lines(self._may_be_held(form.instance))

    def _may_be_held(self, row: RelatedPost) -> ArticleQuerySet:
        """What may be picked; a pick that another editor made stays, whoever saves the story."""
        if self.sees_all or row.to_article_id is None:
            return self.visible
        return Article.objects.filter(Q(pk__in=self.visible.values("pk")) | Q(pk=row.to_article_id))

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.story and form not in self.deleted_forms]
        if len(kept) > max(MOST_PICKS, self.initial_form_count()):
            raise forms.ValidationError(TOO_MANY % MOST_PICKS)

    def rows(self) -> list[tuple[PickForm, Article | None]]:
        """Each form with the story that it holds, where the editor may see it, in their order."""
        ordered = sorted(self.forms, key=lambda form: form.place)
        return [(form, form.story if self._is_seen(form.story) else None) for form in ordered]

    def _is_seen(self, story: Article | None) -> bool:
        return story is not None and (self.sees_all or story.pk in self._seen)

    @cached_property
    def _seen(self) -> set[int]:
        held = [form.story.pk for form in self.forms if form.story]
        return set(self.visible.filter(pk__in=held).values_list("pk", flat=True))


class RelatedPostInline(admin.TabularInline):
    model = RelatedPost
    form = PickForm
    formset = PickFormSet
    fk_name = "from_article"
    fields = ["to_article", "position"]
    template = f"{TEMPLATES}/picker.html"
    extra = MOST_PICKS
    max_num = _PLACES
    verbose_name = _("related story")
    verbose_name_plural = _("related stories, picked by hand")

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [forms.Script("articles/related.js", type="module")]
        return forms.Media(css={"all": ["articles/related.css"]}, js=scripts)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RelatedPost]:
        return with_lines(super().get_queryset(request))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made: Any = super().get_formset(request, obj, absolute_max=MOST_SENT, **kwargs)
        made.visible = rights.visible_to(request.user)
        made.sees_all = rights.may_publish(request.user)
        made.most = MOST_PICKS
        return made


def on_present_rows(sent: QueryDict, prefix: str, rows: list[RelatedPost]) -> QueryDict:
    """What a form sent, each pick with the row that it has now.

    Somebody may have removed or added picks since the form was opened. A pick whose row is gone
    is a new one; a new one that was picked by somebody else meanwhile is theirs.
    """
    total = whole_number(sent.get(f"{prefix}-TOTAL_FORMS", "")) or 0
    picks = [_pick_sent(sent, f"{prefix}-{number}-") for number in range(min(total, MOST_SENT))]
    present = {str(row.pk): row for row in rows}
    if {pick["id"] for pick in picks} - {""} == set(present):
        return sent
    own_row = {str(row.to_article_id): key for key, row in present.items()}
    for pick in picks:
        if pick["id"] not in present:
            pick["id"] = own_row.get(pick["to_article"], "")
    picks = [pick for pick in picks if pick["id"] or "DELETE" not in pick]
    picks.sort(key=lambda pick: not pick["id"])
    return _with_picks(sent, prefix, picks)


def _pick_sent(sent: QueryDict, prefix: str) -> dict[str, str]:
    pick = {name: sent.get(prefix + name, "") for name in ("id", "to_article", "position")}
    return pick | ({"DELETE": "on"} if sent.get(f"{prefix}DELETE") else {})


def _with_picks(sent: QueryDict, prefix: str, picks: list[dict[str, str]]) -> QueryDict:
    data = sent.copy()
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        del data[name]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(picks))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(bool(pick["id"]) for pick in picks))
    for number, pick in enumerate(picks):
        for name, value in pick.items():
            data[f"{prefix}-{number}-{name}"] = value
    return data
