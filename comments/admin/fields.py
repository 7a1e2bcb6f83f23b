"""What the desk's forms of the policy share."""

import re
from typing import Any
from urllib.parse import unquote

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import REASON_MAX_LENGTH, Article, ArticleQuerySet
from comments.addresses import holds_an_address
from comments.posting import validate_whole_characters

_OFFERED = 50
_IN_AN_ADDRESS = re.compile(r"/articles/([^/?#\s]+)")


def validate_no_address(value: str) -> None:
    """Refuse a reason with an address in it. Raises ValidationError."""
    if holds_an_address(value):
        told = _("This record is kept for ever and holds no address: leave it out.")
        raise ValidationError(told, "address")


class ReasonField(forms.CharField):
    """Why something is decided: one line for the record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Reason"),
            required=False,
            max_length=REASON_MAX_LENGTH,
            help_text=_("Kept in the record beside your name."),
            widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
            validators=[validate_whole_characters, validate_no_address],
            **kwargs,
        )


class ArticleInput(forms.TextInput):
    """A line for an article's address, which offers the newest articles without any script."""

    def __init__(self, articles: ArticleQuerySet) -> None:
        super().__init__(attrs={"dir": "auto", "class": "vTextField", "autocomplete": "off"})
        self.articles = articles

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        newest = self.articles.newest_first().values_list("slug", "title")[:_OFFERED]
        offers = format_html_join("", '<option value="{}">{}</option>', newest)
        line = super().render(name, value, {**(attrs or {}), "list": f"{name}-offers"}, renderer)
        return format_html('{}<datalist id="{}-offers">{}</datalist>', line, name, offers)


class ArticleField(forms.CharField):
    """An article, told by its address or the end of it; a former address will do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Article"),
            help_text=_("Its address on the site, or the end of it."),
            **kwargs,
        )
        self.articles = Article.objects.none()

    def offer(self, articles: ArticleQuerySet) -> None:
        """Let one of these be chosen."""
        self.articles = articles
        self.widget = ArticleInput(articles)
        self.widget.is_required = self.required

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Article):
            return value
        typed = unquote(super().to_python(value) or "")
        if not typed:
            return None
        address = _IN_AN_ADDRESS.search(typed)
        slug = (address[1] if address else typed).replace("\x00", "")
        article = self.articles.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).first()
        if article is None:
            raise ValidationError(_("There is no article at this address."), code="unknown")
        return article

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")
