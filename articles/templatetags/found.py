"""Found words on a page."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search import Piece

register = template.Library()


@register.filter
def marked(pieces: Sequence[Piece]) -> SafeString:
    """A text with the found words marked; everything else escaped."""
    written = (
        f"<mark>{escape(each.text)}</mark>" if each.is_found else escape(each.text)
        for each in pieces
    )
    return mark_safe("".join(written))  # noqa: S308 - each piece is escaped
