"""The queue's filters as they stand in an address: read strictly, and written again."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.models import Article, ArticleQuerySet
from comments import rules
from comments.entries import label_of
from comments.posting import validate_whole_characters
from comments.queue import FIRST_TAB, TABS, Place, Selection

ARTICLES_OFFERED = 30
# The largest key that PostgreSQL holds.
LARGEST_KEY = 2**63 - 1
_DAYS = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(9000, 1, 1))]


# The length of a comment is a matter between it and its writer: nothing is ever held for it.
_STOPPING = [name for name in rules.RULES if name != rules.length.NAME]


class KeyField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=LARGEST_KEY, **kwargs)


class PlaceField(forms.CharField):
    """A place in the order of the queue."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return Place.parse(text) if text else None
        except ValueError as error:
            raise ValidationError(_("This part of the queue is not to be found.")) from error


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            required=False, input_formats=["%Y-%m-%d"], validators=_DAYS, widget=widget, **kwargs
        )


class FilterForm(forms.Form):
    """What narrows the queue. Every field may be left out; what is there has to be right."""

    q = forms.CharField(
        label=_("Words in the text or the name"),
        required=False,
        max_length=search.QUERY_MAX_LENGTH,
        validators=[validate_whole_characters],
        widget=forms.TextInput({"type": "search", "dir": "auto"}),
    )
    article = KeyField(label=_("Article"), widget=forms.Select)
    rule = forms.ChoiceField(label=_("Held by"), required=False)
    commenter = KeyField(
        label=_("Number of the commenter"), widget=forms.TextInput({"inputmode": "numeric"})
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest first")), ("oldest", _("Oldest first"))],
    )
    tab = forms.ChoiceField(
        required=False,
        choices=[(name, tab.label) for name, tab in TABS.items()],
        widget=forms.HiddenInput,
    )
    after = PlaceField(required=False, widget=forms.HiddenInput)
    before = PlaceField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter-%s", **kwargs})
        rule = self.fields["rule"]
        assert isinstance(rule, forms.ChoiceField)
        rule.choices = [("", _("any rule")), *((name, label_of(name)) for name in _STOPPING)]

    @property
    def shown(self) -> list[forms.BoundField]:
        return self.visible_fields()

    def offer_articles(self, visible: ArticleQuerySet) -> None:
        """Let the newest of these articles be chosen, and the one that is chosen; one query."""
        newest = Article.objects.public().newest_first().values("pk")[:ARTICLES_OFFERED]
        chosen = self.cleaned_data.get("article") if self.is_bound else None
        offered = visible.filter(Q(pk__in=newest) | Q(pk=chosen)).newest_first()
        titles = [(pk, title) for pk, title in offered.values_list("pk", "title")]
        choice = self.fields["article"].widget
        assert isinstance(choice, forms.Select)
        choice.choices = [("", _("any article")), *titles]


@dataclass(frozen=True)
class Asked:
    """What an address of the queue asks for: a selection, and a place in it."""

    selection: Selection
    after: Place | None = None
    before: Place | None = None

    @classmethod
    def by(cls, form: FilterForm) -> "Asked":
        """What a valid form asks for."""
        given = form.cleaned_data
        return cls(
            Selection(
                tab=given["tab"] or FIRST_TAB,
                article=given["article"],
                rule=given["rule"],
                commenter=given["commenter"],
                words=given["q"],
                since=given["since"],
                until=given["until"],
                oldest_first=given["order"] == "oldest",
            ),
            given["after"],
            given["before"],
        )

    @classmethod
    def strictly(cls, query: QueryDict) -> "Asked":
        """What is asked for. Raises BadRequest where any part of it cannot be read."""
        form = FilterForm(query)
        if not form.is_valid():
            raise BadRequest("no such selection of comments")
        return cls.by(form)

    @property
    def query(self) -> str:
        """The address's part behind the question mark, for just this page."""
        return query_of(self.selection, after=self.after, before=self.before)


def query_of(selection: Selection, **places: Place | None) -> str:
    """The part of an address behind its question mark; empty for the queue as it opens."""
    parts = {
        "tab": selection.tab if selection.tab != FIRST_TAB else "",
        "article": selection.article,
        "rule": selection.rule,
        "commenter": selection.commenter,
        "q": selection.words,
        "since": selection.since,
        "until": selection.until,
        "order": "oldest" if selection.oldest_first else "",
        **places,
    }
    return urlencode({name: str(value) for name, value in parts.items() if value})
