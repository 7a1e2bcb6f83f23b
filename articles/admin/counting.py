"""How long a story is: beside its fields in the form, and again while somebody types."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from articles import html
from articles.desk import DeskAdmin
from articles.models import Article
from articles.reading import WORDS_PER_MINUTE, Length, length_of

_LIMITED = ("title", "subtitle", "excerpt")


class CountedForm(forms.ModelForm):
    """Says below each text how long it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*_LIMITED, "body"):
            if name in self.fields:
                field = self[name]
                value = str(field.value() or "")
                told = _told_of_body(value) if name == "body" else _told_of_field(name, value)
                field.help_text = format_html("{} {}", field.help_text, told)


class CountingDesk(DeskAdmin):
    class Media:
        js = [forms.Script("articles/counting.js", type="module")]


def length_told(length: Length) -> str:
    """The length of a text in words, as the script says it too."""
    parts = [
        ngettext("%(count)s word", "%(count)s words", length.words) % {"count": length.words},
        ngettext("%(count)s minute to read", "%(count)s minutes to read", length.minutes)
        % {"count": length.minutes},
    ]
    if length.in_figures:
        parts.append(
            ngettext(
                "and %(count)s word with pictures",
                "and %(count)s words with pictures",
                length.in_figures,
            )
            % {"count": length.in_figures}
        )
    return " · ".join(parts)


def _told_of_body(value: str) -> SafeString:
    return format_html(
        '<span class="count" data-words-per-minute="{}">{}</span>',
        WORDS_PER_MINUTE,
        length_told(length_of(html.clean(value))),
    )


def _told_of_field(name: str, value: str) -> SafeString:
    most = Article._meta.get_field(name).max_length  # type: ignore[union-attr]
    sentence = gettext("%(count)s of at most %(most)s characters")
    return format_html(
        '<span class="count" data-most="{}">{}</span>',
        most,
        sentence % {"count": len(value), "most": most},
    )
