"""Moments as readers are told them."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def moment(at: datetime, *, day_only: bool = False) -> SafeString:
    """The day and, unless `day_only`, the hour, by the site's clock.

    Of what is less than a day old, `moments.js` says in the browser how long ago it was: the page
    itself is kept in caches.
    """
    local = timezone.localtime(at)
    told = date = formatted(local, "j F Y")
    if not day_only:
        told = _("%(date)s, %(time)s") % {"date": date, "time": formatted(local, "H:i")}
    return format_html(
        '<time datetime="{}" data-ago>{}</time>', local.isoformat(timespec="seconds"), told
    )
