"""The record of an article's status, as the desk shows it."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


def decisions_table(decisions: Iterable[Any]) -> SafeString | str:
    """The record of a status, newest first."""
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (
            (
                date_format(timezone.localtime(each.at), "SHORT_DATETIME_FORMAT"),
                each.get_old_display(),
                each.get_new_display(),
                each.by or getattr(each, "rule", ""),
                each.reason,
            )
            for each in decisions
        ),
    )
    heads = format_html_join(
        "", "<th>{}</th>", ((head,) for head in (_("at"), _("from"), _("to"), _("by"), _("reason")))
    )
    if not rows:
        return "—"
    return format_html('<table class="decisions"><tr>{}</tr>{}</table>', heads, rows)
