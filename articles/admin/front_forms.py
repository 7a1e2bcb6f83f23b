"""What the desk sends to order the front page: a list of stories, one of sections, a version."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.admin.picks import MOST_SENT, TOO_MANY, NumberOfAStory, place_of
from articles.models import (
    MOST_ON_TOP,
    MOST_SECTIONS,
    Article,
    ArticleQuerySet,
    Category,
    CategoryTree,
)
from articles.numbers import whole_number
from articles.picking import as_lines

_TOO_MANY_SECTIONS = _("At most %d sections can be picked. Remove one first.")
_TWICE = _("It is in the list already.")


class _PlacedForm(forms.Form):
    """One place of a list; what stands in it is the field whose name is `key`."""

    key: str
    position = forms.IntegerField(
        label=_("position"), required=False, min_value=0, max_value=MOST_SENT, initial=0
    )

    @property
    def place(self) -> tuple[bool, int]:
        """Where it stands among the others."""
        return place_of(self, self.key)

    @property
    def picked(self) -> Any:
        """What a valid place holds; None for an empty one and for a wrong one."""
        return self.cleaned_data.get(self.key) if self.is_valid() else None


class StoryForm(_PlacedForm):
    key = "story"
    story = NumberOfAStory(required=False)

    def __init__(self, *args: Any, among: ArticleQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["story"]
        field.queryset = as_lines(among)


class SectionForm(_PlacedForm):
    key = "section"
    section = forms.TypedChoiceField(
        label=_("section"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, choices: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = choices


class PlacesFormSet(forms.BaseFormSet):
    """The places of one list, each thing once."""

    most: int
    too_many: Any

    def in_order(self) -> list[Any]:
        """The forms as they were ordered."""
        return sorted(self.forms, key=lambda form: form.place)

    def picked(self) -> list[Any]:
        """What the valid places hold, in order."""
        return [form.picked for form in self.in_order() if form.picked is not None]

    def clean(self) -> None:
        super().clean()
        held: list[Any] = []
        for form in self.in_order():
            if form.picked in held:
                form.add_error(form.key, _TWICE)
            elif form.picked is not None:
                held.append(form.picked)
        if len(held) > self.most:
            raise forms.ValidationError(self.too_many % self.most)


class StoriesFormSet(PlacesFormSet):
    most, too_many = MOST_ON_TOP, TOO_MANY


class SectionsFormSet(PlacesFormSet):
    most, too_many = MOST_SECTIONS, _TOO_MANY_SECTIONS


class LeadForm(forms.Form):
    """What holds for the choice as a whole."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    newest_leads = forms.BooleanField(
        label=_("The newest story leads; those that are picked stand beside it"), required=False
    )


class FrontPageForms:
    """All of the page's form: what was sent, or what stands chosen and what is `added` to it."""

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        version: int,
        chosen: dict[int, int],
        added: list[int],
        sections: list[int],
        among: ArticleQuerySet,
    ) -> None:
        self.version, self.among, self.tree = version, among, CategoryTree()
        self.is_unsaved = bool(added)
        stories = [*chosen.values(), *added]
        newest_leads = bool(chosen) and 0 not in chosen
        self.lead = LeadForm(sent, initial={"version": version, "newest_leads": newest_leads})
        self.stories: Any = _places(StoryForm, StoriesFormSet, len(stories))(
            sent,
            prefix="stories",
            initial=_initial("story", stories, sent),
            form_kwargs={"among": among},
        )
        self.sections: Any = _places(SectionForm, SectionsFormSet, len(sections))(
            sent,
            prefix="sections",
            initial=_initial("section", sections, sent),
            form_kwargs={"choices": _choices(self.tree)},
        )

    def story_rows(self) -> list[tuple[Any, Article | None]]:
        """Each place in its order, with the story that it holds."""
        forms_in_order = self.stories.in_order()
        if self.stories.is_bound:
            return [(form, form.picked) for form in forms_in_order]
        shown = as_lines(self.among).in_bulk(
            [form.initial["story"] for form in forms_in_order if form.initial]
        )
        return [(form, shown.get(form.initial.get("story"))) for form in forms_in_order]

    def section_rows(self) -> list[tuple[Any, list[Category]]]:
        """Each place in its order, with the way to the category that it holds."""
        keys = [
            (form, whole_number(str(form["section"].value()))) for form in self.sections.in_order()
        ]
        return [(form, self.tree.path(key)) for form, key in keys]

    @property
    def has_faults(self) -> bool:
        """Whether something in it was refused."""
        formsets = (self.stories, self.sections)
        return bool(self.lead.errors) or any(each.total_error_count() for each in formsets)

    def is_valid(self) -> bool:
        parts = [part.is_valid() for part in (self.lead, self.stories, self.sections)]
        if all(parts) and any(place >= MOST_ON_TOP for place in self.by_place()):
            self.lead.add_error("newest_leads", TOO_MANY % (MOST_ON_TOP - 1))
            return False
        return all(parts)

    def by_place(self) -> dict[int, Article]:
        """The picked stories by the places that they take."""
        first = 1 if self.lead.cleaned_data["newest_leads"] else 0
        return dict(enumerate(self.stories.picked(), start=first))


def _places(form: type, formset: type, held: int) -> Any:
    most: int = formset.most  # type: ignore[attr-defined]
    return forms.formset_factory(
        form, formset, extra=max(most - held, 0), absolute_max=MOST_SENT, max_num=MOST_SENT
    )


def _initial(name: str, keys: list[int], sent: QueryDict | None) -> list[dict[str, int]] | None:
    """What the places hold at first; nothing for what was sent, of which Django would leave out
    whatever somebody else chose meanwhile for the same place."""
    if sent is not None:
        return None
    return [{name: key, "position": position} for position, key in enumerate(keys)]


def _choices(tree: CategoryTree) -> list[tuple[Any, str]]:
    """Every category by the way that leads to it."""
    named = [(key, " / ".join(each.name for each in tree.path(key))) for key in tree.categories]
    return [("", "—"), *named]
