"""How a change of policy is read: the name of the field, and its values in the desk's language."""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models import CommentPolicy, PolicyChange

_COMMAND = _("a command on the server")


def when(change: PolicyChange) -> str:
    return date_format(timezone.localtime(change.at), "SHORT_DATETIME_FORMAT")


def what(change: PolicyChange) -> str:
    return str(_field(change).verbose_name)


def value(change: PolicyChange, stored: str) -> str:
    """A value of the record, which keeps them as text."""
    field = _field(change)
    if isinstance(field, models.BooleanField):
        return gettext("yes") if stored == "True" else gettext("no")
    if not stored:
        return gettext("as the site's") if change.article_id else "—"
    return str(dict(field.flatchoices).get(stored, stored))


def who(change: PolicyChange) -> str:
    return change.by.get_username() if change.by else str(_COMMAND)


def changes_table(changes: Iterable[PolicyChange]) -> SafeString:
    """Changes of one policy, in the order given."""
    heads = format_html_join(
        "",
        '<th scope="col">{}</th>',
        ((head,) for head in (_("at"), _("what"), _("from"), _("to"), _("by"), _("reason"))),
    )
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><bdi>{}</bdi></td></tr>",
        (
            (
                *(when(each), what(each), value(each, each.old), value(each, each.new)),
                *(who(each), each.reason),
            )
            for each in changes
        ),
    )
    if not rows:
        return format_html('<p class="help">{}</p>', _("Nothing has been changed so far."))
    return format_html(
        '<div class="wide"><table class="decisions"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        *(heads, rows),
    )


def _field(change: PolicyChange) -> "models.Field":
    field = CommentPolicy._meta.get_field(change.field)
    assert isinstance(field, models.Field)
    return field
