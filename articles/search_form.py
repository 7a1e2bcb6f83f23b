"""What readers type and choose on the page of search."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import flatatt
from django.utils.dateparse import parse_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.addresses import public_bylines
from articles.days import midnight
from articles.finding import Scope
from articles.models import CategoryTree
from articles.search import Asked

_INDENT = "\u00a0\u00a0\u00a0"
_DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class _Words(forms.CharField):
    """A line in which a NUL, which no database holds, parts two words."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\0", " ")


class _DayInput(forms.DateInput):
    """The browser's calendar; of what is no day, which a calendar does not show, a plain line."""

    input_type = "date"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if value and not _is_day(str(value)):
            context["widget"]["type"] = "text"
        return context


class _Choice(forms.Select):
    """A choice among any number, written in one go: Django's own has a template for each."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = mark_safe(" selected")
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, chosen if key == value else "", label) for key, label in self.choices),
        )
        own = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, own, options)


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=_DAYS,
        input_formats=["%Y-%m-%d"],
        widget=_DayInput(format="%Y-%m-%d"),
    )


class SearchForm(forms.Form):
    """Words, and what narrows them: a category with all below it, a byline, a period of days."""

    q = _Words(
        label=_("Words"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(label=_("Category"), required=False, widget=_Choice)
    byline = forms.ChoiceField(label=_("Byline"), required=False, widget=_Choice)
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, data: Any, *, tree: CategoryTree) -> None:
        super().__init__(data, auto_id="search-%s")
        self._tree = tree
        self._categories = {each.slug: each.pk for each in tree.categories.values()}
        bylines = list(public_bylines().order_by("name").values_list("pk", "slug", "name"))
        self._bylines = {slug: key for key, slug, _name in bylines}
        self._choices("category").choices = [
            ("", _("All categories")),
            *(
                (each.slug, _INDENT * each.tree_depth + each.name)
                for each in tree.categories.values()
            ),
        ]
        self._choices("byline").choices = [
            ("", _("All bylines")),
            *((slug, name) for _key, slug, name in bylines),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return cleaned

    @cached_property
    def asked(self) -> Asked:
        """What the words of a valid form ask for."""
        return Asked.read(self.cleaned_data["q"])

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields beside the words."""
        return [self[name] for name in self.fields if name != "q"]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen beside the words."""
        return any(field.data for field in self.filters)

    @property
    def kept(self) -> str:
        """Words and choices as the query of an address, ended with `&`."""
        given = {name: self[name].data for name in self.fields if self[name].data}
        return urlencode(given) + "&"

    @property
    def words_alone(self) -> str:
        """The words without what narrows them, as the query of an address."""
        return urlencode({"q": self["q"].data})

    @property
    def scope(self) -> Scope:
        """Where a valid form looks."""
        chosen = self.cleaned_data
        category = self._categories.get(chosen["category"])
        until = chosen["until"]
        return Scope(
            categories=self._tree.branch(category) if category else (),
            byline=self._bylines.get(chosen["byline"]),
            since=chosen["since"] and midnight(chosen["since"]),
            until=until and midnight(until + timedelta(days=1)),
        )

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field
